/* Watches the kernel: fields by CO-RE, memory of processes by helpers that probe. */
#include "bpf.h"

struct task_struct {
	int pid;
	int tgid;
	struct task_struct *real_parent;
	char comm[16];
	long no_such_member;
} __core;
struct filename {
	const char *name;
} __core;
struct file {
	unsigned int f_flags;
	unsigned int f_mode;
} __core;

struct {
	__uint(type, HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} started SEC(".maps");

// v5.19, v6.1: accept
SEC("tp_btf/task_newtask")
int remembers_when(__u64 *ctx)
{
	struct task_struct *task = (void *)ctx[0];
	__u64 now = bpf_ktime_get_ns();
	__u32 pid = task->pid;

	bpf_map_update_elem(&started, &pid, &now, BPF_ANY);
	return 0;
}

// v5.19, v6.1: accept
SEC("fentry/do_unlinkat")
int follows_pointers(__u64 *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	__u32 pid = task->real_parent->tgid;

	if (bpf_core_field_exists(task->no_such_member))
		pid = task->no_such_member;
	bpf_map_delete_elem(&started, &pid);
	return 0;
}

// v5.19, v6.1: reject helper/unknown EINVAL
SEC("fentry/do_unlinkat")
int needs_what_is_missing(__u64 *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	__u32 pid = task->no_such_member; // <- rejected

	bpf_map_delete_elem(&started, &pid);
	return 0;
}

// v5.19, v6.1: reject object/read-only EACCES
SEC("fentry/do_unlinkat")
int writes_kernel_memory(__u64 *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();

	task->pid = 1; // <- rejected
	return 0;
}

// v5.19, v6.1: accept
SEC("fentry/do_unlinkat")
int reads_the_name(__u64 *ctx)
{
	struct filename *filename = (void *)ctx[1];
	const char *name = NULL;
	char text[32];

	bpf_core_read(&name, sizeof(name), &filename->name);
	if (bpf_probe_read_kernel(text, sizeof(text), name) < 0)
		return 0;
	return 0;
}

// v5.19, v6.1: accept
SEC("kprobe/do_unlinkat")
int probes_user_memory(__u64 *ctx)
{
	__u64 words[2] = {};

	bpf_probe_read_user(words, sizeof(words), (void *)bpf_get_current_pid_tgid());
	return 0;
}

// v5.19, v6.1: reject memory/invalid-pointer EACCES
SEC("kprobe/do_unlinkat")
int reads_memory_by_number(__u64 *ctx)
{
	char *name = (void *)ctx[13];

	return *name; // <- rejected
}

// v5.19, v6.1: reject context/invalid-access EACCES
SEC("tracepoint/syscalls/sys_enter_openat")
int reads_past_the_arguments(__u64 *ctx)
{
	return ctx[1024]; // <- rejected
}

// v5.19, v6.1: accept
SEC("lsm/file_open")
int denies_by_flags(__u64 *ctx)
{
	struct file *file = (void *)ctx[0];
	__u32 pid = bpf_get_current_pid_tgid() >> 32;

	if (bpf_map_lookup_elem(&started, &pid) && file->f_flags & 0100)
		return -1;
	return 0;
}

// v5.19, v6.1: accept
SEC("syscall")
int loads_from_bpf(void *ctx)
{
	__u64 attr[16] = {[0] = 1};

	return bpf_sys_bpf(1, attr, sizeof(attr));
}

LICENSE("GPL");

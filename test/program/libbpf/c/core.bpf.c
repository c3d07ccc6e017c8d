#include "bpf.h"

/* Parts of types of a kernel 6.1, with fields it has, has otherwise, or does not have. */
struct list_head {
	struct list_head *next, *prev;
} core;

struct task_struct {
	int pid;
	int tgid;
	char comm[16];
	struct task_struct *group_leader;
	struct list_head tasks;
	u64 no_such_field;
	u64 utime;
	u32 personality;
	int exit_state;
	unsigned in_execve : 1;
	unsigned sched_reset_on_fork : 1;
	s32 recent_used_cpu;
} core;

struct task_struct___other {
	long exit_state;
	u64 personality;
	s64 recent_used_cpu;
	char comm[5];
	struct {
		int nothing;
	} group_leader;
} core;

struct sk_buff___mine {
	unsigned len;
	union {
		struct {
			struct sk_buff___mine *next;
		};
	};
	u8 pkt_type : 3;
	u8 nohdr : 1;
	u16 protocol;
	u32 mark;
} core;

struct no_such_struct {
	int a;
} core;

union bpf_attr {
	struct {
		u32 map_type;
		u32 key_size;
	};
	u64 nothing;
} core;

enum bpf_map_type {
	BPF_MAP_TYPE_HASH = 101,
	BPF_MAP_TYPE_RINGBUF___old = 102,
	BPF_MAP_TYPE_NOWHERE = 103,
};

enum no_such_enum {
	NO_SUCH_VALUE,
};

typedef int (*no_such_func)(int);
typedef u64 sector_t;
typedef struct {
	int counter;
} atomic_t;

#define EXISTS 0
#define SIZE 1
#define ID_LOCAL 0
#define ID_TARGET 1
#define FIELD(field, kind) __builtin_preserve_field_info(field, kind)

u64 out[64];
#define PUT(value) out[slot++ & 63] = (value)

SEC("kprobe/one")
int fields(void *context)
{
	struct task_struct *task = context;
	struct task_struct___other *other = context;
	struct sk_buff___mine *skb = context;
	union bpf_attr *attr = context;
	int slot = 0;

	for (int kind = 0; kind < 1; kind++) {
		PUT(FIELD(task->pid, 0));
		PUT(FIELD(task->pid, 1));
		PUT(FIELD(task->pid, 2));
		PUT(FIELD(task->pid, 3));
		PUT(FIELD(task->utime, 3));
		PUT(FIELD(task->comm, 1));
		PUT(FIELD(task->comm[3], 0));
		PUT(FIELD(task->tasks.prev, 0));
		PUT(FIELD(task->no_such_field, 2));
		PUT(FIELD(task->group_leader, 0));
		PUT(FIELD(other->exit_state, 1));
		PUT(FIELD(other->comm[4], 2));
		PUT(FIELD(other->group_leader.nothing, 2));
		PUT(FIELD(other->group_leader, 2));
	}
	PUT(FIELD(task->in_execve, 0));
	PUT(FIELD(task->in_execve, 1));
	PUT(FIELD(task->in_execve, 4));
	PUT(FIELD(task->in_execve, 5));
	PUT(FIELD(task->sched_reset_on_fork, 4));
	PUT(FIELD(skb->pkt_type, 0));
	PUT(FIELD(skb->pkt_type, 3));
	PUT(FIELD(skb->pkt_type, 4));
	PUT(FIELD(skb->pkt_type, 5));
	PUT(FIELD(skb->nohdr, 4));
	PUT(FIELD(skb->len, 0));
	PUT(FIELD(skb->next, 0));
	PUT(FIELD(skb->protocol, 1));
	PUT(FIELD(attr->key_size, 0));
	PUT(FIELD(attr->nothing, 2));
	return 0;
}

SEC("kprobe/two")
int missing(void *context)
{
	struct task_struct *task = context;
	struct no_such_struct *none = context;
	int slot = 0;

	if (FIELD(task->no_such_field, 2))
		PUT(FIELD(task->no_such_field, 0));
	PUT(FIELD(none->a, 2));
	PUT(FIELD(none->a, 0));
	PUT(FIELD(none->a, 1));
	return 0;
}

SEC("tp_btf/sched_switch")
int loads(u64 *context)
{
	struct task_struct *task = (void *)context[1];
	struct task_struct___other *other = (void *)context[1];
	int slot = 0;

	PUT(task->pid);
	PUT(task->group_leader->tgid);
	PUT(task->comm[7]);
	PUT(task->personality);
	/* Without a sign it may shrink, with one it may not. */
	PUT(other->personality);
	if (slot > 60)
		PUT(other->recent_used_cpu);
	return 0;
}

SEC("kprobe/three")
int types(void *context)
{
	int slot = 0;

	PUT(__builtin_btf_type_id(*(struct task_struct *)0, ID_LOCAL) > 0);
	PUT(__builtin_btf_type_id(*(struct task_struct *)0, ID_TARGET));
	PUT(__builtin_btf_type_id(*(struct no_such_struct *)0, ID_TARGET));
	PUT(__builtin_preserve_type_info(*(struct task_struct *)0, EXISTS));
	PUT(__builtin_preserve_type_info(*(struct task_struct *)0, SIZE));
	PUT(__builtin_preserve_type_info(*(struct task_struct___other *)0, SIZE));
	PUT(__builtin_preserve_type_info(*(struct no_such_struct *)0, EXISTS));
	PUT(__builtin_preserve_type_info(*(struct no_such_struct *)0, SIZE));
	PUT(__builtin_preserve_type_info(*(sector_t *)0, EXISTS));
	PUT(__builtin_preserve_type_info(*(atomic_t *)0, SIZE));
	PUT(__builtin_preserve_type_info(*(no_such_func *)0, EXISTS));
	PUT(__builtin_preserve_type_info(*(enum bpf_map_type *)0, EXISTS));
	PUT(__builtin_preserve_enum_value(*(enum bpf_map_type *)BPF_MAP_TYPE_HASH, 0));
	PUT(__builtin_preserve_enum_value(*(enum bpf_map_type *)BPF_MAP_TYPE_HASH, 1));
	PUT(__builtin_preserve_enum_value(*(enum bpf_map_type *)BPF_MAP_TYPE_RINGBUF___old, 1));
	PUT(__builtin_preserve_enum_value(*(enum bpf_map_type *)BPF_MAP_TYPE_NOWHERE, 0));
	if (slot > 62)
		PUT(__builtin_preserve_enum_value(*(enum bpf_map_type *)BPF_MAP_TYPE_NOWHERE, 1));
	PUT(__builtin_preserve_enum_value(*(enum no_such_enum *)NO_SUCH_VALUE, 0));
	return 0;
}

char _license[] SEC("license") = "GPL";

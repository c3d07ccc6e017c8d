#include "bpf.h"

struct sock {
	int unused;
};
struct tcp_sock {
	int unused;
};
struct rq {
	int cpu;
};

extern void tcp_reno_cong_avoid(struct sock *sk, u32 ack, u32 acked) __ksym;
extern u32 tcp_slow_start(struct tcp_sock *tp, u32 acked) __ksym;
extern void bpf_no_such_kfunc(int) __weak __ksym;
extern const struct rq runqueues __ksym;
extern const int no_such_variable __weak __ksym;
extern const void bpf_no_such_symbol __weak __ksym;

enum libbpf_tristate { TRI_NO = 0, TRI_YES = 1, TRI_MODULE = 2 };

extern int LINUX_KERNEL_VERSION __kconfig;
extern bool CONFIG_BPF_SYSCALL __kconfig;
extern enum libbpf_tristate CONFIG_NF_CONNTRACK __kconfig;
extern int CONFIG_HZ __kconfig;
extern u64 CONFIG_MISSING __kconfig __weak;
extern char CONFIG_DEFAULT_HOSTNAME[8] __kconfig;
extern char CONFIG_TEXT_CHAR __kconfig;
extern s64 CONFIG_NEGATIVE __kconfig;
extern bool LINUX_HAS_BPF_COOKIE __kconfig;

__noinline int sub(void *context)
{
	if (CONFIG_HZ > 3)
		tcp_slow_start(context, 3);
	return LINUX_KERNEL_VERSION;
}

SEC("struct_ops/ssthresh")
int calls(void *context)
{
	tcp_reno_cong_avoid(context, 1, 2);
	if (&bpf_no_such_kfunc)
		bpf_no_such_kfunc(4);
	return sub(context);
}

SEC("raw_tp/sched_switch")
int variables(void *context)
{
	int sum = CONFIG_BPF_SYSCALL + CONFIG_NF_CONNTRACK + CONFIG_MISSING + CONFIG_DEFAULT_HOSTNAME[2] +
		  CONFIG_TEXT_CHAR + CONFIG_NEGATIVE + LINUX_HAS_BPF_COOKIE;

	if (&no_such_variable)
		sum++;
	if (&bpf_no_such_symbol)
		sum++;
	return sum + (runqueues.cpu) + sub(context);
}

char _license[] SEC("license") = "GPL";

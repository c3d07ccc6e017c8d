#include "bpf.h"

struct sock;
struct tcp_congestion_ops {
	void (*init)(struct sock *sk);
	u32 (*ssthresh)(struct sock *sk);
	u32 flags;
	char name[16];
};

u32 calls;

SEC("struct_ops/bpf_init")
void bpf_init(u64 *context)
{
	calls++;
}

SEC("struct_ops")
u32 bpf_ssthresh(u64 *context)
{
	return calls;
}

SEC(".struct_ops")
struct tcp_congestion_ops first = {
	.init = (void *)bpf_init,
	.ssthresh = (void *)bpf_ssthresh,
	.name = "bpf_first",
};

SEC(".struct_ops")
struct tcp_congestion_ops second = {
	.ssthresh = (void *)bpf_ssthresh,
	.name = "bpf_second",
};

char _license[] SEC("license") = "GPL";

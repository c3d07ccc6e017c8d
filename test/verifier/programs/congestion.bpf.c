/* Congestion control for TCP, with the kernel's own Reno where it has nothing better to say. */
#include "bpf.h"

struct sock {
} __core;
struct inet_connection_sock {
} __core;
struct tcp_sock {
	__u32 snd_cwnd;
	__u32 snd_ssthresh;
	__u32 snd_cwnd_cnt;
} __core;
struct tcp_congestion_ops {
	__u32 (*ssthresh)(struct sock *sk);
	void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
	void (*set_state)(struct sock *sk, __u8 new_state);
	__u32 (*undo_cwnd)(struct sock *sk);
	char name[16];
};

__u32 tcp_reno_ssthresh(struct sock *sk) __ksym;
__u32 tcp_reno_undo_cwnd(struct sock *sk) __ksym;
void tcp_reno_cong_avoid(struct sock *sk, __u32 ack, __u32 acked) __ksym;
__u32 tcp_slow_start(struct tcp_sock *tp, __u32 acked) __ksym;

// v5.19, v6.1: accept
SEC("struct_ops/halves_ssthresh")
__u32 halves_ssthresh(__u64 *ctx)
{
	struct tcp_sock *tp = (void *)ctx[0];
	__u32 half = tp->snd_cwnd / 2;

	return half > 2 ? half : tcp_reno_ssthresh((struct sock *)tp);
}

// v5.19, v6.1: accept
SEC("struct_ops/avoids")
void avoids(__u64 *ctx)
{
	struct sock *sk = (void *)ctx[0];
	struct tcp_sock *tp = (void *)sk;

	if (tp->snd_cwnd < tp->snd_ssthresh)
		tcp_slow_start(tp, ctx[2]);
	else
		tcp_reno_cong_avoid(sk, ctx[1], ctx[2]);
	tp->snd_cwnd_cnt = 0;
}

// v5.19, v6.1: reject object/read-only EACCES
SEC("struct_ops/writes_what_it_may_not")
void writes_what_it_may_not(__u64 *ctx)
{
	struct tcp_sock *tp = (void *)ctx[0];

	tp->snd_cwnd_cnt = 1;
	*(__u32 *)tp = 0; // <- rejected
}

// v5.19, v6.1: accept
SEC("struct_ops/undoes")
__u32 undoes(__u64 *ctx)
{
	return tcp_reno_undo_cwnd((void *)ctx[0]);
}

SEC(".struct_ops")
struct tcp_congestion_ops halving = {
	.ssthresh = (void *)halves_ssthresh,
	.cong_avoid = (void *)avoids,
	.set_state = (void *)writes_what_it_may_not,
	.undo_cwnd = (void *)undoes,
	.name = "halving",
};

LICENSE("GPL");

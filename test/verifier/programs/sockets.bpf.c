/* Looks sockets up, and chooses the one that gets a connection. */
#include "net.h"

// v5.19, v6.1: accept
SEC("tc")
int marks_listening_ports(struct __sk_buff *ctx)
{
	struct bpf_sock_tuple tuple = {.ipv4.dport = bpf_htons(80)};
	struct bpf_sock *sk = bpf_sk_lookup_tcp(ctx, &tuple, sizeof(tuple.ipv4), -1, 0);

	if (!sk)
		return TC_ACT_OK;
	ctx->mark = sk->state;
	bpf_sk_release(sk);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject ref/leak EINVAL
SEC("tc")
int keeps_the_socket(struct __sk_buff *ctx)
{
	struct bpf_sock_tuple tuple = {.ipv4.dport = bpf_htons(80)};
	struct bpf_sock *sk = bpf_sk_lookup_tcp(ctx, &tuple, sizeof(tuple.ipv4), -1, 0); // <- acquired

	if (sk && sk->family != 2) // <- by
		bpf_sk_release(sk);
	return TC_ACT_OK; // <- rejected
} // <- rejected

// v5.19, v6.1: reject helper/argument-type EACCES
SEC("tc")
int releases_nothing(struct __sk_buff *ctx)
{
	struct bpf_sock_tuple tuple = {.ipv4.dport = bpf_htons(80)};

	bpf_sk_release(bpf_sk_lookup_tcp(ctx, &tuple, sizeof(tuple.ipv4), -1, 0)); // <- acquired, rejected
	return TC_ACT_OK;
}

struct {
	__uint(type, SOCKMAP);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} servers SEC(".maps");

// v5.19, v6.1: accept
SEC("sk_lookup")
int steers(struct bpf_sk_lookup *ctx)
{
	__u32 index = ctx->local_port & 1;
	struct bpf_sock *sk = bpf_map_lookup_elem(&servers, &index);

	if (!sk)
		return 1;
	bpf_sk_assign(ctx, sk, 0);
	bpf_sk_release(sk);
	return 1;
}

// v5.19, v6.1: reject return/range EINVAL
SEC("sk_lookup")
int answers_like_tc(struct bpf_sk_lookup *ctx)
{
	return ctx->local_port == 80 ? TC_ACT_OK : TC_ACT_SHOT; // <- rejected
} // <- rejected

LICENSE("GPL");

/* Connections in programs for traffic control: subprograms that take and give back. */
#include "conntrack.h"

static __noinline struct nf_conn *find(struct __sk_buff *ctx, struct bpf_sock_tuple *tuple, __u8 protocol)
{
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS, .l4proto = protocol};

	return bpf_skb_ct_lookup(ctx, tuple, sizeof(tuple->ipv4), &opts, sizeof(opts)); // <- acquired
}

static __noinline int judge(struct nf_conn *ct)
{
	int action = ct->status & IPS_CONFIRMED ? TC_ACT_OK : TC_ACT_SHOT;

	bpf_ct_release(ct);
	return action;
}

// v5.19, v6.1: accept
SEC("tc")
int subprograms_take_and_give_back(struct __sk_buff *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct nf_conn *ct;
	__u8 protocol;

	if (parse_tuple((void *)(long)ctx->data, (void *)(long)ctx->data_end, &tuple, &protocol) < 0)
		return TC_ACT_OK;
	ct = find(ctx, &tuple, protocol);
	return ct ? judge(ct) : TC_ACT_OK;
}

// v5.19, v6.1: reject ref/leak EINVAL
SEC("tc")
int marks_and_keeps(struct __sk_buff *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct nf_conn *ct;
	__u8 protocol;

	if (parse_tuple((void *)(long)ctx->data, (void *)(long)ctx->data_end, &tuple, &protocol) < 0)
		return TC_ACT_OK;
	ct = find(ctx, &tuple, protocol); // <- by
	if (ct) // <- by
		ctx->mark = 1;
	return TC_ACT_OK; // <- rejected
} // <- rejected

// v5.19: reject kfunc/not-allowed EACCES
// v6.1: reject kfunc/memory EINVAL
SEC("tc")
int asks_as_xdp_does(struct __sk_buff *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS, .l4proto = IPPROTO_TCP};
	struct nf_conn *ct = bpf_xdp_ct_lookup((void *)ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts)); // <- rejected

	if (ct)
		bpf_ct_release(ct);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kfunc/not-allowed EACCES
SEC("cgroup_skb/egress")
int no_connections_here(struct __sk_buff *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS, .l4proto = IPPROTO_TCP};
	struct nf_conn *ct = bpf_skb_ct_lookup(ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts)); // <- rejected

	if (ct)
		bpf_ct_release(ct);
	return 1;
}

// v5.19, v6.1: reject ref/release-unreferenced EINVAL
SEC("tc")
int releases_the_master(struct __sk_buff *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct nf_conn *ct = find(ctx, &tuple, IPPROTO_TCP);
	struct nf_conn *master;

	if (!ct)
		return TC_ACT_OK;
	master = ((struct { struct nf_conn *at[32]; } *)ct)->at[20];
	bpf_ct_release(master); // <- rejected
	return TC_ACT_OK;
}

LICENSE("GPL");

/* Looks connections up in XDP and lets established ones pass. */
#include "conntrack.h"

static __always_inline struct nf_conn *lookup(struct xdp_md *ctx, struct bpf_sock_tuple *tuple)
{
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS};
	void *data = (void *)(long)ctx->data, *data_end = (void *)(long)ctx->data_end;

	if (parse_tuple(data, data_end, tuple, &opts.l4proto) < 0)
		return NULL;
	return bpf_xdp_ct_lookup(ctx, tuple, sizeof(tuple->ipv4), &opts, sizeof(opts)); // <- acquired
}

// v5.19, v6.1: accept
SEC("xdp")
int pass_assured(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct nf_conn *ct = lookup(ctx, &tuple);
	int action = XDP_DROP;

	if (!ct)
		return XDP_PASS;
	if (ct->status & IPS_ASSURED)
		action = XDP_PASS;
	bpf_ct_release(ct);
	return action;
}

// v5.19, v6.1: reject ref/leak EINVAL
SEC("xdp")
int forgets_to_release(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct nf_conn *ct = lookup(ctx, &tuple);

	if (!ct) // <- by
		return XDP_PASS;
	if (ct->status & IPS_DYING) // <- by
		return XDP_DROP;
	bpf_ct_release(ct);
	return XDP_PASS;
} // <- rejected

// v5.19, v6.1: reject memory/invalid-pointer EACCES
SEC("xdp")
int takes_it_to_be_there(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {.ipv4.saddr = bpf_htonl(0x7f000001)};
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS, .l4proto = IPPROTO_TCP};
	struct nf_conn *ct = bpf_xdp_ct_lookup(ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts)); // <- acquired
	bool assured = ct->status & IPS_ASSURED; // <- rejected

	bpf_ct_release(ct);
	return assured ? XDP_PASS : XDP_DROP;
}

// v5.19, v6.1: reject kfunc/memory-type EINVAL
SEC("xdp")
int releases_twice(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct nf_conn *ct = lookup(ctx, &tuple);

	if (!ct)
		return XDP_PASS;
	if (!(ct->status & IPS_CONFIRMED)) // <- by
		bpf_ct_release(ct);
	bpf_ct_release(ct); // <- rejected
	return XDP_PASS;
}

// v5.19, v6.1: reject memory/invalid-pointer EACCES
SEC("xdp")
int looks_at_it_after_release(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct nf_conn *ct = lookup(ctx, &tuple);

	if (!ct)
		return XDP_PASS;
	bpf_ct_release(ct);
	if (ct->status & IPS_ASSURED) // <- rejected
		return XDP_PASS;
	return XDP_DROP;
}

struct {
	__uint(type, PROG_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u32);
} next_programs SEC(".maps");

// v5.19, v6.1: reject ref/tail-call EINVAL
SEC("xdp")
int leaves_by_tail_call(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct nf_conn *ct = lookup(ctx, &tuple);

	if (!ct)
		return XDP_PASS;
	if (ct->status & IPS_ASSURED)
		bpf_tail_call(ctx, &next_programs, 1); // <- rejected
	bpf_ct_release(ct);
	return XDP_PASS;
}

// v5.19, v6.1: reject kfunc/memory-size-pair EINVAL
SEC("xdp")
int says_more_than_there_is(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS, .l4proto = IPPROTO_UDP};
	struct nf_conn *ct = bpf_xdp_ct_lookup(ctx, &tuple, 4096, &opts, sizeof(opts)); // <- rejected

	if (ct)
		bpf_ct_release(ct);
	return XDP_PASS;
}

// v5.19, v6.1: accept
SEC("xdp")
int one_of_two(struct xdp_md *ctx)
{
	struct bpf_sock_tuple there = {}, back = {};
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS, .l4proto = IPPROTO_UDP};
	struct nf_conn *ct = lookup(ctx, &there);

	if (!ct) {
		back.ipv4.saddr = there.ipv4.daddr;
		back.ipv4.daddr = there.ipv4.saddr;
		ct = bpf_xdp_ct_lookup(ctx, &back, sizeof(back.ipv4), &opts, sizeof(opts));
	}
	if (!ct)
		return XDP_DROP;
	bpf_ct_release(ct);
	return XDP_PASS;
}

LICENSE("GPL");

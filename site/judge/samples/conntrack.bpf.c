/*
 * The sample of the judge's page: a connection is looked up, and one path forgets to release it; then the same, mended.
 */
#include "conntrack.h"

static __always_inline struct nf_conn *find(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *data_end = (void *)(long)ctx->data_end;
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS};
	struct bpf_sock_tuple tuple = {};

	if (parse_tuple(data, data_end, &tuple, &opts.l4proto) < 0)
		return NULL;
	return bpf_xdp_ct_lookup(ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts));
}

SEC("xdp")
int leaks(struct xdp_md *ctx)
{
	struct nf_conn *ct = find(ctx);

	if (!ct)
		return XDP_PASS;
	if (ct->status & IPS_DYING)
		return XDP_DROP;
	bpf_ct_release(ct);
	return XDP_PASS;
}

SEC("xdp")
int mended(struct xdp_md *ctx)
{
	struct nf_conn *ct = find(ctx);
	int verdict = XDP_PASS;

	if (!ct)
		return XDP_PASS;
	if (ct->status & IPS_DYING)
		verdict = XDP_DROP;
	bpf_ct_release(ct);
	return verdict;
}

LICENSE("GPL");

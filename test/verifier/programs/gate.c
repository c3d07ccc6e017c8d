#include "conntrack.h"

SEC("xdp")
int gate(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *data_end = (void *)(long)ctx->data_end;
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS};
	struct bpf_sock_tuple tuple = {};
	struct nf_conn *ct;

	if (parse_tuple(data, data_end, &tuple, &opts.l4proto) < 0)
		return XDP_PASS;
	ct = bpf_xdp_ct_lookup(ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts));
	if (!ct)
		return XDP_DROP;
	if (ct->status & IPS_DYING) {
		return XDP_DROP;
	}
	bpf_ct_release(ct);
	return XDP_PASS;
}

LICENSE("GPL");

/* Makes connections, where the kernel has kfuncs for it (since v6.0). */
#include "conntrack.h"

extern int LINUX_KERNEL_VERSION __kconfig;

static __always_inline int add(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {.ipv4 = {bpf_htonl(0x0a000001), bpf_htonl(0x0a000002), bpf_htons(80), bpf_htons(1024)}};
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS, .l4proto = IPPROTO_TCP};
	struct nf_conn___init *made = bpf_xdp_ct_alloc(ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts)); // <- rejected on v5.19
	struct nf_conn *ct;

	if (!made)
		return XDP_DROP;
	bpf_ct_set_timeout(made, 10000);
	ct = bpf_ct_insert_entry(made);
	if (!ct)
		return XDP_DROP;
	bpf_ct_change_timeout(ct, 20000);
	bpf_ct_release(ct);
	return XDP_PASS;
}

// v5.19, v6.1: accept
SEC("xdp")
int adds_a_connection(struct xdp_md *ctx)
{
	return LINUX_KERNEL_VERSION < KERNEL_VERSION(6, 0) ? XDP_PASS : add(ctx);
}

/* What follows three underscores is no part of the name: v5.19 has a struct nf_conn. */
// v5.19: reject register/not-readable EACCES
// v6.1: accept
SEC("xdp")
int asks_for_a_flavour(struct xdp_md *ctx)
{
	return bpf_core_type_exists(struct nf_conn___init) ? add(ctx) : XDP_PASS;
}

// v5.19: accept
// v6.1: reject kfunc/object-type EINVAL
SEC("xdp")
int releases_what_was_not_inserted(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS, .l4proto = IPPROTO_UDP};
	struct nf_conn___init *made;

	if (LINUX_KERNEL_VERSION < KERNEL_VERSION(6, 0))
		return XDP_PASS;
	made = bpf_xdp_ct_alloc(ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts)); // <- acquired
	if (made)
		bpf_ct_release((struct nf_conn *)made); // <- rejected
	return XDP_PASS;
}

// v5.19: accept
// v6.1: reject ref/leak EINVAL
SEC("xdp")
int inserts_and_keeps(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_ct_opts opts = {.netns_id = BPF_F_CURRENT_NETNS, .l4proto = IPPROTO_UDP};
	struct nf_conn___init *made;

	if (LINUX_KERNEL_VERSION < KERNEL_VERSION(6, 0))
		return XDP_PASS;
	made = bpf_xdp_ct_alloc(ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts));
	if (!made) // <- by
		return XDP_DROP;
	bpf_ct_insert_entry(made); // <- acquired
	return XDP_PASS;
} // <- rejected

LICENSE("GPL");

/* Reads packets: what is read has to be compared with the end first. */
#include "net.h"

// v5.19, v6.1: accept
SEC("xdp")
int counts_hops(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);

	if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	if (ip->ttl <= 1)
		return XDP_DROP;
	ip->ttl--;
	return XDP_PASS;
}

// v5.19, v6.1: accept
SEC("xdp")
int skips_options(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct iphdr *ip = data + sizeof(struct ethhdr);
	struct ports *ports;

	if ((void *)(ip + 1) > end || ip->ihl < 5)
		return XDP_PASS;
	ports = (void *)ip + ip->ihl * 4;
	if ((void *)(ports + 1) > end)
		return XDP_PASS;
	return ports->dest == bpf_htons(22) ? XDP_DROP : XDP_PASS;
}

// v5.19, v6.1: reject packet/out-of-bounds EACCES
SEC("xdp")
int does_not_look_for_the_end(struct xdp_md *ctx)
{
	struct ethhdr *eth = (void *)(long)ctx->data;

	return eth->h_proto == bpf_htons(ETH_P_IP) ? XDP_PASS : XDP_DROP; // <- rejected
}

// v5.19, v6.1: reject packet/out-of-bounds EACCES
SEC("xdp")
int checks_one_header_and_reads_two(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);

	if ((void *)(eth + 1) > end)
		return XDP_PASS;
	return ip->protocol == IPPROTO_TCP ? XDP_DROP : XDP_PASS; // <- rejected
}

// v5.19, v6.1: reject packet/read-only EACCES
SEC("cgroup_skb/egress")
int writes_where_it_may_only_read(struct __sk_buff *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;

	if ((void *)(eth + 1) > end)
		return 1;
	eth->h_dest[0] = 0; // <- rejected
	return 1;
}

// v5.19, v6.1: reject context/invalid-access EACCES
SEC("xdp")
int writes_the_context(struct xdp_md *ctx)
{
	ctx->ingress_ifindex = 1; // <- rejected
	return XDP_PASS;
}

LICENSE("GPL");

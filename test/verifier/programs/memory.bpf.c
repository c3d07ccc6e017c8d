/* The stack, values of maps, constants and variables. */
#include "net.h"

struct key {
	__u32 address;
	__u16 port;
};
struct value {
	__u64 packets;
	__u8 bytes[16];
};

struct {
	__uint(type, LRU_HASH);
	__uint(max_entries, 256);
	__type(key, struct key);
	__type(value, struct value);
} flows SEC(".maps");

const volatile __u32 limit = 100;
__u64 seen = 0;

// v5.19, v6.1: accept
SEC("xdp")
int counts_flows(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct value first = {.packets = 1}, *value;
	struct key key;
	__u8 protocol;

	if (parse_tuple((void *)(long)ctx->data, (void *)(long)ctx->data_end, &tuple, &protocol) < 0)
		return XDP_PASS;
	__builtin_memset(&key, 0, sizeof(key));
	key.address = tuple.ipv4.saddr;
	key.port = tuple.ipv4.sport;
	value = bpf_map_lookup_elem(&flows, &key);
	if (!value) {
		bpf_map_update_elem(&flows, &key, &first, BPF_ANY);
		return XDP_PASS;
	}
	__sync_fetch_and_add(&value->packets, 1);
	seen++;
	return value->packets > limit ? XDP_DROP : XDP_PASS;
}

/* Two bytes after the port are padding. v6.1 lets programs with all privileges read them. */
// v5.19: reject stack/uninitialized EACCES
// v6.1: accept
SEC("xdp")
int leaves_padding_as_it_is(struct xdp_md *ctx)
{
	struct key key;

	key.address = ctx->ingress_ifindex;
	key.port = ctx->rx_queue_index;
	return bpf_map_lookup_elem(&flows, &key) ? XDP_DROP : XDP_PASS; // <- rejected
}

// v5.19, v6.1: reject memory/invalid-pointer EACCES
SEC("xdp")
int takes_the_flow_for_granted(struct xdp_md *ctx)
{
	struct key key = {};
	struct value *value = bpf_map_lookup_elem(&flows, &key);

	value->packets++; // <- rejected
	return XDP_PASS;
}

// v5.19, v6.1: reject memory/out-of-bounds EACCES
SEC("xdp")
int index_from_outside(struct xdp_md *ctx)
{
	struct key key = {};
	struct value *value = bpf_map_lookup_elem(&flows, &key);
	__u32 index = ctx->rx_queue_index;

	if (!value)
		return XDP_PASS;
	if (index > sizeof(value->bytes)) // <- by
		return XDP_DROP;
	barrier_var(index);
	return value->bytes[index] ? XDP_DROP : XDP_PASS; // <- rejected
}

// v5.19, v6.1: reject map-access/write EACCES
SEC("xdp")
int changes_a_constant(struct xdp_md *ctx)
{
	*(volatile __u32 *)&limit = 1; // <- rejected
	return XDP_PASS;
}

__noinline int clamp(__u32 value, __u32 most)
{
	return value < most ? value : most;
}

__noinline int first_byte(struct value *value)
{
	if (!value)
		return -1;
	return value->bytes[0];
}

// v5.19, v6.1: accept
SEC("tc")
int calls_global_functions(struct __sk_buff *ctx)
{
	struct value value = {.bytes = {7}};

	return clamp(first_byte(&value), TC_ACT_SHOT) == 2 ? TC_ACT_SHOT : TC_ACT_OK;
}

__noinline int byte_without_check(struct value *value)
{
	return value->bytes[1]; // <- rejected
}

// v5.19, v6.1: reject memory/invalid-pointer EACCES
SEC("tc")
int its_function_trusts_its_argument(struct __sk_buff *ctx)
{
	struct value value = {.bytes = {7}};

	return byte_without_check(&value) ? TC_ACT_SHOT : TC_ACT_OK;
}

LICENSE("GPL");

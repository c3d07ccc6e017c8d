/* Tells user space of new connections through a ring buffer. */
#include "net.h"

struct event {
	__u64 time;
	__be32 saddr;
	__be32 daddr;
	__u16 dport;
	__u8 payload[6];
};

struct {
	__uint(type, RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

/* 0: all. */
const volatile __u16 only_port = 0;

// v5.19, v6.1: accept
SEC("xdp")
int reports(struct xdp_md *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct event *event;
	__u8 protocol;

	if (parse_tuple((void *)(long)ctx->data, (void *)(long)ctx->data_end, &tuple, &protocol) < 0)
		return XDP_PASS;
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event)
		return XDP_PASS;
	event->time = bpf_ktime_get_ns();
	event->saddr = tuple.ipv4.saddr;
	event->daddr = tuple.ipv4.daddr;
	event->dport = bpf_ntohs(tuple.ipv4.dport);
	if (only_port && event->dport != only_port)
		bpf_ringbuf_discard(event, 0);
	else
		bpf_ringbuf_submit(event, 0);
	return XDP_PASS;
}

// v5.19, v6.1: reject ref/leak EINVAL
SEC("xdp")
int forgets_to_discard(struct xdp_md *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0); // <- acquired

	if (!event) // <- by
		return XDP_PASS;
	if (ctx->ingress_ifindex == 1) // <- by
		return XDP_DROP;
	event->time = bpf_ktime_get_ns();
	bpf_ringbuf_submit(event, 0);
	return XDP_PASS;
} // <- rejected

// v5.19, v6.1: reject memory/invalid-pointer EACCES
SEC("xdp")
int takes_room_for_granted(struct xdp_md *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0); // <- acquired

	event->time = bpf_ktime_get_ns(); // <- rejected
	bpf_ringbuf_submit(event, 0);
	return XDP_PASS;
}

// v5.19, v6.1: reject helper/argument-type EACCES
SEC("xdp")
int submits_twice(struct xdp_md *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return XDP_PASS;
	bpf_ringbuf_submit(event, 0);
	bpf_ringbuf_submit(event, 0); // <- rejected
	return XDP_PASS;
}

// v5.19, v6.1: reject memory/invalid-pointer EACCES
SEC("xdp")
int writes_after_submit(struct xdp_md *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return XDP_PASS;
	bpf_ringbuf_submit(event, 0);
	event->dport = ctx->ingress_ifindex; // <- rejected
	return XDP_PASS;
}

// v5.19, v6.1: reject memory/out-of-bounds EACCES
SEC("xdp")
int writes_past_the_end(struct xdp_md *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0); // <- acquired
	__u32 index = ctx->ingress_ifindex & 7;

	if (!event)
		return XDP_PASS;
	barrier_var(index);
	event->payload[index] = 1; // <- rejected
	bpf_ringbuf_submit(event, 0);
	return XDP_PASS;
}

// v5.19, v6.1: reject helper/constant-size EACCES
SEC("xdp")
int reserves_as_it_comes(struct xdp_md *ctx)
{
	void *room = bpf_ringbuf_reserve(&events, ctx->data_end - ctx->data, 0); // <- rejected

	if (room)
		bpf_ringbuf_submit(room, 0);
	return XDP_PASS;
}

LICENSE("GPL");

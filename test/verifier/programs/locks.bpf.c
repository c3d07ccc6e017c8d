/* Counters behind a spin lock, and timers. */
#include "net.h"

struct counter {
	struct bpf_spin_lock lock;
	__u32 packets;
	__u64 bytes;
};

struct {
	__uint(type, HASH);
	__uint(max_entries, 128);
	__type(key, __u32);
	__type(value, struct counter);
} counters SEC(".maps");

// v5.19, v6.1: accept
SEC("tc")
int counts(struct __sk_buff *ctx)
{
	__u32 key = ctx->ifindex;
	struct counter *counter = bpf_map_lookup_elem(&counters, &key);
	struct counter first = {.packets = 1};

	if (!counter) {
		first.bytes = ctx->len;
		bpf_map_update_elem(&counters, &key, &first, BPF_NOEXIST);
		return TC_ACT_OK;
	}
	bpf_spin_lock(&counter->lock);
	counter->packets++;
	counter->bytes += ctx->len;
	bpf_spin_unlock(&counter->lock);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject lock/held-at-exit EINVAL
SEC("tc")
int returns_with_the_lock(struct __sk_buff *ctx)
{
	__u32 key = ctx->ifindex;
	struct counter *counter = bpf_map_lookup_elem(&counters, &key);

	if (!counter)
		return TC_ACT_OK;
	bpf_spin_lock(&counter->lock);
	if (counter->packets > 1000) // <- by
		return TC_ACT_SHOT;
	counter->packets++;
	bpf_spin_unlock(&counter->lock);
	return TC_ACT_OK;
} // <- rejected

// v5.19, v6.1: reject lock/call EINVAL
SEC("tc")
int calls_under_the_lock(struct __sk_buff *ctx)
{
	__u32 key = ctx->ifindex;
	struct counter *counter = bpf_map_lookup_elem(&counters, &key);

	if (!counter)
		return TC_ACT_OK;
	bpf_spin_lock(&counter->lock);
	counter->bytes = bpf_ktime_get_ns(); // <- rejected
	bpf_spin_unlock(&counter->lock);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject map-access/spin-lock EACCES
SEC("tc")
int copies_over_the_lock(struct __sk_buff *ctx)
{
	__u32 key = ctx->ifindex;
	struct counter *counter = bpf_map_lookup_elem(&counters, &key);

	if (counter)
		*(__u64 *)counter = 0; // <- rejected
	return TC_ACT_OK;
}

struct session {
	struct bpf_timer timer;
	__u64 seen;
};

struct {
	__uint(type, ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, struct session);
} sessions SEC(".maps");

static int expire(void *map, __u32 *key, struct session *session)
{
	if (bpf_ktime_get_ns() - session->seen < 1000000)
		bpf_timer_start(&session->timer, 1000000, 0);
	return 0;
}

// v5.19, v6.1: accept
SEC("tc")
int starts_a_timer(struct __sk_buff *ctx)
{
	__u32 key = ctx->mark & 7;
	struct session *session = bpf_map_lookup_elem(&sessions, &key);

	if (!session)
		return TC_ACT_OK;
	session->seen = bpf_ktime_get_ns();
	bpf_timer_init(&session->timer, &sessions, 0);
	bpf_timer_set_callback(&session->timer, expire);
	bpf_timer_start(&session->timer, 1000000, 0);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject timer/map EINVAL
SEC("tc")
int names_another_map(struct __sk_buff *ctx)
{
	__u32 key = 0;
	struct session *session = bpf_map_lookup_elem(&sessions, &key);

	if (session)
		bpf_timer_init(&session->timer, &counters, 0); // <- rejected
	return TC_ACT_OK;
}

static int expire_with_a_word(void *map, __u32 *key, struct session *session)
{
	return session->seen ? 1 : 0; // <- rejected
} // <- rejected

/* v6.1 takes the path that returns 1 for one that it has seen. */
// v5.19: reject return/async-callback EINVAL
// v6.1: accept
SEC("tc")
int its_callback_says_something(struct __sk_buff *ctx)
{
	__u32 key = 0;
	struct session *session = bpf_map_lookup_elem(&sessions, &key);

	if (!session)
		return TC_ACT_OK;
	bpf_timer_init(&session->timer, &sessions, 0);
	bpf_timer_set_callback(&session->timer, expire_with_a_word);
	return TC_ACT_OK;
}

LICENSE("GPL");

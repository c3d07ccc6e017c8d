/* Loops, and callbacks that are called for each. */
#include "test-kfuncs.h"
#include "net.h"

// v5.19, v6.1: accept
SEC("xdp")
int sums_the_packet(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	__u32 sum = 0;

	for (int i = 0; i < 64; i++) {
		if (data + i + 1 > end)
			break;
		sum += data[i];
	}
	return sum & 1 ? XDP_DROP : XDP_PASS;
}

// v5.19, v6.1: reject flow/infinite-loop EINVAL
SEC("tc")
int waits_for_ever(struct __sk_buff *ctx)
{
	while (ctx->mark != 1) // <- by
		;
	return TC_ACT_OK;
}

struct sum {
	__u64 total;
	__u32 steps;
};

static int add_index(__u32 index, struct sum *sum)
{
	sum->total += index;
	sum->steps++;
	return sum->total > 1000;
}

// v5.19, v6.1: accept
SEC("tc")
int loops_by_callback(struct __sk_buff *ctx)
{
	struct sum sum = {};

	bpf_loop(ctx->len, add_index, &sum, 0);
	ctx->mark = sum.steps;
	return TC_ACT_OK;
}

static int acquire_each(__u32 index, void *unused)
{
	unsigned long number = 0;

	bpf_kfunc_call_test_acquire(&number); // <- acquired
	return 0; // <- rejected
} // <- rejected

/* Kernels before v6.0 look after the callback alone: its objects are then held by who called bpf_loop(). */
// v5.19, v6.1: reject ref/leak EINVAL
SEC("tc")
int leaks_in_a_callback(struct __sk_buff *ctx)
{
	bpf_loop(3, acquire_each, NULL, 0);
	return TC_ACT_OK; // <- rejected on v5.19
} // <- rejected on v5.19

static int answer_two(__u32 index, void *unused)
{
	return 2; // <- rejected
} // <- rejected

// v5.19, v6.1: reject callback/return-range EINVAL
SEC("tc")
int its_callback_says_too_much(struct __sk_buff *ctx)
{
	bpf_loop(3, answer_two, NULL, 0);
	return TC_ACT_OK;
}

struct {
	__uint(type, HASH);
	__uint(max_entries, 32);
	__type(key, __u32);
	__type(value, __u64);
} totals SEC(".maps");

static int add_total(void *map, __u32 *key, __u64 *value, struct sum *sum)
{
	sum->total += *value;
	sum->steps++;
	return 0;
}

// v5.19, v6.1: accept
SEC("tc")
int sums_a_map(struct __sk_buff *ctx)
{
	struct sum sum = {};

	bpf_for_each_map_elem(&totals, add_total, &sum, 0);
	ctx->mark = sum.total;
	return TC_ACT_OK;
}

static int change_key(void *map, __u32 *key, __u64 *value, void *unused)
{
	*key = 0; // <- rejected
	return 0;
}

// v5.19, v6.1: reject memory/read-only EACCES
SEC("tc")
int changes_keys(struct __sk_buff *ctx)
{
	bpf_for_each_map_elem(&totals, change_key, NULL, 0);
	return TC_ACT_OK;
}

LICENSE("GPL");

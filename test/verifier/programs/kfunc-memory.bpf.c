/* Memory and its size as arguments of kfuncs. */
#include "test-kfuncs.h"
#include "net.h"

// v5.19, v6.1: accept
SEC("tc")
int bounded_size(struct __sk_buff *ctx)
{
	char buffer[64] = {};
	__u32 size = ctx->mark;

	barrier_var(size);
	if (size > sizeof(buffer))
		return TC_ACT_SHOT;
	bpf_kfunc_call_test_mem_len_pass1(buffer, size);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kfunc/memory-size-pair EINVAL
SEC("tc")
int off_by_one(struct __sk_buff *ctx)
{
	char buffer[64] = {};
	__u32 size = ctx->mark;

	barrier_var(size);
	if (size > sizeof(buffer) + 1)
		return TC_ACT_SHOT;
	bpf_kfunc_call_test_mem_len_pass1(buffer, size); // <- rejected
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kfunc/memory-size-pair EINVAL
SEC("tc")
int size_from_outside(struct __sk_buff *ctx)
{
	char buffer[64] = {};

	bpf_kfunc_call_test_mem_len_pass1(buffer, ctx->mark); // <- rejected
	return TC_ACT_OK;
}

// v5.19, v6.1: accept
SEC("tc")
int numbers_only(struct __sk_buff *ctx)
{
	struct prog_test_pass1 numbers = {.x0 = 1};

	bpf_kfunc_call_test_pass1(&numbers);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kfunc/not-allowed EACCES
SEC("xdp")
int not_for_xdp(struct xdp_md *ctx)
{
	struct prog_test_pass1 numbers = {.x0 = 1};

	bpf_kfunc_call_test_pass1(&numbers); // <- rejected
	return XDP_PASS;
}

LICENSE("GPL");

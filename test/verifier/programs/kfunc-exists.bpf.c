/* Takes addresses of kfuncs: kernels before v6.4 refuse it where they have the kfunc. */
#include "test-kfuncs.h"
#include "net.h"

void bpf_kfunc_that_no_kernel_has(void *object) __weak __ksym;
extern void bpf_kfunc_call_test_mem_len_fail2(__u64 *mem, int len) __weak __ksym;

// v5.19, v6.1: accept
SEC("tc")
int asks_for_what_is_missing(struct __sk_buff *ctx)
{
	if (bpf_ksym_exists(bpf_kfunc_that_no_kernel_has))
		bpf_kfunc_that_no_kernel_has(ctx);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject load/kfunc-address EINVAL
SEC("tc")
int asks_for_what_is_there(struct __sk_buff *ctx)
{
	__u64 number = 0;

	if (bpf_ksym_exists(bpf_kfunc_call_test_mem_len_fail2)) // <- rejected
		bpf_kfunc_call_test_mem_len_fail2(&number, sizeof(number));
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kfunc/missing-is-called EINVAL
SEC("tc")
int calls_what_is_missing(struct __sk_buff *ctx)
{
	bpf_kfunc_that_no_kernel_has(ctx); // <- rejected
	return TC_ACT_OK;
}

LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Objects that BPF programs acquire, keep in maps and release, for the test on real kernels. What is registered stands
 * in the header beside, which is generated. Counters are parameters, so that they can be read from outside.
 */
#include <linux/module.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/version.h>
#include "registered.h"

#ifndef __bpf_kfunc
#define __bpf_kfunc __used noinline
#endif

struct kfuncs_test_object {
	refcount_t users;
	int number;
};

static int registered = 1, acquired, freed;

module_param(registered, int, 0444);
module_param(acquired, int, 0444);
module_param(freed, int, 0444);

/* Called by BPF programs alone. */
struct kfuncs_test_object *kfuncs_test_acquire(void);
void kfuncs_test_release(struct kfuncs_test_object *object);
int kfuncs_test_number(struct kfuncs_test_object *object);
int kfuncs_test_plain(int number);

__bpf_kfunc struct kfuncs_test_object *kfuncs_test_acquire(void)
{
	struct kfuncs_test_object *object = kzalloc(sizeof(*object), GFP_ATOMIC);

	if (object) {
		refcount_set(&object->users, 1);
		object->number = ++acquired;
	}
	return object;
}

/* The destructor too: up to v6.3 the kernel calls it with what was in the map, also if that was NULL. */
__bpf_kfunc void kfuncs_test_release(struct kfuncs_test_object *object)
{
	if (object && refcount_dec_and_test(&object->users)) {
		freed++;
		kfree(object);
	}
}

__bpf_kfunc int kfuncs_test_number(struct kfuncs_test_object *object)
{
	return object->number;
}

__bpf_kfunc int kfuncs_test_plain(int number)
{
	return number + 1;
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
struct kfuncs_test_object *kfuncs_test_get(struct kfuncs_test_object **slot, int first, int second);

__bpf_kfunc struct kfuncs_test_object *kfuncs_test_get(struct kfuncs_test_object **slot, int first, int second)
{
	struct kfuncs_test_object *object = READ_ONCE(*slot);

	return object && refcount_inc_not_zero(&object->users) ? object : NULL;
}
#endif

static int __init start(void)
{
	registered = REGISTER();
	return 0;
}

static void __exit stop(void)
{
}

module_init(start);
module_exit(stop);
MODULE_DESCRIPTION("Objects for the test of generated headers");
MODULE_LICENSE("GPL");

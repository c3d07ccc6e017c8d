/* Keeps referenced objects in a map: takes them out and puts them in by bpf_kptr_xchg(). */
#include "test-kfuncs.h"
#include "net.h"

/* Its own name, since clang 14 loses the tags of pointers to structs, but for those that are named so. */
typedef struct prog_test_ref_kfunc object_t;

struct entry {
	object_t __kptr *seen;
	object_t __kptr_ref *owned;
};

struct {
	__uint(type, ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, struct entry);
} entries SEC(".maps");

static __always_inline struct entry *entry_at(__u32 index)
{
	return bpf_map_lookup_elem(&entries, &index);
}

// v5.19, v6.1: accept
SEC("tc")
int puts_in_and_releases_the_old(struct __sk_buff *ctx)
{
	struct entry *entry = entry_at(ctx->mark);
	struct prog_test_ref_kfunc *object, *old;
	unsigned long number = 0;

	if (!entry)
		return TC_ACT_OK;
	object = bpf_kfunc_call_test_acquire(&number);
	if (!object)
		return TC_ACT_SHOT;
	old = bpf_kptr_xchg(&entry->owned, object);
	if (old)
		bpf_kfunc_call_test_release(old);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject ref/leak EINVAL
SEC("tc")
int forgets_the_old(struct __sk_buff *ctx)
{
	struct entry *entry = entry_at(ctx->mark);
	struct prog_test_ref_kfunc *object;
	unsigned long number = 0;

	if (!entry)
		return TC_ACT_OK;
	object = bpf_kfunc_call_test_acquire(&number);
	if (!object)
		return TC_ACT_SHOT;
	bpf_kptr_xchg(&entry->owned, object); // <- acquired
	return TC_ACT_OK;
} // <- rejected

// v5.19, v6.1: accept
SEC("tc")
int takes_out(struct __sk_buff *ctx)
{
	struct entry *entry = entry_at(0);
	struct prog_test_ref_kfunc *object;

	if (!entry)
		return TC_ACT_OK;
	object = bpf_kptr_xchg(&entry->owned, NULL);
	if (!object)
		return TC_ACT_OK;
	ctx->mark = object->a;
	bpf_kfunc_call_test_release(object);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kptr/xchg-unreferenced EACCES
SEC("tc")
int exchanges_what_is_not_owned(struct __sk_buff *ctx)
{
	struct entry *entry = entry_at(0);
	struct prog_test_ref_kfunc *object;

	if (!entry)
		return TC_ACT_OK;
	object = bpf_kptr_xchg(&entry->seen, NULL); // <- rejected
	if (object)
		bpf_kfunc_call_test_release(object);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kfunc/memory-type EINVAL
SEC("tc")
int releases_what_it_only_sees(struct __sk_buff *ctx)
{
	struct entry *entry = entry_at(0);
	struct prog_test_ref_kfunc *object;

	if (!entry)
		return TC_ACT_OK;
	object = entry->seen;
	if (object)
		bpf_kfunc_call_test_release(object); // <- rejected
	return TC_ACT_OK;
}

// v5.19, v6.1: accept
SEC("tc")
int remembers_without_owning(struct __sk_buff *ctx)
{
	struct entry *entry = entry_at(0);
	struct prog_test_ref_kfunc *object;
	unsigned long number = 0;

	if (!entry)
		return TC_ACT_OK;
	object = bpf_kfunc_call_test_acquire(&number);
	if (!object)
		return TC_ACT_OK;
	entry->seen = object;
	bpf_kfunc_call_test_release(object);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kptr/store-referenced EACCES
SEC("tc")
int stores_into_what_is_owned(struct __sk_buff *ctx)
{
	struct entry *entry = entry_at(0);
	struct prog_test_ref_kfunc *object;
	unsigned long number = 0;

	if (!entry)
		return TC_ACT_OK;
	object = bpf_kfunc_call_test_acquire(&number);
	if (!object)
		return TC_ACT_OK;
	entry->owned = object; // <- rejected
	return TC_ACT_OK;
}

// v5.19, v6.1: accept
SEC("tc")
int gets_another_reference(struct __sk_buff *ctx)
{
	struct entry *entry = entry_at(0);
	struct prog_test_ref_kfunc *object;

	if (!entry)
		return TC_ACT_OK;
	object = bpf_kfunc_call_test_kptr_get(&entry->owned, 0, 0);
	if (!object)
		return TC_ACT_OK;
	ctx->mark = object->b;
	bpf_kfunc_call_test_release(object);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kptr-get/referenced EINVAL
SEC("tc")
int gets_what_is_not_owned(struct __sk_buff *ctx)
{
	struct entry *entry = entry_at(0);
	struct prog_test_ref_kfunc *object;

	if (!entry)
		return TC_ACT_OK;
	object = bpf_kfunc_call_test_kptr_get(&entry->seen, 0, 0); // <- rejected
	if (object)
		bpf_kfunc_call_test_release(object);
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kfunc/object-type EINVAL
SEC("tc")
int releases_as_another_type(struct __sk_buff *ctx)
{
	unsigned long number = 0;
	struct prog_test_ref_kfunc *object = bpf_kfunc_call_test_acquire(&number); // <- acquired

	if (object)
		bpf_kfunc_call_memb_release((struct prog_test_member *)object); // <- rejected
	return TC_ACT_OK;
}

// v5.19, v6.1: reject kptr/indirect-access EACCES
SEC("tc")
int overwrites_from_outside(struct __sk_buff *ctx)
{
	struct entry *entry = entry_at(0);

	if (entry)
		bpf_probe_read_kernel(entry, sizeof(*entry), ctx); // <- rejected
	return TC_ACT_OK;
}

LICENSE("GPL");

#include "bpf.h"

int shared;
extern int other(int a);

struct {
	__uint(type, HASH);
	__uint(max_entries, 16);
	__type(key, u32);
	__type(value, u64);
} map SEC(".maps");

/* The linker keeps this one, and leaves the code of the other where it is. */
__weak __noinline int helper(int a)
{
	return a + shared;
}

SEC("xdp")
int one(void *context)
{
	u32 key = 1;
	u64 *value = bpf_map_lookup_elem(&map, &key);

	return other(value ? *value : 2) + helper(2);
}

char _license[] SEC("license") = "GPL";

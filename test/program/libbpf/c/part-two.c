#include "bpf.h"

extern int shared;
static int mine = 4;

extern struct {
	__uint(type, HASH);
	__uint(max_entries, 16);
	__type(key, u32);
	__type(value, u64);
} map SEC(".maps");

__weak __noinline int helper(int a)
{
	return a * 7 + mine;
}

__noinline int other(int a)
{
	mine++;
	return helper(a) + shared;
}

SEC("tc")
int two(void *context)
{
	u32 key = 1;
	u64 *value = bpf_map_lookup_elem(&map, &key);

	return other(value ? *value : 3);
}

char _license[] SEC("license") = "GPL";

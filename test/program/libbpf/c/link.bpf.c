#include "bpf.h"

struct value {
	u64 count;
	u32 small[3];
};

struct {
	__uint(type, HASH);
	__uint(max_entries, 16);
	__type(key, u32);
	__type(value, struct value);
} hash SEC(".maps");

struct {
	__uint(type, ARRAY);
	__uint(max_entries, 4);
	__uint(map_flags, 1024);
	__uint(key_size, 4);
	__uint(value_size, 24);
} sized SEC(".maps");

struct {
	__uint(type, RINGBUF);
	__uint(max_entries, 5000);
} ring SEC(".maps");

struct {
	__uint(type, PERF_EVENT_ARRAY);
	__type(key, u32);
	__type(value, u32);
	__uint(max_entries, 8);
} events SEC(".maps");

struct inner {
	__uint(type, ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} inner_one SEC(".maps");

struct {
	__uint(type, ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, u32);
	__array(values, struct inner);
} outer SEC(".maps") = { .values = { &inner_one } };

int counter;
static int hidden_counter = 5;
u64 array[4] = { 1, 2, 3, 4 };
const volatile int limit = 3;
static const volatile char text[] = "some text";
int in_custom SEC(".data.custom") = 7;
const int in_custom_rodata SEC(".rodata.custom") = 9;

__noinline int last(int a)
{
	return a + counter;
}

static __noinline int third(int a)
{
	hidden_counter += a;
	return last(a) * 2;
}

__weak __noinline int second(int a)
{
	return third(a) + last(a + 1);
}

__hidden __noinline int first(int a)
{
	return second(a) + third(a + 2);
}

static long each(void *map, u32 *key, struct value *value, void *context)
{
	value->count += third(*key);
	return 0;
}

static long step(u32 index, void *context)
{
	counter += index;
	return 0;
}

SEC("xdp")
int one(void *context)
{
	u32 key = 1;
	struct value *value = bpf_map_lookup_elem(&hash, &key);

	if (!value)
		return limit + text[counter & 7];
	value->count++;
	return first(value->small[1]) + array[counter & 3];
}

SEC("xdp")
int two(void *context)
{
	bpf_for_each_map_elem(&hash, each, 0, 0);
	bpf_loop(3, step, 0, 0);
	return third(in_custom) + in_custom_rodata;
}

SEC("tc")
int three(void *context)
{
	bpf_loop(5, step, 0, 0);
	return second(1) + last(2);
}

SEC("?tc")
int four(void *context)
{
	u32 key = 0;
	void *map = bpf_map_lookup_elem(&outer, &key);

	if (map)
		bpf_map_update_elem(map, &key, &array[2], 0);
	return &ring != 0 && &events != 0 && &sized != 0;
}

char _license[] SEC("license") = "Dual BSD/GPL";

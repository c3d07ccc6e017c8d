// Prints what libbpf's own functions, which the kernel has too, say of each pair of types of two BTFs, one line a pair:
// compatible to depth 2, to depth 32, declared alike.
//
// compare-types LOCAL-BTF TARGET-BTF
#include <bpf/btf.h>
#include <stdio.h>

int __bpf_core_types_are_compat(const struct btf *local, __u32 local_id, const struct btf *target, __u32 target_id,
				int level);
int __bpf_core_types_match(const struct btf *local, __u32 local_id, const struct btf *target, __u32 target_id,
			   _Bool behind_ptr, int level);

int main(int argc, char **argv)
{
	struct btf *local, *target;

	if (argc < 3)
		return 2;
	local = btf__parse_raw(argv[1]);
	target = btf__parse_raw(argv[2]);
	if (!local || !target)
		return 1;
	for (__u32 one = 0; one < btf__type_cnt(local); one++)
		for (__u32 other = 0; other < btf__type_cnt(target); other++)
			printf("%d %d %d\n", __bpf_core_types_are_compat(local, one, target, other, 2),
			       __bpf_core_types_are_compat(local, one, target, other, 32),
			       __bpf_core_types_match(local, one, target, other, 0, 32));
	return 0;
}

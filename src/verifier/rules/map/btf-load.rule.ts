import { defineRule } from '../rule.ts';

export const btfNotLoaded = defineRule({
  id: 'map/btf-load',
  errno: 'EINVAL',
  title: 'The BTF of maps is loaded before them',
  explanation:
    '`BPF_BTF_LOAD` looks at the whole BTF (kernel/bpf/btf.c, `btf_parse()`), so that one type that is at fault takes all maps along. Type tags stand before the other modifiers of what a pointer points to, for instance.',
  message: 'the kernel refuses the BTF of map {map} as a whole',
  suggestion:
    'look for types that no C compiler writes: tags behind `const` or typedefs, members beyond the end of a struct, kinds that are younger than the kernel',
  noExample: 'All examples share one BTF, which kernels take.',
});

import { describe, expect, it } from 'vitest';
import { openBtf } from '../../../../src/btf/open-btf.ts';
import { writeBtf, type NewType } from '../../../../src/btf/write-btf.ts';
import { isContextPointer } from '../../../../src/verifier/kernel/contexts.ts';
import { askedKernel, type AskedKernel } from './kernels.ts';

/** Pointers, with what they point to before them: the id of each is twice its place. */
const POINTEES = ['__sk_buff', 'sk_buff', 'xdp_buff', 'pt_regs', 'other'];
const struct = (name: string): NewType => ({ kind: 'struct', name, size: 0, members: [] });
const types: NewType[] = POINTEES.flatMap((name, index) => [struct(name), { kind: 'ptr', type: 2 * index + 1 }]);
const typedefs: NewType[] = [
  { kind: 'typedef', name: 'bpf_user_pt_regs_t', type: 7 },
  { kind: 'const', type: 11 },
  { kind: 'ptr', type: 12 },
];
const nameless: NewType[] = [struct(''), { kind: 'ptr', type: 14 }];
const btf = openBtf(writeBtf([...types, ...typedefs, ...nameless]));

const kernels = {
  'v5.19': askedKernel('v5.19'),
  'v6.1': askedKernel('v6.1'),
  'v6.12': askedKernel('v6.12'),
};

describe('isContextPointer', () => {
  it.each<[AskedKernel, string, string, boolean]>([
    ['v5.19', 'sched_cls', '__sk_buff', true],
    ['v5.19', 'sched_cls', 'sk_buff', false],
    ['v5.19', 'kprobe', 'pt_regs', false],
    ['v6.1', 'xdp', 'xdp_buff', false],
    ['v6.12', 'sched_cls', 'sk_buff', true],
    ['v6.12', 'sched_cls', 'xdp_buff', false],
    ['v6.12', 'xdp', 'xdp_buff', true],
    ['v6.12', 'kprobe', 'pt_regs', true],
    ['v6.12', 'tracing', 'other', false],
    ['v6.12', 'syscall', '__sk_buff', false],
  ])('%s, %s: %s: %s', (version, progType, pointee, expected) => {
    expect(isContextPointer(kernels[version], progType, btf, 2 * POINTEES.indexOf(pointee) + 2)).toBe(expected);
  });

  it('looks at the typedef of kprobes first, from v6.9 on', () => {
    expect(isContextPointer(kernels['v6.12'], 'kprobe', btf, 13)).toBe(true);
    expect(isContextPointer(kernels['v6.1'], 'kprobe', btf, 13)).toBe(false);
  });

  it('takes a struct without a name for a context without one, up to v6.8', () => {
    expect(isContextPointer(kernels['v6.1'], 'tracing', btf, 15)).toBe(true);
    expect(isContextPointer(kernels['v6.12'], 'tracing', btf, 15)).toBe(false);
  });
});

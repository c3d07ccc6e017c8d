import type { Btf } from '../../btf/btf.ts';
import type { KernelBtf } from '../kernel/kernel.ts';

const known = new WeakMap<Btf, KernelBtf>();

/** The BTF of a program where one of the kernel is asked for: one object for each. Nothing is registered for it. */
export function localBtf(btf: Btf): KernelBtf {
  const result = known.get(btf) ?? { name: 'program', btf, object: undefined };
  known.set(btf, result);
  return result;
}

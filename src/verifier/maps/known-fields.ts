import type { Btf } from '../../btf/btf.ts';
import type { Kernel } from '../kernel/kernel.ts';

/** By kernel, BTF and type: what was found before. Many programs have maps of the same types. */
const known = new WeakMap<Kernel, WeakMap<Btf, Map<number, unknown>>>();

/** What `find` returns for a value type, asked once for each kernel. */
export function once<T>(kernel: Kernel, btf: Btf, typeId: number, find: () => T): T {
  const byBtf = known.get(kernel) ?? new WeakMap<Btf, Map<number, unknown>>();
  known.set(kernel, byBtf);
  const byType = byBtf.get(btf) ?? new Map<number, unknown>();
  byBtf.set(btf, byType);
  if (byType.has(typeId)) return byType.get(typeId) as T;
  const found = find();
  byType.set(typeId, found);
  return found;
}

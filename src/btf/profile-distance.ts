import type { Kernel } from '../../generated/types/kernel.ts';
import type { Btf } from './btf.ts';
import { findIdByName } from './find.ts';
import { typeOfKind } from './read-type.ts';

/**
 * In how many kfunc hooks and program types a vmlinux differs from what is known of a version: 0 where it may be of that
 * version, or has no such enums.
 */
export function profileDistance(vmlinux: Btf, kernel: Kernel): number {
  const hooks = Object.keys(kernel.hooks).map((hook) => `BTF_KFUNC_HOOK_${hook.toUpperCase()}`);
  const progTypes = kernel.prog_types.map((type) => `BPF_PROG_TYPE_${type.toUpperCase()}`);
  return (
    difference(enumerators(vmlinux, 'btf_kfunc_hook', 'BTF_KFUNC_HOOK_'), hooks) +
    difference(enumerators(vmlinux, 'bpf_prog_type', 'BPF_PROG_TYPE_'), progTypes)
  );
}

/** The enumerators of an enum but for the one that counts them. */
function enumerators(vmlinux: Btf, name: string, prefix: string): readonly string[] {
  const id = findIdByName(vmlinux, name, 'enum');
  const values = id === undefined ? [] : typeOfKind(vmlinux, id, 'enum').values;
  return values.map((value) => value.name).filter((text) => text.startsWith(prefix) && text !== `${prefix}MAX`);
}

/** A BTF without the enum says nothing. */
function difference(found: readonly string[], known: readonly string[]): number {
  if (found.length === 0) {
    return 0;
  }
  return found.filter((name) => !known.includes(name)).length + known.filter((name) => !found.includes(name)).length;
}

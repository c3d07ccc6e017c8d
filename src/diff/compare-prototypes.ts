import type { PrototypeView } from './kernel-view.ts';

/** How a prototype changed for who calls it. */
export interface PrototypeChange {
  /** Names alone changed, none of them one that the verifier reads. */
  readonly isNameOnly: boolean;
  readonly message: string;
}

/** Up to v6.19 a buffer that may be NULL ends with __opt, and from v7.0 on as every other argument that may. */
const SAME_MEANING: Readonly<Record<string, string>> = { __opt: '__nullable' };

/** The end of a parameter name that the verifier may read, such as __sz (kernel/bpf/verifier.c, btf_param_match_suffix()). */
function meaning(name: string): string {
  const suffix = /__[a-z_]+$/.exec(name)?.[0];
  if (suffix !== undefined) return SAME_MEANING[suffix] ?? suffix;
  return /^(rdonly|rdwr)_buf_size$/.test(name) ? name : '';
}

/** What differs between two prototypes of a kfunc; undefined where nothing does. */
export function comparePrototypes(old: PrototypeView, now: PrototypeView): PrototypeChange | undefined {
  if (old.text === now.text) {
    return undefined;
  }
  const isSameCall =
    old.returns.text === now.returns.text &&
    old.params.length === now.params.length &&
    old.isVariadic === now.isVariadic &&
    old.params.every((param, index) => {
      const other = now.params[index];
      return other !== undefined && param.type.text === other.type.text && meaning(param.name) === meaning(other.name);
    });
  return { isNameOnly: isSameCall, message: `\`${old.text}\` became \`${now.text}\`` };
}

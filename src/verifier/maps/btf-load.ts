import { kindNumberOf, targetOf, type Btf } from '../../btf/btf.ts';
import { BTF_ERRNO, isBtfError } from '../../btf/btf-error.ts';
import { isModifier } from '../../btf/follow.ts';
import { KIND } from '../../btf/kinds.ts';
import { typeAt } from '../../btf/read-type.ts';
import { ERRNO } from '../errno.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isIn } from '../kernel/version.ts';
import { mapsBehave } from './map-behaviours.ts';
import { resolveTypes } from './btf-resolve.ts';
import { structRecords } from './struct-records.ts';

/** Enumerations of 64 bits, and those that say that they are signed. */
const ENUM64 = { since: 'v6.0' };
/** The most modifiers in a row that btf_check_type_tags() follows. */
const LONGEST_CHAIN = 32;

const known = new WeakMap<Btf, number>();

/**
 * BPF_BTF_LOAD of BTF that could be opened, and that a loader has mended: btf_parse(), kernel/bpf/btf.c.
 *
 * @returns 0, or a negative errno
 */
export function loadBtf(kernel: Kernel, btf: Btf): number {
  const result = known.get(btf) ?? checkTypes(btf);
  known.set(btf, result);
  if (result !== 0 || !mapsBehave(kernel.version, 'fieldRecord')) return result;
  const records = structRecords(kernel, btf);
  return typeof records === 'number' ? records : 0;
}

/**
 * The same of BTF as it is: with kinds that are younger than the kernel, extern linkage and data sections that are not
 * laid out, of which loaders take care before.
 */
export function loadRawBtf(kernel: Kernel, btf: Btf): number {
  for (let id = 1; id < btf.typeCount; id++) {
    if (isForeign(btf, id, kernel)) return -ERRNO.EINVAL;
  }
  return loadBtf(kernel, btf);
}

/** Kinds and flags of records that this kernel does not know, or that are for loaders. */
function isForeign(btf: Btf, id: number, kernel: Kernel): boolean {
  const type = typeAt(btf, id);
  switch (type.kind) {
    case 'enum':
      return type.signed && !isIn(ENUM64, kernel.version);
    case 'enum64':
      return !isIn(ENUM64, kernel.version);
    case 'func':
    case 'var':
      return type.linkage === 'extern';
    case 'datasec':
      return type.size === 0;
    case 'type_tag':
    case 'decl_tag':
      return type.isAttribute && !mapsBehave(kernel.version, 'tagAttributes');
    default:
      return false;
  }
}

function checkTypes(btf: Btf): number {
  try {
    const result = resolveTypes(btf);
    if (result !== 0) return result;
    return checkTypeTags(btf);
  } catch (error) {
    if (isBtfError(error)) return -(BTF_ERRNO[error.code] ?? ERRNO.EINVAL);
    throw error;
  }
}

/** btf_check_type_tags(): the tags of a pointer stand before its other modifiers. */
function checkTypeTags(btf: Btf): number {
  for (let id = 1; id < btf.typeCount; id++) {
    let current = id;
    let inTags = kindNumberOf(btf, id) === KIND.TYPE_TAG;
    for (let steps = 0; isModifierOrTypedef(btf, current); steps++) {
      if (steps === LONGEST_CHAIN) return -ERRNO.ELOOP;
      const isTag = kindNumberOf(btf, current) === KIND.TYPE_TAG;
      if (isTag && !inTags) return -ERRNO.EINVAL;
      inTags = isTag;
      // What was gone through before, apart from how this one begins, is in order.
      if (current < id) break;
      current = targetOf(btf, current);
    }
  }
  return 0;
}

/** btf_type_is_modifier(), to which typedefs count. */
function isModifierOrTypedef(btf: Btf, id: number): boolean {
  const kind = kindNumberOf(btf, id);
  return kind === KIND.TYPEDEF || isModifier(kind);
}

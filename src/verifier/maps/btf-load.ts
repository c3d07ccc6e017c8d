import { kindNumberOf, targetOf, type Btf } from '../../btf/btf.ts';
import { BTF_ERRNO, isBtfError } from '../../btf/btf-error.ts';
import { isModifier, skipTypedefs } from '../../btf/follow.ts';
import { KIND } from '../../btf/kinds.ts';
import { typeAt } from '../../btf/read-type.ts';
import { sizeOf } from '../../btf/size.ts';
import { ERRNO } from '../errno.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isIn } from '../kernel/version.ts';
import { mapsBehave } from './map-behaviours.ts';
import { structRecords } from './struct-records.ts';

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
  const hasEnum64 = isIn(ENUM64, kernel.version);
  for (let id = 1; id < btf.typeCount; id++) {
    if (isForLoaders(btf, id, hasEnum64)) return -ERRNO.EINVAL;
  }
  return loadBtf(kernel, btf);
}

function isForLoaders(btf: Btf, id: number, hasEnum64: boolean): boolean {
  const type = typeAt(btf, id);
  switch (type.kind) {
    case 'enum64':
      return !hasEnum64;
    case 'func':
    case 'var':
      return type.linkage === 'extern';
    case 'datasec':
      return type.size === 0;
    default:
      return false;
  }
}

function checkTypes(btf: Btf): number {
  try {
    for (let id = 1; id < btf.typeCount; id++) {
      if (!isResolved(btf, id)) return -ERRNO.EINVAL;
    }
    return checkTypeTags(btf);
  } catch (error) {
    if (isBtfError(error)) return -(BTF_ERRNO[error.code] ?? ERRNO.EINVAL);
    throw error;
  }
}

/** The resolve pass, btf_check_all_types(): everything that takes room has a size, and fits where it is. */
function isResolved(btf: Btf, id: number): boolean {
  const type = typeAt(btf, id);
  switch (type.kind) {
    case 'struct':
    case 'union':
      return type.members.every(
        (member) => member.bitSize !== undefined || member.bitOffset + 8 * sizeOf(btf, member.type) <= 8 * type.size,
      );
    case 'array': {
      const index = typeAt(btf, skipTypedefs(btf, type.indexType));
      return index.kind === 'int' && sizeOf(btf, id) >= 0;
    }
    case 'var':
      return type.linkage === 'extern' || sizeOf(btf, type.type) > 0;
    case 'func':
      return kindNumberOf(btf, type.type) === KIND.FUNC_PROTO;
    case 'typedef':
    case 'const':
    case 'volatile':
    case 'restrict':
    case 'type_tag':
    case 'ptr':
      return skipTypedefs(btf, type.type) >= 0;
    default:
      return true;
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

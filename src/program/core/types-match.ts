import type { Btf } from '../../btf/btf.ts';
import type { BtfComposite, BtfEnum, BtfForward, BtfType } from '../../btf/btf-type.ts';
import { INVALID, isEnum, orInvalid, parameterTypes, type TypeIn } from '../../btf/compat.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import { essentialName } from '../object/essential-name.ts';

/** What stays the same while types are compared, and how many pairs may still be. */
interface Match {
  readonly local: Btf;
  readonly target: Btf;
  left: number;
}

/** Nesting through members and parameters, and pointers, arrays and results that are followed from one pair. */
const LEVELS = 32;
/** Ours: types that share members can be made to take for ever. */
const MOST_COMPARISONS = 1_000_000;

/**
 * Whether a type is declared as the kernel has it, names and sizes included: bpf_core_types_match(),
 * tools/lib/bpf/relo_core.c, v6.1. A struct may leave members out; what is behind pointers need only have the name.
 *
 * @returns 1 if it is, 0 if not, -22 (EINVAL) if that can't be decided
 */
export function typesMatch(local: TypeIn, target: TypeIn): number {
  const match = { local: local.btf, target: target.btf, left: MOST_COMPARISONS };
  return orInvalid(() => compare(match, local.id, target.id, false, LEVELS));
}

function compare(match: Match, localId: number, targetId: number, isPointee: boolean, level: number): number {
  match.left--;
  if (level <= 0 || match.left < 0) return INVALID;
  let behindPointer = isPointee;
  let [ours, theirs] = [localId, targetId];
  for (let step = 0; step < LEVELS; step++) {
    const one = typeAt(match.local, skipTypedefs(match.local, ours));
    const other = typeAt(match.target, skipTypedefs(match.target, theirs));
    if (!isSameName(nameIn(one), nameIn(other))) return 0;
    if (one.kind === 'ptr' && other.kind === 'ptr') {
      behindPointer = true;
      [ours, theirs] = [one.type, other.type];
    } else if (one.kind === 'array' && other.kind === 'array') {
      if (one.length !== other.length) return 0;
      [ours, theirs] = [one.type, other.type];
    } else if (one.kind === 'func_proto' && other.kind === 'func_proto') {
      const [parameters, others] = [parameterTypes(one), parameterTypes(other)];
      if (parameters.length !== others.length) return 0;
      for (const [index, id] of parameters.entries()) {
        const result = compare(match, id, others[index] ?? 0, behindPointer, level - 1);
        if (result <= 0) return result;
      }
      [ours, theirs] = [one.returns, other.returns];
    } else {
      return compareEnds(match, one, other, behindPointer, level);
    }
  }
  return INVALID;
}

/** Types that no further type is followed from. */
function compareEnds(match: Match, one: BtfType, other: BtfType, behindPointer: boolean, level: number): number {
  switch (one.kind) {
    case 'void':
      return Number(other.kind === 'void');
    case 'int': {
      if (other.kind !== 'int') return 0;
      return Number(one.size === other.size && (one.encoding === 'signed') === (other.encoding === 'signed'));
    }
    case 'enum':
    case 'enum64':
      return isEnum(other.kind) ? Number(hasValues(one, other as BtfEnum)) : 0;
    case 'fwd':
      return Number(isForwardOf(one, other) && (behindPointer || other.kind === 'fwd'));
    case 'struct':
    case 'union':
      if (behindPointer) return Number(one.kind === other.kind || (other.kind === 'fwd' && other.of === one.kind));
      return one.kind === other.kind ? compareMembers(match, one, other, level) : 0;
    default:
      return 0;
  }
}

function isForwardOf(forward: BtfForward, type: BtfType): boolean {
  return type.kind === 'fwd' ? type.of === forward.of : type.kind === forward.of;
}

/** Each value has to be there by name; what number it is does not count. */
function hasValues(local: BtfEnum, target: BtfEnum): boolean {
  if (local.values.length > target.values.length) return false;
  const names = new Set(target.values.map(({ name }) => essentialName(name)));
  return local.values.every(({ name }) => names.has(essentialName(name)));
}

function compareMembers(match: Match, local: BtfComposite, target: BtfComposite, level: number): number {
  if (local.members.length > target.members.length) return 0;
  for (const member of local.members) {
    let found = false;
    for (const candidate of target.members) {
      if (!isSameName(member.name, candidate.name)) continue;
      const result = compare(match, member.type, candidate.type, false, level - 1);
      if (result < 0) return result;
      found = result > 0;
      if (found) break;
    }
    if (!found) return 0;
  }
  return 1;
}

function nameIn(type: BtfType): string {
  return 'name' in type ? type.name : '';
}

function isSameName(local: string, target: string): boolean {
  return essentialName(local) === essentialName(target);
}

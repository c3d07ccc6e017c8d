import type { CoreRelocationKind } from '../../btf/btf-ext.ts';
import type { Btf } from '../../btf/btf.ts';
import { isEnum, isSameKind, typesAreCompatible, type TypeIn } from '../../btf/compat.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import { sizeOf } from '../../btf/size.ts';
import { essentialName } from '../object/essential-name.ts';
import {
  isEnumKind,
  isFlexible,
  isTypeKind,
  membersOf,
  MOST_STEPS,
  type CoreAccessor,
  type CoreSpec,
} from './core-spec.ts';
import { typesMatch } from './types-match.ts';

/** libbpf's limit; the kernel's own is 2. */
const LEVELS = 32;

/**
 * What a relocation asks about, in a type of the kernel: bpf_core_spec_match(), tools/lib/bpf/relo_core.c.
 *
 * @returns the spec; undefined if the type does not have it; a text if that can't be decided
 * @throws BtfError where types can't be followed
 */
export function matchSpec(local: CoreSpec, kind: CoreRelocationKind, target: TypeIn): CoreSpec | undefined | string {
  const none = { btf: target.btf, rootId: target.id, accessors: [], bitOffset: 0 };
  if (isTypeKind(kind)) {
    const root = { btf: local.btf, id: local.rootId };
    const answer =
      kind === 'type_matches' ? typesMatch(root, target) : typesAreCompatible(root, target, { levels: LEVELS });
    return answer > 0 ? none : answer === 0 ? undefined : 'the types nest too deep to be compared';
  }
  if (isEnumKind(kind)) return matchEnum(local, target, none);
  return matchField(local, target, none);
}

function matchEnum(local: CoreSpec, { btf, id }: TypeIn, none: CoreSpec): CoreSpec | undefined {
  const typeId = skipTypedefs(btf, id);
  const type = typeAt(btf, typeId);
  const wanted = essentialName(local.accessors[0]?.name ?? '');
  if (!('values' in type)) return undefined;
  const index = type.values.findIndex(({ name }) => name.startsWith(wanted) && essentialName(name) === wanted);
  const value = type.values[index];
  return value === undefined ? undefined : { ...none, accessors: [{ typeId, index, name: value.name }] };
}

/** What has been found on the way to the field. */
interface Walk {
  readonly btf: Btf;
  readonly accessors: CoreAccessor[];
  bitOffset: number;
  /** Steps through anonymous members count too. */
  steps: number;
}

function matchField(local: CoreSpec, { btf, id }: TypeIn, none: CoreSpec): CoreSpec | undefined | string {
  const walk: Walk = { btf, accessors: [], bitOffset: 0, steps: 0 };
  let current = id;
  for (const [position, accessor] of local.accessors.entries()) {
    current = skipTypedefs(btf, current);
    if (accessor.name !== undefined) {
      const next = findMember(walk, local.btf, accessor, current, new Set());
      if (typeof next !== 'number') return next;
      current = next;
      continue;
    }
    // The first index is that of an array of the type itself.
    if (position > 0) {
      const array = typeAt(btf, current);
      if (array.kind !== 'array') return undefined;
      if (!isFlexible(btf, walk.accessors.at(-1), array) && accessor.index >= array.length) return undefined;
      current = skipTypedefs(btf, array.type);
    }
    walk.steps++;
    if (walk.steps > MOST_STEPS) return TOO_DEEP;
    walk.accessors.push({ typeId: current, index: accessor.index, name: undefined });
    walk.bitOffset += accessor.index * sizeOf(btf, current) * 8;
  }
  return { ...none, accessors: walk.accessors, bitOffset: walk.bitOffset };
}

const TOO_DEEP = 'the type nests too deep';

/**
 * A member of that name, in anonymous members too. The first one of the name decides, whether it is compatible or not,
 * within its struct: bpf_core_match_member().
 *
 * @param seen types that are known not to have it
 * @returns the type of the member
 */
function findMember(
  walk: Walk,
  localBtf: Btf,
  accessor: CoreAccessor,
  start: number,
  seen: Set<number>,
): number | undefined | string {
  const { btf, accessors } = walk;
  const id = skipTypedefs(btf, start);
  if (seen.has(id)) return undefined;
  const localMember = membersOf(localBtf, accessor.typeId)[accessor.index];
  if (localMember === undefined) return undefined;
  if (walk.steps >= MOST_STEPS) return TOO_DEEP;
  for (const [index, member] of membersOf(btf, id).entries()) {
    walk.bitOffset += member.bitOffset;
    walk.steps++;
    if (member.name === '') {
      const found = findMember(walk, localBtf, accessor, member.type, seen);
      if (found !== undefined) return found;
    } else if (member.name === accessor.name) {
      if (!areFieldsCompatible({ btf: localBtf, id: localMember.type }, { btf, id: member.type })) return undefined;
      accessors.push({ typeId: id, index, name: member.name });
      return member.type;
    }
    walk.bitOffset -= member.bitOffset;
    walk.steps--;
  }
  seen.add(id);
  return undefined;
}

/** bpf_core_fields_are_compat(): like typesAreCompatible(), but less strict, and enumerations have to have one name. */
function areFieldsCompatible(local: TypeIn, target: TypeIn): boolean {
  let { id: localId } = local;
  let { id: targetId } = target;
  for (let step = 0; step < LEVELS; step++) {
    const one = typeAt(local.btf, skipTypedefs(local.btf, localId));
    const other = typeAt(target.btf, skipTypedefs(target.btf, targetId));
    if (isComposite(one.kind) && isComposite(other.kind)) return true;
    if (!isSameKind(one.kind, other.kind, true)) return false;
    if (one.kind === 'ptr' || one.kind === 'float') return true;
    if (one.kind === 'int' && other.kind === 'int') return one.bitOffset === 0 && other.bitOffset === 0;
    if (one.kind !== 'array' || other.kind !== 'array') {
      if (one.kind !== 'fwd' && !isEnum(one.kind)) return false;
      const [ours, theirs] = [essentialName(nameIn(one)), essentialName(nameIn(other))];
      return ours === '' || theirs === '' || ours === theirs;
    }
    localId = one.type;
    targetId = other.type;
  }
  return false;
}

function nameIn(type: object): string {
  return 'name' in type && typeof type.name === 'string' ? type.name : '';
}

function isComposite(kind: string): boolean {
  return kind === 'struct' || kind === 'union';
}

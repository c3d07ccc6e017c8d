import type { Btf } from '../../../src/btf/btf.ts';
import { findIdByName } from '../../../src/btf/find.ts';
import { typeAt } from '../../../src/btf/read-type.ts';
import { writeBtf, type NewType } from '../../../src/btf/write-btf.ts';

/** What is kept of a kernel's BTF, by name. Names that it does not have are passed over. */
export interface Kept {
  /** With their prototypes. */
  readonly functions: Iterable<string>;
  /** Only that they exist: their prototypes are `void (void)`. */
  readonly bareFunctions: Iterable<string>;
  /** Structs with all that they hold by value, and with the prototypes of functions that their members point to. */
  readonly structs: Iterable<string>;
  readonly typedefs: Iterable<string>;
}

/**
 * Writes the part of a kernel's BTF that some programs need. Structs that are only pointed to keep their name and size,
 * and no members, unless they are kept themselves; the prototypes of what else is pointed to become `void (void)`.
 */
export function cutBtf(btf: Btf, kept: Kept): Uint8Array {
  const idsOf = (names: Iterable<string>, kind: 'func' | 'struct' | 'typedef'): readonly number[] =>
    [...names].map((name) => findIdByName(btf, name, kind)).filter((id) => id !== undefined);
  const structs = idsOf(kept.structs, 'struct');
  const functions = idsOf(kept.functions, 'func');
  const typedefs = idsOf(kept.typedefs, 'typedef');
  const whole = new Set<number>();
  const prototypes = new Set<number>();
  for (const id of structs) {
    addHeld(btf, id, whole);
    const type = typeAt(btf, id);
    const members = type.kind === 'struct' ? type.members : [];
    for (const member of members) addPrototype(btf, member.type, prototypes);
  }
  for (const id of [...functions, ...typedefs]) addPrototype(btf, id, prototypes);

  const types: NewType[] = [];
  const places = new Map<number, number>([[0, 0]]);
  /** Gives a type its place before what it refers to is looked at. */
  const copy = (id: number): number => {
    const known = places.get(id);
    if (known !== undefined) return known;
    const place = types.push({ kind: 'ptr', type: 0 });
    places.set(id, place);
    types[place - 1] = renumber(btf, id, copy, { whole, prototypes });
    return place;
  };
  for (const id of [...structs, ...typedefs, ...functions]) copy(id);
  const nothing = types.push({ kind: 'func_proto', returns: 0, parameters: [], isVariadic: false });
  for (const name of kept.bareFunctions) {
    const id = findIdByName(btf, name, 'func');
    if (id !== undefined && !places.has(id)) types.push({ kind: 'func', name, type: nothing, linkage: 'static' });
  }
  return writeBtf(types);
}

/** The structs and unions that lie in one, and itself. */
function addHeld(btf: Btf, id: number, whole: Set<number>): void {
  const type = typeAt(btf, id);
  switch (type.kind) {
    case 'struct':
    case 'union':
      if (whole.has(id)) return;
      whole.add(id);
      for (const member of type.members) addHeld(btf, member.type, whole);
      return;
    case 'array':
    case 'typedef':
    case 'const':
    case 'volatile':
      addHeld(btf, type.type, whole);
      return;
    default:
  }
}

/** The prototype that a pointer, a typedef of one or a function leads to, if it leads to one. */
function addPrototype(btf: Btf, id: number, prototypes: Set<number>): void {
  const type = typeAt(btf, id);
  if (type.kind === 'func_proto') prototypes.add(id);
  if (type.kind === 'ptr' || type.kind === 'typedef' || type.kind === 'func') addPrototype(btf, type.type, prototypes);
}

function renumber(
  btf: Btf,
  id: number,
  copy: (id: number) => number,
  { whole, prototypes }: Readonly<Record<'whole' | 'prototypes', ReadonlySet<number>>>,
): NewType {
  const type = typeAt(btf, id);
  switch (type.kind) {
    case 'void':
      throw new RangeError('void has no place');
    case 'struct':
    case 'union': {
      const members = whole.has(id) ? type.members : [];
      return { ...type, members: members.map((member) => ({ ...member, type: copy(member.type) })) };
    }
    case 'func_proto': {
      if (!prototypes.has(id)) return { ...type, returns: 0, parameters: [] };
      const parameters = type.parameters.map((parameter) => ({ ...parameter, type: copy(parameter.type) }));
      return { ...type, returns: copy(type.returns), parameters };
    }
    case 'array':
      return { ...type, type: copy(type.type), indexType: copy(type.indexType) };
    case 'datasec':
      return { ...type, variables: [] };
    default:
      return 'type' in type ? { ...type, type: copy(type.type) } : type;
  }
}

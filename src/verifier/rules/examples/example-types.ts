import { openBtf } from '../../../btf/open-btf.ts';
import type { Btf } from '../../../btf/btf.ts';
import { writeBtf, type NewType } from '../../../btf/write-btf.ts';

/** The types of examples: of map values, and of functions. */
export interface ExampleTypes {
  readonly bytes: Uint8Array;
  readonly btf: Btf;
  readonly ids: ReadonlyMap<string, number>;
}

let made: ExampleTypes | undefined;

/** The BTF that maps and programs of examples are loaded with. */
export function exampleTypes(): ExampleTypes {
  made ??= make();
  return made;
}

/** The types in C, for people; the rest of this file makes BTF of the same. */
export const EXAMPLE_TYPES_IN_C: Readonly<Record<string, readonly string[]>> = {
  pair: ['struct pair { long a, b; };'],
  objects: [
    'struct objects { struct prog_test_ref_kfunc __kptr_ref *ref;',
    '                 struct prog_test_ref_kfunc __kptr *unref; long a, b; };',
  ],
  members: ['struct members { struct prog_test_member __kptr_ref *ref; };'],
  misaligned: ['struct misaligned { int a, b; struct prog_test_ref_kfunc __kptr_ref *ref; };'],
  locked: ['struct locked { struct bpf_spin_lock lock; int unused; long a; };'],
  timed: ['struct timed { struct bpf_timer timer; long a; };'],
};

type Draft = NewType[];

function make(): ExampleTypes {
  const types: Draft = [];
  const ids = new Map<string, number>();
  const add = (type: NewType): number => types.push(type);
  const integer = (name: string, size: number, encoding: 'signed' | 'unsigned'): number =>
    add({ kind: 'int', name, size, bits: 8 * size, bitOffset: 0, encoding });
  const struct = (name: string, size: number, members: readonly (readonly [string, number, number])[]): number => {
    const id = add({
      kind: 'struct',
      name,
      size,
      members: members.map(([member, type, offset]) => ({
        name: member,
        type,
        bitOffset: 8 * offset,
        bitSize: undefined,
      })),
    });
    ids.set(name, id);
    return id;
  };
  const pointer = (type: number): number => add({ kind: 'ptr', type });
  const tagged = (text: string, type: number): number =>
    pointer(add({ kind: 'type_tag', text, type, isAttribute: false }));

  const int = integer('int', 4, 'signed');
  const long = integer('long', 8, 'signed');
  ids.set('int', int).set('long', long);
  // The kernel finds what kptrs point to by name in its own BTF: the members do not count.
  struct('index', 4, [['i', int, 0]]);
  const object = struct('prog_test_ref_kfunc', 4, [['a', int, 0]]);
  const member = struct('prog_test_member', 4, [['a', int, 0]]);
  const lock = struct('bpf_spin_lock', 4, [['val', int, 0]]);
  const timer = struct('bpf_timer', 16, [
    ['a', long, 0],
    ['b', long, 8],
  ]);
  struct('pair', 16, [
    ['a', long, 0],
    ['b', long, 8],
  ]);
  const referenced = tagged('kptr_ref', object);
  struct('objects', 32, [
    ['ref', referenced, 0],
    ['unref', tagged('kptr', object), 8],
    ['a', long, 16],
    ['b', long, 24],
  ]);
  struct('members', 8, [['ref', tagged('kptr_ref', member), 0]]);
  struct('misaligned', 16, [
    ['a', int, 0],
    ['b', int, 4],
    ['ref', referenced, 8],
  ]);
  struct('locked', 16, [
    ['lock', lock, 0],
    ['unused', int, 4],
    ['a', long, 8],
  ]);
  struct('timed', 24, [
    ['timer', timer, 0],
    ['a', long, 16],
  ]);
  addFunctions(types, ids, { int, long, pointer });
  const bytes = writeBtf(types);
  return { bytes, btf: openBtf(bytes), ids };
}

interface Parts {
  readonly int: number;
  readonly long: number;
  readonly pointer: (type: number) => number;
}

function addFunctions(types: Draft, ids: Map<string, number>, { int, long, pointer }: Parts): void {
  const add = (type: NewType): number => types.push(type);
  const functionOf = (
    name: string,
    linkage: 'static' | 'global',
    returns: number,
    parameters: readonly (readonly [string, number])[],
  ): void => {
    const list = parameters.map(([parameter, type]) => ({ name: parameter, type }));
    const type = add({ kind: 'func_proto', returns, parameters: list, isVariadic: false });
    ids.set(name, add({ kind: 'func', name, type, linkage }));
  };
  const context = add({
    kind: 'struct',
    name: '__sk_buff',
    size: 4,
    members: [{ name: 'len', type: int, bitOffset: 0, bitSize: undefined }],
  });
  const opaque = add({ kind: 'fwd', name: 'opaque', of: 'struct' });
  const contextPointer = pointer(context);
  functionOf('main', 'global', int, [['ctx', contextPointer]]);
  functionOf('callback', 'static', int, [
    ['index', int],
    ['data', pointer(0)],
  ]);
  functionOf('part', 'static', int, [['ctx', contextPointer]]);
  functionOf('part_of_nothing', 'static', 0, [['ctx', contextPointer]]);
  functionOf('shared', 'global', int, [['n', int]]);
  functionOf('shared_pointer', 'global', int, [['n', pointer(long)]]);
  functionOf('shared_opaque', 'global', int, [['o', pointer(opaque)]]);
}

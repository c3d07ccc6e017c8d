import { openBtf } from '../../../src/btf/open-btf.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { findIdsByName } from '../../../src/btf/find.ts';
import { writeBtf, type NewType } from '../../../src/btf/write-btf.ts';
import { parsePrototype, type CType } from '../../../generator/c/prototype.ts';

/** Sizes of the integers that prototypes name, in bytes. */
const INTS: Readonly<Record<string, number>> = {
  int: 4,
  'unsigned char': 1,
  'unsigned int': 4,
  'unsigned long': 8,
  'long unsigned int': 8,
  'unsigned long long': 8,
};
/** Typedefs of every kernel. */
const TYPEDEFS = ['typedef unsigned char u8', 'typedef unsigned int u32', 'typedef unsigned long long u64'];

interface Written {
  readonly types: NewType[];
  readonly ids: Map<string, number>;
  readonly typedefs: ReadonlyMap<string, CType>;
  readonly base: Btf | undefined;
}

export interface WrittenOptions {
  /** Functions to give the tag `bpf_kfunc`. */
  readonly tagged?: readonly string[];
  readonly base?: Btf;
  /** Enums by name, with their enumerators. */
  readonly enums?: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * BTF with what C declarations say: structs (`struct acme`), typedefs of pointers (`typedef struct acme *acme_ptr`) and
 * functions. `u8`, `u32` and `u64` are typedefs.
 */
export function writtenBtf(declarations: readonly string[], options: WrittenOptions = {}): Uint8Array {
  const typedefs = new Map<string, CType>();
  const written: Written = { types: [], ids: new Map(), typedefs, base: options.base };
  const first = options.base?.typeCount ?? 1;
  for (const line of [...TYPEDEFS, ...declarations]) {
    const typedef = /^typedef (.*?)(\w+)$/.exec(line);
    if (typedef !== null) {
      const [, type = '', name = ''] = typedef;
      typedefs.set(name, parsePrototype(`${type}f(void)`).returns);
    } else if (/^(struct|union) \w+$/.test(line)) {
      typeId(written, line, first);
    } else {
      addFunction(written, line, first, options.tagged ?? []);
    }
  }
  for (const [name, values] of Object.entries(options.enums ?? {})) {
    written.types.push({
      kind: 'enum',
      name,
      size: 4,
      signed: false,
      values: values.map((each, index) => ({ name: each, value: BigInt(index) })),
    });
  }
  return writeBtf(written.types, options.base === undefined ? {} : { base: options.base });
}

/** The same, opened. */
export function openWritten(declarations: readonly string[], options: WrittenOptions = {}): Btf {
  return openBtf(writtenBtf(declarations, options), { base: options.base });
}

function addFunction(written: Written, line: string, first: number, tagged: readonly string[]): void {
  const { name, returns, params, isVariadic } = parsePrototype(line);
  const parameters = params.map((param) => ({ name: param.name, type: pointerTo(written, param.type, first) }));
  const returned = pointerTo(written, returns, first);
  const prototype = add(written, { kind: 'func_proto', returns: returned, parameters, isVariadic }, first);
  const id = add(written, { kind: 'func', name, type: prototype, linkage: 'static' }, first);
  if (tagged.includes(name)) {
    add(written, { kind: 'decl_tag', text: 'bpf_kfunc', type: id, component: undefined, isAttribute: false }, first);
  }
}

function pointerTo(written: Written, { base, pointers }: CType, first: number): number {
  let id = typeId(written, base, first);
  for (let level = 0; level < pointers; level++) {
    id = add(written, { kind: 'ptr', type: id }, first);
  }
  return id;
}

function typeId(written: Written, base: string, first: number): number {
  const known = base === 'void' ? 0 : (written.ids.get(base) ?? idInBase(written, base));
  if (known !== undefined) {
    return known;
  }
  const typedef = written.typedefs.get(base);
  const name = base.replace(/^(struct|union) /, '');
  let id: number;
  if (typedef !== undefined) {
    id = add(written, { kind: 'typedef', name, type: pointerTo(written, typedef, first) }, first);
  } else if (name === base) {
    const size = INTS[base];
    if (size === undefined) throw new Error(`no type ${base}`);
    id = add(
      written,
      { kind: 'int', name, size, bits: 8 * size, bitOffset: 0, encoding: name === 'int' ? 'signed' : 'unsigned' },
      first,
    );
  } else {
    const kind = base.startsWith('union') ? 'union' : 'struct';
    id = add(written, { kind, name, size: 0, members: [] }, first);
  }
  written.ids.set(base, id);
  return id;
}

/** As pahole writes split BTF: what the base has is not written again. */
function idInBase({ base: btf }: Written, name: string): number | undefined {
  return btf && findIdsByName(btf, name.replace(/^(struct|union) /, ''))[0];
}

function add({ types }: Written, type: NewType, first: number): number {
  types.push(type);
  return first + types.length - 1;
}

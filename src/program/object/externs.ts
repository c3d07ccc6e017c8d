import type { Btf } from '../../btf/btf.ts';
import type { BtfFunction, BtfVariable } from '../../btf/btf-type.ts';
import { kindOf, nameOf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import { sizeOf } from '../../btf/size.ts';
import { alignmentOf } from './alignment.ts';
import { dataSections } from './data-sections.ts';
import { ObjectError } from './object-error.ts';
import { SYMBOL, type ObjectSymbol } from './object-symbols.ts';

/** Something that an object declares and the kernel defines. */
export type Extern = ExternFunction | ExternVariable | ExternAddress | ExternConfig;

interface ExternHead {
  readonly name: string;
  readonly weak: boolean;
  /** Index of its symbol. */
  readonly symbol: number;
  /** FUNC or VAR in the object's BTF. */
  readonly typeId: number;
}

/** A kfunc: `extern … __ksym`. */
export interface ExternFunction extends ExternHead {
  readonly kind: 'function';
}

/** A variable of the kernel, with its type. */
export interface ExternVariable extends ExternHead {
  readonly kind: 'variable';
  /** Of the variable, without typedefs and modifiers. */
  readonly valueType: number;
}

/** A variable of the kernel without a type (`extern const void NAME __ksym`): its address, as a number. */
export interface ExternAddress extends ExternHead {
  readonly kind: 'address';
}

/** A value that the loader fills in: `extern … __kconfig`. */
export interface ExternConfig extends ExternHead {
  readonly kind: 'config';
  readonly type: ConfigType;
  readonly isSigned: boolean;
  readonly size: number;
  /** In the map `.kconfig`. */
  readonly offset: number;
}

export type ConfigType = 'bool' | 'tristate' | 'char' | 'int' | 'text';

const KCONFIG = '.kconfig';
const KSYMS = '.ksyms';
/** Values are filled in, so that their bytes are made; no object comes near. */
const MOST_CONFIG_BYTES = 1 << 20;

/**
 * The externs of an object: bpf_object__collect_externs(), tools/lib/bpf/libbpf.c.
 *
 * @throws ObjectError `bad-extern`; BtfError
 */
export function readExterns(symbols: readonly ObjectSymbol[], btf: Btf | undefined): readonly Extern[] {
  const declared = symbols.filter(({ isExtern }) => isExtern);
  if (declared.length === 0) return [];
  if (btf === undefined) throw bad(declared[0]?.name ?? '', 'an extern needs BTF: compile with -g');
  const ids = externIds(btf, new Set(declared.map(({ name }) => name)));
  const sections = externSections(btf);
  const externs = declared.map((symbol) => readExtern(btf, symbol, ids, sections));
  return layOutConfig(btf, externs);
}

function readExtern(
  btf: Btf,
  { name, binding, index }: ObjectSymbol,
  ids: ReadonlyMap<string, number>,
  sections: ReadonlyMap<number, string>,
): Extern {
  const typeId = ids.get(name);
  const section = typeId === undefined ? undefined : sections.get(typeId);
  const type = typeId === undefined ? undefined : typeAt(btf, typeId);
  if (type?.kind !== 'func' && type?.kind !== 'var') throw bad(name, 'the BTF does not declare this extern');
  if (type.linkage !== 'extern') throw bad(name, 'the BTF defines what the symbol declares');
  const head = { name, weak: binding === SYMBOL.BINDING_WEAK, symbol: index, typeId: type.id };
  if (section === KSYMS) return readKsym(btf, type, head);
  if (section !== KCONFIG) {
    throw bad(name, `an extern has to be in ${KSYMS} or ${KCONFIG}; this one is in ${section ?? 'no section'}`);
  }
  if (type.kind === 'func') throw bad(name, `a function can't be in ${KCONFIG}`);
  const config = configType(btf, type.type);
  if (config === undefined) throw bad(name, `a type that no configuration value has`);
  return { kind: 'config', ...head, ...config, size: sizeOf(btf, type.type), offset: 0 };
}

function readKsym(btf: Btf, type: BtfFunction | BtfVariable, head: ExternHead): Extern {
  if (type.kind === 'func') return { kind: 'function', ...head };
  const valueType = skipTypedefs(btf, type.type);
  return valueType === 0 ? { kind: 'address', ...head } : { kind: 'variable', ...head, valueType };
}

/** FUNC and VAR of some names, the first of each. */
function externIds(btf: Btf, names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (let id = 1; id < btf.typeCount; id++) {
    const kind = kindOf(btf, id);
    if (kind !== 'func' && kind !== 'var') continue;
    const name = nameOf(btf, id);
    if (names.has(name) && !ids.has(name)) ids.set(name, id);
  }
  return ids;
}

/** The first section that BTF puts a variable or function in. */
function externSections(btf: Btf): ReadonlyMap<number, string> {
  const sections = new Map<number, string>();
  for (const { name, variables } of dataSections(btf).values()) {
    for (const { type } of variables) if (!sections.has(type)) sections.set(type, name);
  }
  return sections;
}

/** find_kcfg_type(), tools/lib/bpf/libbpf.c. */
function configType(btf: Btf, id: number): { readonly type: ConfigType; readonly isSigned: boolean } | undefined {
  const type = typeAt(btf, skipTypedefs(btf, id));
  switch (type.kind) {
    case 'int':
      if (type.encoding === 'bool') return type.size === 1 ? { type: 'bool', isSigned: false } : undefined;
      if (![1, 2, 4, 8].includes(type.size)) return undefined;
      return { type: type.size === 1 ? 'char' : 'int', isSigned: type.encoding === 'signed' };
    case 'enum':
      return type.size === 4 && type.name === 'libbpf_tristate' ? { type: 'tristate', isSigned: false } : undefined;
    case 'array': {
      const element = typeAt(btf, skipTypedefs(btf, type.type));
      const isText = element.kind === 'int' && element.size === 1 && element.encoding !== 'bool' && type.length > 0;
      return isText ? { type: 'text', isSigned: false } : undefined;
    }
    default:
      return undefined;
  }
}

/** Places in the map `.kconfig`: largest alignment first, then smallest size, then by name. */
function layOutConfig(btf: Btf, externs: readonly Extern[]): readonly Extern[] {
  const placed = new Map<Extern, Extern>();
  let end = 0;
  const configs = externs
    .filter((one) => one.kind === 'config')
    .map((config) => ({ config, alignment: alignmentOf(btf, config.typeId) }))
    .sort(
      (a, b) => b.alignment - a.alignment || a.config.size - b.config.size || compare(a.config.name, b.config.name),
    );
  for (const { config, alignment } of configs) {
    const offset = Math.ceil(end / alignment) * alignment;
    placed.set(config, { ...config, offset });
    end = offset + config.size;
  }
  if (end > MOST_CONFIG_BYTES) throw bad(KCONFIG, `${String(end)} bytes of configuration values`);
  return externs.map((one) => placed.get(one) ?? one);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function bad(name: string, message: string): ObjectError {
  return new ObjectError('bad-extern', { name }, message);
}

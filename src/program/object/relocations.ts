import type { Elf } from '../../elf/open-elf.ts';
import { openRelocations, relocationAt, type ElfRelocations } from '../../elf/relocations.ts';
import { ELF } from '../../elf/elf-constants.ts';
import { sectionName } from '../../elf/sections.ts';
import { SLOT_BYTES } from '../code.ts';
import { CALL, LD_IMM64, CALL_OPCODE } from '../encoding.ts';
import type { Extern } from './externs.ts';
import type { CodeSection, ObjectFunction } from './functions.ts';
import { functionAt } from './functions.ts';
import { ObjectError } from './object-error.ts';
import { SYMBOL, type ObjectSymbol } from './object-symbols.ts';

/** What an instruction refers to. */
export type CodeRelocation =
  /** A function of `.text`: called, or its address taken. */
  | { readonly kind: 'call' | 'function-address'; readonly target: ObjectFunction }
  | { readonly kind: 'map'; readonly map: number }
  /** A global variable: a byte in the value of a data map. */
  | { readonly kind: 'data'; readonly map: number; readonly offset: number }
  | { readonly kind: 'extern'; readonly extern: Extern };

/** By section, by slot in it. */
export type CodeRelocations = ReadonlyMap<number, ReadonlyMap<number, CodeRelocation>>;

/** Where maps are: of `.maps` by the offset of their variable, of global data one a section. */
export interface MapPlaces {
  readonly definitions: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly data: ReadonlyMap<number, number>;
}

interface Context {
  readonly elf: Elf;
  readonly symbols: readonly ObjectSymbol[];
  readonly functions: readonly ObjectFunction[];
  readonly externs: ReadonlyMap<number, Extern>;
  readonly maps: MapPlaces;
}

const SUBPROGRAMS = '.text';

/**
 * The relocations of instructions, resolved: bpf_program__record_reloc(), tools/lib/bpf/libbpf.c. Those of code that
 * belongs to no function are passed over.
 *
 * @throws ObjectError `bad-relocation`; ElfError
 */
export function readCodeRelocations(
  sections: readonly CodeSection[],
  input: Omit<Context, 'externs'> & { readonly externs: readonly Extern[] },
): CodeRelocations {
  const context = { ...input, externs: new Map(input.externs.map((one) => [one.symbol, one])) };
  const tables = relocationTables(input.elf);
  return new Map(
    sections.map((section) => [section.index, readSection(section, tables.get(section.index) ?? [], context)]),
  );
}

/** By the index of the section that they patch. */
function relocationTables(elf: Elf): ReadonlyMap<number, readonly ElfRelocations[]> {
  const tables = new Map<number, ElfRelocations[]>();
  for (const section of elf.sections) {
    if (section.type !== ELF.SECTION_REL && section.type !== ELF.SECTION_RELA) continue;
    const table = openRelocations(elf, section);
    const others = tables.get(section.info);
    if (others === undefined) tables.set(section.info, [table]);
    else others.push(table);
  }
  return tables;
}

function readSection(
  section: CodeSection,
  tables: readonly ElfRelocations[],
  context: Context,
): ReadonlyMap<number, CodeRelocation> {
  const { symbols, functions } = context;
  const found = new Map<number, CodeRelocation>();
  for (const table of tables) {
    for (let index = 0; index < table.count; index++) {
      const { offset, symbol: symbolIndex, addend } = relocationAt(table, index);
      const symbol = symbols[symbolIndex];
      if (symbol === undefined || offset % SLOT_BYTES !== 0) throw bad(section, offset, '', 'a malformed relocation');
      const slot = offset / SLOT_BYTES;
      if (functionAt(functions, section.index, slot) === undefined) continue;
      found.set(slot, resolve(section, slot, symbol, addend ?? 0n, context));
    }
  }
  return found;
}

function resolve(
  section: CodeSection,
  slot: number,
  symbol: ObjectSymbol,
  addend: bigint,
  context: Context,
): CodeRelocation {
  const { code } = section;
  const at = slot * SLOT_BYTES;
  const isCall = code.opcode[slot] === CALL_OPCODE;
  if (!isCall && (code.opcode[slot] !== LD_IMM64 || slot + 1 >= code.length)) {
    throw bad(section, at, symbol.name, 'a relocation of an instruction that is neither a call nor a 64-bit load');
  }
  if (symbol.isExtern) {
    const extern = context.externs.get(symbol.index);
    if (extern === undefined) throw bad(section, at, symbol.name, 'an extern that is not described');
    if (isCall && extern.kind !== 'function') throw bad(section, at, symbol.name, 'calls a variable');
    return { kind: 'extern', extern };
  }
  const extra = Number(addend);
  if (isCall) return resolveCall(section, slot, symbol, extra, context);
  return resolveLoad(section, slot, symbol, extra, context);
}

/** The immediate counts slots from the next one; of a global function it is -1, so that the symbol alone says where. */
function resolveCall(
  section: CodeSection,
  slot: number,
  symbol: ObjectSymbol,
  addend: number,
  context: Context,
): CodeRelocation {
  const { code } = section;
  if (code.src[slot] !== CALL.subprogram) throw bad(section, slot * SLOT_BYTES, symbol.name, 'no call of a subprogram');
  const inSection = (symbol.offset + addend) / SLOT_BYTES + (code.imm[slot] ?? 0) + 1;
  return { kind: 'call', target: subprogram(section, slot, symbol, inSection, context) };
}

function resolveLoad(
  section: CodeSection,
  slot: number,
  symbol: ObjectSymbol,
  addend: number,
  context: Context,
): CodeRelocation {
  const { functions, maps } = context;
  const { code } = section;
  const offset = symbol.offset + addend;
  const immediate = code.imm[slot] ?? 0;
  const isFunction = symbol.type === SYMBOL.TYPE_FUNC || symbol.type === SYMBOL.TYPE_SECTION;
  if (
    isFunction &&
    functionAt(functions, symbol.section, Math.floor((offset + immediate) / SLOT_BYTES)) !== undefined
  ) {
    const inSection = (offset + immediate) / SLOT_BYTES;
    return { kind: 'function-address', target: subprogram(section, slot, symbol, inSection, context) };
  }
  const data = maps.data.get(symbol.section);
  if (data !== undefined) return { kind: 'data', map: data, offset: (offset + immediate) | 0 };
  const map = maps.definitions.get(symbol.section)?.get(offset);
  if (map !== undefined) return { kind: 'map', map };
  const home = context.elf.sections[symbol.section];
  const name = home === undefined || symbol.section === 0 ? 'no section' : `section ${sectionName(context.elf, home)}`;
  throw bad(
    section,
    slot * SLOT_BYTES,
    symbol.name,
    `refers to something in ${name} that is neither a map nor a variable`,
  );
}

function subprogram(
  section: CodeSection,
  slot: number,
  symbol: ObjectSymbol,
  inSection: number,
  { functions }: Context,
): ObjectFunction {
  const at = slot * SLOT_BYTES;
  const target = Number.isInteger(inSection) ? functionAt(functions, symbol.section, inSection) : undefined;
  if (target === undefined) throw bad(section, at, symbol.name, 'refers to no function');
  if (!target.isSubprogram) {
    throw bad(section, at, target.name, `a function outside of ${SUBPROGRAMS} is a program and can't be called`);
  }
  return target;
}

function bad({ name: section }: CodeSection, offset: number, name: string, message: string): ObjectError {
  return new ObjectError('bad-relocation', { section, offset, name }, message);
}

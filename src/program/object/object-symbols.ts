import { ELF } from '../../elf/elf-constants.ts';
import { openSymbols, symbolAt, type ElfSymbol } from '../../elf/symbols.ts';
import type { Elf } from '../../elf/open-elf.ts';
import { ObjectError } from './object-error.ts';

/** Numbers of the ELF specification that objects of BPF add. */
export const SYMBOL = {
  TYPE_NONE: 0,
  TYPE_OBJECT: 1,
  TYPE_FUNC: 2,
  TYPE_SECTION: 3,
  BINDING_LOCAL: 0,
  BINDING_GLOBAL: 1,
  BINDING_WEAK: 2,
  VISIBILITY_INTERNAL: 1,
  VISIBILITY_HIDDEN: 2,
} as const;

/** A symbol, with what of it a loader asks for. */
export interface ObjectSymbol extends ElfSymbol {
  /** `value` as a number; offsets beyond 2^53 lie in no section, and are refused where they are used. */
  readonly offset: number;
  /** STV_ number. */
  readonly visibility: number;
  /** Declared here, defined in the kernel. */
  readonly isExtern: boolean;
}

/** Limits that no object of a compiler comes near. */
const MOST_SYMBOLS = 1 << 20;
const MOST_NAME_CHARACTERS = 1 << 26;

/** All symbols, by index. @throws ObjectError `no-symbols`, `too-big`; ElfError */
export function readSymbols(elf: Elf): readonly ObjectSymbol[] {
  const table = openSymbols(elf);
  if (table === undefined) throw new ObjectError('no-symbols', {}, 'the object has no symbols: it was stripped');
  if (table.count > MOST_SYMBOLS) throw new ObjectError('too-big', {}, `${String(table.count)} symbols`);
  const { symbol: layout } = elf.layout;
  let characters = 0;
  return Array.from({ length: table.count }, (_, index) => {
    const symbol = symbolAt(table, index);
    characters += symbol.name.length;
    if (characters > MOST_NAME_CHARACTERS)
      throw new ObjectError('too-big', {}, 'the names of the symbols are too long');
    const at = table.section.offset + index * layout.bytes;
    const short = elf.view.getUint16(at + layout.section, elf.littleEndian);
    return {
      ...symbol,
      offset: Number(symbol.value),
      visibility: elf.view.getUint8(at + layout.other) & 3,
      isExtern:
        short === 0 &&
        (symbol.binding === SYMBOL.BINDING_GLOBAL || symbol.binding === SYMBOL.BINDING_WEAK) &&
        symbol.type === SYMBOL.TYPE_NONE &&
        symbol.name !== '',
    };
  });
}

/** Whether a symbol index of a section header means a section: not undefined, absolute or common. */
export function hasSection(symbol: ObjectSymbol): boolean {
  return symbol.section !== 0 && symbol.section < ELF.INDEX_RESERVED;
}

import { ELF } from '../../elf/elf-constants.ts';
import type { Elf } from '../../elf/open-elf.ts';
import { sectionData, sectionName } from '../../elf/sections.ts';
import { decodeCode, SLOT_BYTES, type Code } from '../code.ts';
import { ObjectError } from './object-error.ts';
import { SYMBOL, type ObjectSymbol } from './object-symbols.ts';

/** A function of an object: a program of its own, or a subprogram if it is in `.text`. */
export interface ObjectFunction {
  readonly name: string;
  /** Index of its ELF section. */
  readonly section: number;
  readonly sectionName: string;
  /** Its first slot in the section. */
  readonly slot: number;
  /** Slots. */
  readonly length: number;
  readonly isSubprogram: boolean;
  /** Visible in this object alone, although not static: the kernel is told that it is static. */
  readonly isHidden: boolean;
}

/** A section with instructions. */
export interface CodeSection {
  readonly index: number;
  readonly name: string;
  readonly code: Code;
}

/** SHF_EXECINSTR. */
const FLAG_EXECUTABLE = 4;

const SUBPROGRAMS = '.text';

/** The sections with instructions, in their order. @throws ObjectError `bad-program`; ElfError */
export function readCodeSections(elf: Elf): readonly CodeSection[] {
  return elf.sections
    .filter(({ type, flags, size }) => type === ELF.SECTION_PROGBITS && (flags & FLAG_EXECUTABLE) !== 0 && size > 0)
    .map((section) => {
      const name = sectionName(elf, section);
      if (section.size % SLOT_BYTES !== 0) {
        throw new ObjectError('bad-program', { section: name }, `${String(section.size)} bytes are no whole slots`);
      }
      return { index: section.index, name, code: decodeCode(sectionData(elf, section), elf.littleEndian) };
    });
}

/**
 * The functions in these sections, by section and slot. Code that belongs to no function is passed over, as linkers
 * leave it behind where one weak function takes the place of another.
 *
 * @throws ObjectError `bad-program`
 */
export function readFunctions(
  sections: readonly CodeSection[],
  symbols: readonly ObjectSymbol[],
): readonly ObjectFunction[] {
  const byIndex = new Map(sections.map((section) => [section.index, section]));
  const functions: ObjectFunction[] = [];
  for (const symbol of symbols) {
    const section = byIndex.get(symbol.section);
    if (section !== undefined && symbol.type === SYMBOL.TYPE_FUNC) functions.push(readFunction(section, symbol));
  }
  return functions.sort((a, b) => a.section - b.section || a.slot - b.slot);
}

/** The function that a slot of a section belongs to. @param functions by section and slot */
export function functionAt(
  functions: readonly ObjectFunction[],
  section: number,
  slot: number,
): ObjectFunction | undefined {
  let low = 0;
  let high = functions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = functions[middle];
    if (candidate === undefined) break;
    const isBefore = candidate.section < section || (candidate.section === section && candidate.slot <= slot);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  const found = functions[low - 1];
  return found?.section === section && slot < found.slot + found.length ? found : undefined;
}

function readFunction(section: CodeSection, symbol: ObjectSymbol): ObjectFunction {
  const { name, offset, size, binding, visibility } = symbol;
  const place = { section: section.name, offset, name };
  if (size === 0 || size % SLOT_BYTES !== 0 || offset % SLOT_BYTES !== 0) {
    throw new ObjectError('bad-program', place, `a function of ${String(size)} bytes`);
  }
  if (offset + size > section.code.length * SLOT_BYTES) {
    throw new ObjectError('bad-program', place, 'the function does not lie in its section');
  }
  const isSubprogram = section.name === SUBPROGRAMS;
  if (!isSubprogram && binding === SYMBOL.BINDING_LOCAL) {
    throw new ObjectError('bad-program', place, 'a static function is no program; only those in .text may be static');
  }
  return {
    name,
    section: section.index,
    sectionName: section.name,
    slot: offset / SLOT_BYTES,
    length: size / SLOT_BYTES,
    isSubprogram,
    isHidden:
      binding !== SYMBOL.BINDING_LOCAL &&
      (visibility === SYMBOL.VISIBILITY_HIDDEN || visibility === SYMBOL.VISIBILITY_INTERNAL),
  };
}

import { stringAt, type Btf } from '../../btf/btf.ts';
import type { BtfExt } from '../../btf/btf-ext.ts';
import { typeAt } from '../../btf/read-type.ts';
import { SLOT_BYTES } from '../code.ts';
import type { ProgramFunction, SourceLine } from '../program.ts';
import type { ObjectFunction } from './functions.ts';
import type { LinkedPart } from './link-program.ts';
import { ObjectError } from './object-error.ts';

/**
 * Where the functions of a linked program begin: func_info, as libbpf moves it (reloc_prog_func_and_line_info()).
 *
 * @returns none if the program's main function has none
 * @throws ObjectError `bad-info` if a subprogram has none, although the main function has
 */
export function programFunctions(ext: BtfExt, btf: Btf, parts: readonly LinkedPart[]): readonly ProgramFunction[] {
  const functions: ProgramFunction[] = [];
  for (const part of parts) {
    const own = ownRecords(ext.functions.get(part.function.sectionName) ?? [], part.function);
    if (own.length === 0 && part !== parts[0] && functions.length > 0) {
      throw new ObjectError('bad-info', { name: part.function.name }, 'no type is given for this function');
    }
    for (const { offset, type: typeId } of own) {
      const type = typeAt(btf, typeId);
      if (type.kind !== 'func') {
        throw new ObjectError('bad-info', { name: part.function.name }, `the type of this function is a ${type.kind}`);
      }
      functions.push({ slot: movedSlot(part, offset), name: type.name, typeId, linkage: type.linkage });
    }
    if (functions.length === 0) return [];
  }
  return functions;
}

/** The source lines of a linked program, in the order of its slots. */
export function programLines(
  ext: BtfExt,
  btf: Btf,
  parts: readonly LinkedPart[],
  texts: Map<number, string>,
): readonly SourceLine[] {
  const textOf = (offset: number): string => {
    const known = texts.get(offset);
    if (known !== undefined) return known;
    const text = stringAt(btf, offset);
    texts.set(offset, text);
    return text;
  };
  return parts.flatMap((part) =>
    ownRecords(ext.lines.get(part.function.sectionName) ?? [], part.function).map(
      ({ offset, fileOffset, textOffset, line, column }) => ({
        slot: movedSlot(part, offset),
        file: textOf(fileOffset),
        text: textOf(textOffset),
        line,
        column,
      }),
    ),
  );
}

/** Records of one section ascend; those of a function follow each other. */
function ownRecords<T extends { readonly offset: number }>(records: readonly T[], owner: ObjectFunction): readonly T[] {
  const start = firstFrom(records, owner.slot * SLOT_BYTES);
  return records.slice(start, firstFrom(records, (owner.slot + owner.length) * SLOT_BYTES));
}

function firstFrom(records: readonly { readonly offset: number }[], offset: number): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function movedSlot(part: LinkedPart, offset: number): number {
  return Math.floor(offset / SLOT_BYTES) - part.function.slot + part.slot;
}

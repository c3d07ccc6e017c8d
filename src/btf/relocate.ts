import { BtfError } from './btf-error.ts';
import { INFO, INT, RECORD_WORDS } from './btf-layout.ts';
import { kindOf, nameOf, stringAt, targetOf, wordIndex, type Btf } from './btf.ts';
import { findIdsByName } from './find.ts';
import { KINDS, type Kind } from './kinds.ts';
import { SHAPES } from './record-shapes.ts';
import { createStringTable } from '../elf/string-table.ts';

/**
 * Split BTF on the BTF of a kernel, where it was counted on a reduced base of its own (`.BTF.base`): each type of the
 * reduced base is looked for in the kernel's, by its name, kind and, where that is needed, size. As btf_relocate(),
 * tools/lib/bpf/btf_relocate.c, which the kernel runs when it loads such a module (v6.12); but a struct that is only
 * declared is also found where the struct has bitfields.
 *
 * @throws BtfError `bad-base` if a type of the reduced base is not in the kernel's, or can't be told from another
 */
export function relocateBtf(split: Btf, kernel: Btf): Btf {
  const { base: reduced } = split;
  if (reduced === undefined) throw new BtfError('bad-base', { field: 'type' }, 'it is no split BTF');
  const ids = mapIds(split, reduced, kernel);
  const firstString = kernel.firstString + kernel.strings.length;
  const names = createStringTable(firstString + split.strings.length);
  const newId = (id: number): number =>
    id < reduced.typeCount ? (ids[id] ?? 0) : id - reduced.typeCount + kernel.typeCount;
  const newName = (offset: number): number => {
    if (offset === 0) return 0;
    return offset < split.firstString ? names.add(stringAt(split, offset)) : offset - split.firstString + firstString;
  };
  const words = rewrite(split, newId, newName);
  const added = names.bytes();
  const strings = new Uint8Array(split.strings.length + added.length);
  strings.set(split.strings);
  strings.set(added, split.strings.length);
  return {
    ...split,
    base: kernel,
    firstId: kernel.typeCount,
    typeCount: kernel.typeCount + split.offsets.length,
    words,
    strings,
    firstString,
    pointerBytes: split.pointerBytes ?? kernel.pointerBytes,
  };
}

/** The id in the kernel's BTF of each type of the reduced base. */
function mapIds(split: Btf, reduced: Btf, kernel: Btf): Uint32Array {
  const embedded = embeddedTypes(split, reduced);
  const ids = new Uint32Array(reduced.typeCount);
  for (let id = 1; id < reduced.typeCount; id++) {
    const typeName = nameOf(reduced, id);
    const named = findIdsByName(kernel, typeName);
    const isAmbiguous = named.filter((each) => isComposite(kindOf(kernel, each))).length > 1;
    const bySize = isAmbiguous || embedded.has(id);
    const [found, second] = named.filter((candidate) => isSame(reduced, id, kernel, candidate, bySize));
    if (found === undefined || second !== undefined) {
      const what = found === undefined ? 'is not in that of the kernel' : 'fits more than one type of the kernel';
      throw new BtfError(
        'bad-base',
        { field: 'type', typeId: id, typeName },
        `a type of the module's own base ${what}`,
      );
    }
    ids[id] = found;
  }
  return ids;
}

function isSame(reduced: Btf, id: number, kernel: Btf, candidate: number, bySize: boolean): boolean {
  const kind = kindOf(reduced, id);
  const other = kindOf(kernel, candidate);
  const isAsLarge = targetOf(reduced, id) === targetOf(kernel, candidate);
  switch (kind) {
    case 'int':
      return other === 'int' && isAsLarge && encodingOf(reduced, id) === encodingOf(kernel, candidate);
    case 'float':
      return other === 'float' && isAsLarge;
    case 'enum':
      // A reduced base has enums of 64 bits as enums of 8 bytes.
      return (other === 'enum' || other === 'enum64') && isAsLarge;
    case 'struct':
    case 'union':
      return other === kind && (!bySize || isAsLarge);
    case 'fwd': {
      const of = isFlagged(reduced, id) ? 'union' : 'struct';
      return other === of || (other === 'fwd' && isFlagged(kernel, candidate) === isFlagged(reduced, id));
    }
    default:
      return false;
  }
}

/** Structs of the reduced base that are members, and not only pointed to: there the size counts. */
function embeddedTypes(split: Btf, reduced: Btf): ReadonlySet<number> {
  const embedded = new Set<number>();
  for (let id = split.firstId; id < split.typeCount; id++) {
    if (!isComposite(kindOf(split, id))) continue;
    const start = wordIndex(split, id);
    const count = (split.words[start + 1] ?? 0) & INFO.vlenMask;
    for (let member = 0; member < count; member++) {
      const inner = held(split, split.words[start + RECORD_WORDS + 3 * member + 1] ?? 0);
      if (inner < reduced.typeCount && isComposite(kindOf(reduced, inner))) embedded.add(inner);
    }
  }
  return embedded;
}

const MODIFIERS: readonly Kind[] = ['const', 'volatile', 'restrict', 'typedef', 'type_tag'];

/** What a member holds, behind modifiers and arrays. */
function held(split: Btf, type: number): number {
  let id = type;
  // As many steps as there are types: a chain that is longer is a loop.
  for (let steps = 0; steps < split.typeCount && id >= split.firstId; steps++) {
    const kind = kindOf(split, id);
    if (MODIFIERS.includes(kind)) id = targetOf(split, id);
    else if (kind === 'array') id = split.words[wordIndex(split, id) + RECORD_WORDS] ?? 0;
    else break;
  }
  return id;
}

/** The type section with other ids and names. */
function rewrite(split: Btf, newId: (id: number) => number, newName: (offset: number) => number): Uint32Array {
  const words = Uint32Array.from(split.words);
  const setId = (at: number): void => {
    words[at] = newId(words[at] ?? 0);
  };
  const setName = (at: number): void => {
    words[at] = newName(words[at] ?? 0);
  };
  for (const start of split.offsets) {
    const info = words[start + 1] ?? 0;
    const kind = KINDS[(info >>> INFO.kindShift) & INFO.kindMask] ?? 'void';
    const { third, tail = 0, item } = SHAPES[kind];
    setName(start);
    if (third !== undefined) setId(start + 2);
    if (kind === 'array') {
      setId(start + RECORD_WORDS);
      setId(start + RECORD_WORDS + 1);
    }
    const count = item === undefined ? 0 : info & INFO.vlenMask;
    for (let at = start + RECORD_WORDS + tail, left = count; left > 0 && item !== undefined; left--, at += item.words) {
      if (item.name !== undefined) setName(at);
      if (item.type !== undefined) setId(item.name === undefined ? at : at + 1);
    }
  }
  return words;
}

function isComposite(kind: Kind): boolean {
  return kind === 'struct' || kind === 'union';
}

function isFlagged(btf: Btf, id: number): boolean {
  return (btf.words[wordIndex(btf, id) + 1] ?? 0) >>> INFO.flagShift === 1;
}

function encodingOf(btf: Btf, id: number): number {
  return ((btf.words[wordIndex(btf, id) + RECORD_WORDS] ?? 0) >>> INT.encodingShift) & INT.encodingMask;
}

import type { Btf } from '../../btf/btf.ts';
import { isBtfError } from '../../btf/btf-error.ts';
import { INT } from '../../btf/btf-layout.ts';
import { openBtf } from '../../btf/open-btf.ts';
import type { Elf } from '../../elf/open-elf.ts';
import { findSection, sectionData } from '../../elf/sections.ts';

/** The BTF of an object. */
export interface ObjectBtf {
  readonly btf: Btf;
  /**
   * Whether kernels refuse it, although it can be read: gcc up to version 12 describes `char` as a character and as a
   * number with a sign at once. Loaders go on without BTF then.
   */
  readonly isRefused: boolean;
}

/** As many such integers are mended; an object has one or two. */
const MOST_MENDED = 16;

/** Opens the `.BTF` of an object; undefined if it has none. @throws BtfError */
export function openObjectBtf(elf: Elf): ObjectBtf | undefined {
  const section = findSection(elf, '.BTF');
  if (section === undefined) return undefined;
  let bytes = sectionData(elf, section);
  for (let mended = 0; ; mended++) {
    try {
      return { btf: openBtf(bytes, { pointerBytes: 8 }), isRefused: mended > 0 };
    } catch (error) {
      const at = isBtfError(error) && error.code === 'bad-encoding' ? error.offset : undefined;
      if (at === undefined || at + 4 > bytes.length || mended === MOST_MENDED) throw error;
      bytes = withOneEncoding(bytes, at, elf.littleEndian);
    }
  }
}

/** A copy in which the word of an INT has one of its encodings only, the first. */
function withOneEncoding(bytes: Uint8Array, at: number, littleEndian: boolean): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const word = view.getUint32(at, littleEndian);
  const encoding = (word >>> INT.encodingShift) & INT.encodingMask;
  const others = encoding & (encoding - 1);
  view.setUint32(at, (word & ~(others << INT.encodingShift)) >>> 0, littleEndian);
  return copy;
}

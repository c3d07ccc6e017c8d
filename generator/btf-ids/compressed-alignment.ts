import { ELF } from '../../src/elf/elf-constants.ts';
import type { Elf } from '../../src/elf/open-elf.ts';

/**
 * Compressed sections have to be aligned as their header is, and old linkers wrote 1: the kernel's tool mends that on its
 * way, since libelf refuses to write such a file (compressed_section_fix(), tools/bpf/resolve_btfids/main.c).
 *
 * @param bytes a copy of the file, which is changed
 */
export function fixCompressedAlignment({ sections, layout, littleEndian }: Elf, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { word } = layout;
  for (const { flags, headerOffset } of sections) {
    if ((flags & ELF.FLAG_COMPRESSED) === 0) continue;
    const at = headerOffset + layout.section.alignment;
    if (word === 4) view.setUint32(at, word, littleEndian);
    else view.setBigUint64(at, BigInt(word), littleEndian);
  }
}

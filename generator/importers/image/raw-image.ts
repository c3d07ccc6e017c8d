import { HEADER, MAGIC, VERSION } from '../../../src/btf/btf-layout.ts';

/** The magic of an Image, "ARM\x64" or "RSC\x05" (Documentation/arch/arm64/booting.rst, …/riscv/boot-image-header.rst). */
const IMAGE = { at: 0x38, end: 0x40, magics: [0x644d5241, 0x05435352] } as const;

/** Whether it is the memory of a kernel as it boots, which arm64 and riscv load and which holds no ELF file. */
export function isRawImage(bytes: Uint8Array): boolean {
  return bytes.length >= IMAGE.end && IMAGE.magics.some((magic) => viewOf(bytes).getUint32(IMAGE.at, true) === magic);
}

/**
 * The BTF in such memory: vmlinux has it between other data that is only read (include/asm-generic/vmlinux.lds.h, BTF).
 * Of several places that look like it the largest is taken; undefined where there is none.
 */
export function btfInImage(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  let found: Uint8Array | undefined;
  const begin = Buffer.from([MAGIC & 0xff, MAGIC >> 8, VERSION, 0]);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = buffer.indexOf(begin); at !== -1; at = buffer.indexOf(begin, at + 1)) {
    const end = endOfBtf(view, at);
    if (end !== undefined && end - at > (found?.length ?? 0)) {
      found = bytes.subarray(at, end);
    }
  }
  return found;
}

/** Where BTF would end that began here; undefined where its header says what no BTF has. */
function endOfBtf(view: DataView, at: number): number | undefined {
  if (at + HEADER.bytes > view.byteLength) {
    return undefined;
  }
  const [hdrLen = 0, typeOff, typeLen = 0, strOff, strLen = 0] = [
    HEADER.hdrLen,
    HEADER.typeOff,
    HEADER.typeLen,
    HEADER.strOff,
    HEADER.strLen,
  ].map((field) => view.getUint32(at + field, true));
  const strings = at + hdrLen + typeLen;
  const end = strings + strLen;
  const isHeader = hdrLen === HEADER.bytes && typeOff === 0 && strOff === typeLen && typeLen > 0 && typeLen % 4 === 0;
  const isWhole = strLen > 0 && end <= view.byteLength;
  return isHeader && isWhole && view.getUint8(strings) === 0 && view.getUint8(end - 1) === 0 ? end : undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

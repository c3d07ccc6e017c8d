import type { Btf } from '../../../src/btf/btf.ts';

const MAGIC = 0xeb9f;
const HEADER_BYTES = 24;

/** BTF that was opened, as the bytes that a kernel loads; it must not be split. */
export function btfBytes(btf: Btf): Uint8Array {
  if (btf.base !== undefined) throw new RangeError('split BTF has no bytes of its own');
  const types = new Uint8Array(btf.words.buffer, btf.words.byteOffset, btf.words.byteLength);
  const bytes = new Uint8Array(HEADER_BYTES + types.length + btf.strings.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, MAGIC, true);
  view.setUint8(2, 1);
  view.setUint32(4, HEADER_BYTES, true);
  view.setUint32(12, types.length, true);
  view.setUint32(16, types.length, true);
  view.setUint32(20, btf.strings.length, true);
  bytes.set(types, HEADER_BYTES);
  bytes.set(btf.strings, HEADER_BYTES + types.length);
  return bytes;
}

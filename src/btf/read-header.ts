import { BtfError } from './btf-error.ts';
import { HEADER, LIMITS, MAGIC, VERSION } from './btf-layout.ts';

/** Where the sections are, in bytes from the start of the BTF. */
export interface BtfSections {
  readonly littleEndian: boolean;
  readonly typeStart: number;
  readonly typeEnd: number;
  readonly stringStart: number;
  readonly stringEnd: number;
}

/**
 * Reads and checks the header as the kernel does: btf_parse_hdr(), btf_check_sec_info(), kernel/bpf/btf.c.
 *
 * @param isSplit split BTF may have no types and no strings of its own
 * @throws BtfError
 */
export function readHeader(bytes: Uint8Array, isSplit: boolean): BtfSections {
  if (bytes.length > LIMITS.bytes) {
    throw new BtfError('too-big', { field: 'hdr_len', offset: 0 }, `more than ${String(LIMITS.bytes)} bytes`);
  }
  const littleEndian = byteOrderOf(bytes);
  if (littleEndian === undefined) throw new BtfError('bad-magic', { field: 'magic', offset: 0 }, 'this is no BTF');
  if (bytes.length < HEADER.bytes) {
    throw new BtfError('bad-header', { field: 'hdr_len', offset: HEADER.hdrLen }, 'the header is cut short');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [field, offset, wanted] of [
    ['version', HEADER.version, VERSION],
    ['flags', HEADER.flags, 0],
  ] as const) {
    const found = view.getUint8(offset);
    if (found !== wanted) throw new BtfError('unsupported', { field, offset }, `${field} is ${String(found)}`);
  }
  const word = (offset: number): number => view.getUint32(offset, littleEndian);
  const headerEnd = word(HEADER.hdrLen);
  checkHeaderLength(bytes, headerEnd);
  const typeOff = word(HEADER.typeOff);
  const typeLen = word(HEADER.typeLen);
  const strOff = word(HEADER.strOff);
  const strLen = word(HEADER.strLen);
  if (typeOff % 4 !== 0 || typeLen % 4 !== 0) {
    const [field, offset] = typeOff % 4 !== 0 ? ['type_off', HEADER.typeOff] : ['type_len', HEADER.typeLen];
    throw new BtfError('bad-section', { field, offset }, `${field} is no multiple of 4`);
  }
  if (typeLen === 0 && !isSplit) {
    throw new BtfError('bad-section', { field: 'type_len', offset: HEADER.typeLen }, 'there are no types');
  }
  checkSections(bytes.length - headerEnd, typeOff, typeLen, strOff, strLen);
  const typeStart = headerEnd + typeOff;
  const stringStart = headerEnd + strOff;
  return { littleEndian, typeStart, typeEnd: typeStart + typeLen, stringStart, stringEnd: stringStart + strLen };
}

function byteOrderOf(bytes: Uint8Array): boolean | undefined {
  const first = bytes[0];
  const second = bytes[1];
  if (first === (MAGIC & 0xff) && second === MAGIC >> 8) return true;
  return first === MAGIC >> 8 && second === (MAGIC & 0xff) ? false : undefined;
}

function checkHeaderLength(bytes: Uint8Array, headerEnd: number): void {
  const place = { field: 'hdr_len', offset: HEADER.hdrLen };
  if (headerEnd < HEADER.bytes || headerEnd > bytes.length) {
    throw new BtfError('bad-header', place, `a header of ${String(headerEnd)} bytes`);
  }
  if (bytes.subarray(HEADER.bytes, headerEnd).some((byte) => byte !== 0)) {
    throw new BtfError('header-extra', place, 'the header says more than is understood here');
  }
}

/** The two sections fill what follows the header, types first, without gap. */
function checkSections(length: number, typeOff: number, typeLen: number, strOff: number, strLen: number): void {
  const place = { field: 'str_off', offset: HEADER.strOff };
  if (typeOff !== 0) {
    throw new BtfError('bad-section', { field: 'type_off', offset: HEADER.typeOff }, 'bytes that belong to no section');
  }
  if (strOff < typeLen) throw new BtfError('bad-section', place, 'the sections overlap');
  if (strOff > typeLen) throw new BtfError('bad-section', place, 'bytes between the sections');
  if (strOff + strLen !== length) {
    const what = strOff + strLen > length ? 'the sections are longer than the data' : 'bytes behind the last section';
    throw new BtfError('bad-section', { field: 'str_len', offset: HEADER.strLen }, what);
  }
}

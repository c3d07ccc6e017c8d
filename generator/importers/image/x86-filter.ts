/** Operands of CALL and JMP whose top byte is one of these count as addresses. */
const TOP_BYTES: readonly number[] = [0x00, 0xff];
const OPERAND_BYTES = 4;

/**
 * Undoes the filter of xz for x86 code (filter 4 of the .xz format), in place: CALL and JMP (E8, E9) have absolute
 * targets in the filtered data, as that repeats more, and relative ones in code.
 *
 * The filter leaves an instruction alone where one of the bytes before, or in its operand, could be the opcode of
 * another; `recent` has a bit for each of the last three bytes that was such an opcode.
 */
export function undoX86Filter(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const limit = bytes.length - OPERAND_BYTES;
  let recent = 0;
  let last = -1;
  for (let at = 0; at < limit; at++) {
    if (((bytes[at] ?? 0) & 0xfe) !== 0xe8) continue;
    const distance = at - last;
    last = at;
    recent = distance > 3 ? 0 : (recent << (distance - 1)) & 7;
    if (isFiltered(bytes, at, recent)) {
      view.setInt32(at + 1, relative(view.getInt32(at + 1, true), at + 1 + OPERAND_BYTES, recent), true);
      at += OPERAND_BYTES;
    } else {
      recent = ((recent << 1) & 7) | 1;
    }
  }
}

/** Of the opcodes before, at most one may be near, and its own operand may not look like one that was filtered. */
function isFiltered(bytes: Uint8Array, at: number, recent: number): boolean {
  if (recent !== 0 && (bitOf(recent) === undefined || isTop(bytes[at + OPERAND_BYTES - (bitOf(recent) ?? 0)])))
    return false;
  return isTop(bytes[at + OPERAND_BYTES]);
}

/** An address less the place that it is seen from; as long as the result looks like an opcode's, that is undone first. */
function relative(address: number, from: number, recent: number): number {
  let target = (address - from) | 0;
  const bit = bitOf(recent);
  while (bit !== undefined && isTop((target >>> (24 - 8 * bit)) & 0xff)) {
    target = ((target ^ ((1 << (32 - 8 * bit)) - 1)) - from) | 0;
  }
  // 25 bits count, the topmost of them for the sign.
  return (target << 7) >> 7;
}

/** The number of the one bit that is set, from 1. */
function bitOf(recent: number): number | undefined {
  return recent === 1 ? 1 : recent === 2 ? 2 : recent === 4 ? 3 : undefined;
}

function isTop(byte: number | undefined): boolean {
  return byte !== undefined && TOP_BYTES.includes(byte);
}

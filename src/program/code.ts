/**
 * Instructions by slot: eight bytes each, of which BPF_LD_IMM64 takes two. Flat, because the engine reads them millions
 * of times.
 */
export interface Code {
  /** Slots. */
  readonly length: number;
  readonly opcode: Uint8Array;
  readonly dst: Uint8Array;
  readonly src: Uint8Array;
  readonly off: Int16Array;
  readonly imm: Int32Array;
}

/** Bytes of a slot. */
export const SLOT_BYTES = 8;

/** One slot on its own. */
export interface Slot {
  readonly opcode: number;
  readonly dst: number;
  readonly src: number;
  readonly off: number;
  readonly imm: number;
}

/**
 * Takes bytes apart, as they are in memory or in an ELF section (struct bpf_insn, include/uapi/linux/bpf.h).
 *
 * @param bytes whole slots
 * @param littleEndian the byte order; the two halves of the byte with the registers change places with it
 * @throws RangeError if a slot is incomplete
 */
export function decodeCode(bytes: Uint8Array, littleEndian = true): Code {
  if (bytes.length % SLOT_BYTES !== 0) {
    throw new RangeError(`${String(bytes.length)} bytes are no whole instruction slots of ${String(SLOT_BYTES)}`);
  }
  const code = emptyCode(bytes.length / SLOT_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let slot = 0, at = 0; slot < code.length; slot++, at += SLOT_BYTES) {
    const registers = view.getUint8(at + 1);
    code.opcode[slot] = view.getUint8(at);
    code.dst[slot] = littleEndian ? registers & 15 : registers >> 4;
    code.src[slot] = littleEndian ? registers >> 4 : registers & 15;
    code.off[slot] = view.getInt16(at + 2, littleEndian);
    code.imm[slot] = view.getInt32(at + 4, littleEndian);
  }
  return code;
}

/** The bytes of instructions, in memory order. */
export function encodeCode(code: Code, littleEndian = true): Uint8Array {
  const bytes = new Uint8Array(code.length * SLOT_BYTES);
  const view = new DataView(bytes.buffer);
  for (let slot = 0, at = 0; slot < code.length; slot++, at += SLOT_BYTES) {
    const { opcode, dst, src, off, imm } = slotAt(code, slot);
    view.setUint8(at, opcode);
    view.setUint8(at + 1, littleEndian ? dst | (src << 4) : (dst << 4) | src);
    view.setInt16(at + 2, off, littleEndian);
    view.setInt32(at + 4, imm, littleEndian);
  }
  return bytes;
}

/** One slot. @throws RangeError if there is none */
export function slotAt(code: Code, slot: number): Slot {
  const { opcode, dst, src, off, imm } = code;
  if (!(slot >= 0 && slot < code.length)) throw new RangeError(`slot ${String(slot)}, of ${String(code.length)}`);
  return {
    opcode: opcode[slot] ?? 0,
    dst: dst[slot] ?? 0,
    src: src[slot] ?? 0,
    off: off[slot] ?? 0,
    imm: imm[slot] ?? 0,
  };
}

/** Code of slots. */
export function codeOf(slots: readonly Slot[]): Code {
  const code = emptyCode(slots.length);
  slots.forEach((slot, index) => setSlot(code, index, slot));
  return code;
}

/** Code of zeros, to be filled in. */
function emptyCode(length: number): Code {
  return {
    length,
    opcode: new Uint8Array(length),
    dst: new Uint8Array(length),
    src: new Uint8Array(length),
    off: new Int16Array(length),
    imm: new Int32Array(length),
  };
}

/** Writes a slot into code that is being made. */
function setSlot(code: Code, slot: number, { opcode, dst, src, off, imm }: Slot): void {
  code.opcode[slot] = opcode;
  code.dst[slot] = dst;
  code.src[slot] = src;
  code.off[slot] = off;
  code.imm[slot] = imm;
}

/** Some slots as code of their own. */
export function sliceCode({ opcode, dst, src, off, imm }: Code, start: number, end: number): Code {
  return {
    length: end - start,
    opcode: opcode.slice(start, end),
    dst: dst.slice(start, end),
    src: src.slice(start, end),
    off: off.slice(start, end),
    imm: imm.slice(start, end),
  };
}

/** Pieces of code one after the other. */
export function joinCode(pieces: readonly Code[]): Code {
  const joined = emptyCode(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { length, opcode, dst, src, off, imm } of pieces) {
    joined.opcode.set(opcode, at);
    joined.dst.set(dst, at);
    joined.src.set(src, at);
    joined.off.set(off, at);
    joined.imm.set(imm, at);
    at += length;
  }
  return joined;
}

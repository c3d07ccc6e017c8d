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

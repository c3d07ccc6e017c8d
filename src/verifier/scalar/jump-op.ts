/** The conditions of BPF_JMP and BPF_JMP32. */
export type JumpOp = 'jeq' | 'jne' | 'jgt' | 'jge' | 'jlt' | 'jle' | 'jsgt' | 'jsge' | 'jslt' | 'jsle' | 'jset';

const FLIPPED: Readonly<Record<JumpOp, JumpOp>> = {
  jeq: 'jeq',
  jne: 'jne',
  jset: 'jset',
  jge: 'jle',
  jgt: 'jlt',
  jle: 'jge',
  jlt: 'jgt',
  jsge: 'jsle',
  jsgt: 'jslt',
  jsle: 'jsge',
  jslt: 'jsgt',
};

/** The condition that says the same with its operands swapped (flip_opcode). */
export function flipOp(op: JumpOp): JumpOp {
  return FLIPPED[op];
}

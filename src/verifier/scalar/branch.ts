import type { ScalarRules } from './rules.ts';
import type { Scalar } from './scalar.ts';

/** The conditions of BPF_JMP and BPF_JMP32. */
export type JumpOp = 'jeq' | 'jne' | 'jgt' | 'jge' | 'jlt' | 'jle' | 'jsgt' | 'jsge' | 'jslt' | 'jsle' | 'jset';

/** What is known on either side of a conditional jump. */
export interface Refined {
  readonly taken: { readonly dst: Scalar; readonly src: Scalar };
  readonly fallthrough: { readonly dst: Scalar; readonly src: Scalar };
}

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

/** Whether a jump is known to be taken (1), known not to be (0), or neither (-1) (is_branch_taken). */
export function branchTaken(_rules: ScalarRules, _op: JumpOp, _is64: boolean, _dst: Scalar, _src: Scalar): 1 | 0 | -1 {
  return -1;
}

/** What a conditional jump teaches about its two operands (reg_set_min_max, reg_combine_min_max). */
export function refine(_rules: ScalarRules, _op: JumpOp, _is64: boolean, dst: Scalar, src: Scalar): Refined {
  const same = { dst, src };
  return { taken: same, fallthrough: same };
}

import { unknownOperation } from './alu-operands.ts';
import type { JumpOp } from '../scalar/branch.ts';
import type { Scalar } from '../scalar/scalar.ts';
import { registerOf } from '../state/frame.ts';
import { currentFrame, type State } from '../state/state.ts';

const JUMPS: readonly (JumpOp | undefined)[] = [
  undefined,
  'jeq',
  'jgt',
  'jge',
  'jset',
  'jne',
  'jsgt',
  'jsge',
  undefined,
  undefined,
  'jlt',
  'jle',
  'jslt',
  'jsle',
];

/** The comparison of a conditional jump. @throws Rejection where there is none of that number */
export function comparison(opcode: number): JumpOp {
  return JUMPS[(opcode & 0xf0) >> 4] ?? unknownOperation(opcode);
}

/** A register of the current function has a number of which more is known. */
export function narrow(state: State, number: number, scalar: Scalar): void {
  const cell = registerOf(currentFrame(state), number);
  if (cell.register.scalar !== scalar) cell.register = { ...cell.register, scalar };
}

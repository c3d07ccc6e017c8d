import type { Code } from '../../program/code.ts';
import { CLASS, CLASS_MASK, JUMP, OPERATION_MASK, SOURCE_REGISTER } from '../../program/encoding.ts';

/** What holds where a jump is taken, and where it is not. */
const SIGNS: Readonly<Record<number, readonly [taken: string, notTaken: string]>> = {
  [JUMP.jeq]: ['==', '!='],
  [JUMP.jne]: ['!=', '=='],
  [JUMP.jgt]: ['>', '<='],
  [JUMP.jge]: ['>=', '<'],
  [JUMP.jlt]: ['<', '>='],
  [JUMP.jle]: ['<=', '>'],
  [JUMP.jsgt]: ['s>', 's<='],
  [JUMP.jsge]: ['s>=', 's<'],
  [JUMP.jslt]: ['s<', 's>='],
  [JUMP.jsle]: ['s<=', 's>'],
  [JUMP.jset]: ['has bits of', 'has no bits of'],
};

/** What holds of the registers behind a conditional jump: `r0 != 0`. Undefined for what is no conditional jump. */
export function conditionAt({ opcode, dst, src, imm }: Code, slot: number, taken: boolean): string | undefined {
  const code = opcode[slot] ?? 0;
  const kind = code & CLASS_MASK;
  const signs = SIGNS[code & OPERATION_MASK];
  if ((kind !== CLASS.jmp && kind !== CLASS.jmp32) || signs === undefined) return undefined;
  const letter = kind === CLASS.jmp32 ? 'w' : 'r';
  const operand = (code & SOURCE_REGISTER) === 0 ? String(imm[slot]) : `${letter}${String(src[slot])}`;
  return `${letter}${String(dst[slot])} ${signs[taken ? 0 : 1]} ${operand}`;
}

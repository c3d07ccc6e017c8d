import type { Code } from '../../program/code.ts';
import { CLASS, CLASS_MASK, JMP, OP_MASK, SOURCE_X } from '../../program/opcodes.ts';

/** What holds where a jump is taken, and where it is not. */
const SIGNS: Readonly<Record<number, readonly [taken: string, notTaken: string]>> = {
  [JMP.JEQ]: ['==', '!='],
  [JMP.JNE]: ['!=', '=='],
  [JMP.JGT]: ['>', '<='],
  [JMP.JGE]: ['>=', '<'],
  [JMP.JLT]: ['<', '>='],
  [JMP.JLE]: ['<=', '>'],
  [JMP.JSGT]: ['s>', 's<='],
  [JMP.JSGE]: ['s>=', 's<'],
  [JMP.JSLT]: ['s<', 's>='],
  [JMP.JSLE]: ['s<=', 's>'],
  [JMP.JSET]: ['has bits of', 'has no bits of'],
};

/** What holds of the registers behind a conditional jump: `r0 != 0`. Undefined for what is no conditional jump. */
export function conditionAt({ opcode, dst, src, imm }: Code, slot: number, taken: boolean): string | undefined {
  const code = opcode[slot] ?? 0;
  const kind = code & CLASS_MASK;
  const signs = SIGNS[code & OP_MASK];
  if ((kind !== CLASS.JMP && kind !== CLASS.JMP32) || signs === undefined) return undefined;
  const letter = kind === CLASS.JMP32 ? 'w' : 'r';
  const operand = (code & SOURCE_X) === 0 ? String(imm[slot]) : `${letter}${String(src[slot])}`;
  return `${letter}${String(dst[slot])} ${signs[taken ? 0 : 1]} ${operand}`;
}

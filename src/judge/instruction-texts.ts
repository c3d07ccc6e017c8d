import { disassembleSlot } from '../program/text/disassemble.ts';
import { namesOfProgram } from '../program/text/instruction-names.ts';
import type { Program } from '../program/program.ts';
import type { InstructionText } from '../verifier/report/place.ts';

/** The instructions of a program as texts, with the names of what they call and load. */
export function instructionTexts(program: Program, helper: (number: number) => string): InstructionText {
  const names = namesOfProgram(program, helper);
  return (slot) => (slot < program.code.length ? disassembleSlot(program.code, slot, names) : undefined);
}

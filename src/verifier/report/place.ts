import type { CodePlace } from '../../../generated/types/check-report.ts';
import type { Program } from '../../program/program.ts';
import { lineAt } from './line-at.ts';

/** An instruction of a program as a text; undefined where there is none to show. */
export type InstructionText = (slot: number) => string | undefined;

/** Where an instruction stands, in the code and in the source. */
export function placeOf({ lines }: Program, insn: number, instructionText: InstructionText): CodePlace {
  const line = lineAt(lines, insn);
  const instruction = instructionText(insn);
  return {
    insn,
    ...(instruction === undefined ? {} : { instruction }),
    ...(line === undefined
      ? {}
      : { source: { file: line.file, line: line.line, column: line.column, text: line.text } }),
  };
}

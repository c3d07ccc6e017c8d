import type { CodePlace } from '../../generated/types/check-report.ts';

/** A source file, as far as a program's line information has it. */
export interface SourceText {
  readonly file: string;
  /** By number; between two there may be lines that no instruction comes from. */
  readonly lines: readonly SourceTextLine[];
}

export interface SourceTextLine {
  readonly number: number;
  readonly text: string;
  /** Slots of the instructions that come from it. */
  readonly insns: readonly number[];
}

/** The source of a program put together from the places of its instructions: the file of the first before its includes. */
export function sourceTexts(code: readonly CodePlace[]): readonly SourceText[] {
  const files = new Map<string, Map<number, { text: string; insns: number[] }>>();
  for (const { insn, source } of code) {
    if (source === undefined || source.line === 0) continue;
    const lines = files.get(source.file) ?? new Map<number, { text: string; insns: number[] }>();
    files.set(source.file, lines);
    const line = lines.get(source.line) ?? { text: source.text, insns: [] };
    lines.set(source.line, line);
    line.insns.push(insn);
  }
  return [...files].map(([file, lines]) => ({
    file,
    lines: [...lines].toSorted(([a], [b]) => a - b).map(([number, { text, insns }]) => ({ number, text, insns })),
  }));
}

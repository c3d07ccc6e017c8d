import type { CodePlace } from '../../generated/types/check-report.ts';

/** `net.h:124`, or the instruction where nothing is known of the source. */
export function placeName({ source, insn }: CodePlace): string {
  if (source === undefined) return `insn ${String(insn)}`;
  return `${source.file.slice(source.file.lastIndexOf('/') + 1)}:${String(source.line)}`;
}

import type { Severity } from '../../generated/types/report.ts';
import type { Range, SourceFile } from './source-file.ts';

/** A finding: what is wrong, where, and what to do. Reporters are pure functions of it. */
export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly suggestion: string | undefined;
  /** Negative errno that a kernel returns, where a kernel call would fail. */
  readonly errno: number | undefined;
  readonly file: SourceFile;
  readonly range: Range;
  /** Names of the kernels it holds for, oldest first; empty where it does not depend on a kernel. */
  readonly kernels: readonly string[];
  readonly related: readonly RelatedLocation[];
  /** Edits of `file` that mend it for sure; empty where there are none. */
  readonly fix: readonly TextEdit[];
}

export interface RelatedLocation {
  readonly message: string;
  readonly file: SourceFile;
  readonly range: Range;
}

/** Replaces a range of the text; the rest of the file keeps its formatting. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** By file and position, then by rule: the order of every report. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file.name, b.file.name) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

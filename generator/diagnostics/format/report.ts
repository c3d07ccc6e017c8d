import type { Edit, Finding, Location, Report as ReportJson } from '../../../generated/types/report.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { positionAt, type Range, type SourceFile } from '../source-file.ts';

/** What a reporter prints. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  /** How many declarations were read. */
  readonly files: number;
  /** How many could not be read; missing: none. */
  readonly unreadable?: number;
}

/** Gives the name that a reporter shows a file under. */
export type PathOf = (name: string) => string;

/** The report as schemas/report.schema.json describes it. */
export function reportJson({ diagnostics, files }: Report): ReportJson {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return {
    findings: diagnostics.map(findingJson),
    summary: { files, errors, warnings: diagnostics.length - errors },
  };
}

/** One JSON document. */
export function formatJson(report: Report): string {
  return `${JSON.stringify(reportJson(report), undefined, 2)}\n`;
}

/** A range with line and column. */
export function locationOf(file: SourceFile, range: Range): Location {
  const start = positionAt(file, range.start);
  const end = positionAt(file, range.end);
  return { file: file.name, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function findingJson(diagnostic: Diagnostic): Finding {
  const { rule, severity, message, suggestion, errno, kernels, file, range, related, fix } = diagnostic;
  return {
    rule,
    severity,
    message,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(errno === undefined ? {} : { errno }),
    kernels: [...kernels],
    location: locationOf(file, range),
    related: related.map((each) => ({ message: each.message, location: locationOf(each.file, each.range) })),
    fix: fix.map((edit): Edit => ({ location: locationOf(file, edit.range), newText: edit.newText })),
  };
}

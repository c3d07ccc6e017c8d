import type { Diagnostic } from '../diagnostic.ts';
import { kernelNames } from '../kernel-names.ts';
import { locationOf, type PathOf, type Report } from './report.ts';

/**
 * Workflow commands that GitHub shows as annotations in a pull request.
 *
 * @param pathOf gives the path of a file from the root of its repository
 */
export function formatGithub({ diagnostics }: Report, pathOf: PathOf): string {
  return diagnostics.map((diagnostic) => annotation(diagnostic, pathOf)).join('');
}

function annotation(diagnostic: Diagnostic, pathOf: PathOf): string {
  const { line, column, endLine, endColumn } = locationOf(diagnostic.file, diagnostic.range);
  const properties = {
    file: pathOf(diagnostic.file.name),
    line,
    endLine,
    // GitHub wants the end column inclusive, and columns only where the range stays on one line.
    ...(line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {}),
    title: diagnostic.rule,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const kernels = diagnostic.kernels.length > 0 ? ` (${kernelNames(diagnostic.kernels)})` : '';
  const advice = diagnostic.suggestion === undefined ? '' : `\n${diagnostic.suggestion}`;
  return `::${diagnostic.severity} ${list.join(',')}::${escapeData(`${diagnostic.message}${kernels}${advice}`)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

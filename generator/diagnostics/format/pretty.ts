import { ERRNO } from '../../../src/tables/errno.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { kernelNames } from '../kernel-names.ts';
import { positionAt } from '../source-file.ts';
import { frame, visible } from './frame.ts';
import type { Style } from './style.ts';
import { wrap } from './text-layout.ts';
import type { Report } from './report.ts';

/**
 * For people: each finding with its line, then the totals and what to run next.
 *
 * @param width columns of the terminal
 */
export function formatPretty({ diagnostics, files, unreadable = 0 }: Report, style: Style, width: number): string {
  const blocks = diagnostics.map((diagnostic) => prettyFinding(diagnostic, style, width));
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const missed = unreadable === 0 ? '' : `, ${String(unreadable)} could not be read`;
  const read = `${String(files)} ${files === 1 ? 'file' : 'files'} read${missed}`;
  if (diagnostics.length === 0) {
    return `${read}, nothing found\n`;
  }
  const totals = [count(errors, 'error'), count(warnings, 'warning')].filter((text) => text !== '').join(', ');
  const fixable = diagnostics.filter(({ fix }) => fix.length > 0).length;
  const [first] = diagnostics;
  const next = [
    ...(fixable > 0 ? [`\`kfuncs validate --fix\` mends ${String(fixable)} of them`] : []),
    ...(first === undefined ? [] : [`\`kfuncs rules ${first.rule}\` explains the first`]),
  ];
  return `${blocks.join('\n')}\n${style.bold(totals)} in ${read}; ${next.join('; ')}\n`;
}

function prettyFinding(diagnostic: Diagnostic, style: Style, width: number): string {
  const { file, range, severity, rule, message, suggestion, kernels, errno, related } = diagnostic;
  const { line, column } = positionAt(file, range.start);
  const label = severity === 'error' ? style.error('error') : style.warning('warning');
  const position = `${visible(file.name)}:${String(line)}:${String(column)}`;
  const lines = [
    `${style.link(style.bold(position), file.name)} ${label} ${visible(message)} ${style.dim(rule)}`,
    ...frame(file, range, severity === 'error' ? style.error : style.warning, width - INDENT.length).map(indent),
  ];
  if (kernels.length > 0 || errno !== undefined) {
    const where = kernels.length > 0 ? `in ${kernelNames(kernels)}` : '';
    const result = errno === undefined ? '' : `the kernel returns ${errnoName(errno)}`;
    lines.push(indent(style.dim([where, result].filter((text) => text !== '').join(': '))));
  }
  for (const each of related) {
    const at = positionAt(each.file, each.range.start);
    const place = `${visible(each.file.name)}:${String(at.line)}:${String(at.column)}`;
    lines.push(indent(style.dim(`${each.message}: ${style.link(place, each.file.name)}`)));
  }
  if (suggestion !== undefined) {
    const label = 'help: ';
    const text = wrap(visible(suggestion), width - INDENT.length - label.length);
    const rest = ' '.repeat(label.length);
    lines.push(...text.map((each, index) => indent(`${index === 0 ? `${style.help('help')}: ` : rest}${each}`)));
  }
  return `${lines.join('\n')}\n`;
}

function errnoName(errno: number): string {
  const name = Object.entries(ERRNO).find(([, number]) => number === -errno)?.[0];
  return `-${name ?? String(-errno)}`;
}

function count(number: number, word: string): string {
  return number === 0 ? '' : `${String(number)} ${word}${number === 1 ? '' : 's'}`;
}

const INDENT = '  ';

function indent(text: string): string {
  return `${INDENT}${text}`;
}

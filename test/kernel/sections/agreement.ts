import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AgreementRow } from './section.ts';

/** Writes what was measured. */
export function writeAgreement(
  path: string,
  rows: readonly AgreementRow[],
  notes: readonly string[],
  date: Date,
): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, agreementPage(rows, notes, date));
}

export function agreementPage(rows: readonly AgreementRow[], notes: readonly string[], date: Date): string {
  const releases = [...new Set(rows.map(({ kernel, release }) => `${kernel} (\`${release}\`)`))];
  const total = sum(rows);
  return [
    '# Agreement with real kernels',
    '',
    `Measured on ${date.toISOString().slice(0, 10)} by \`npm run test:kernel\` on`,
    `${releases.slice(0, -1).join(', ')}${releases.length > 1 ? ' and ' : ''}${releases.at(-1) ?? ''}:`,
    'programs and operations on maps, each given to the kernel and to the engine. Agreed means that both accept, or that',
    'both refuse with the same errno; for operations on maps, that each returns the same. Unsupported means that the engine',
    'says that it does not know, which counts as nothing else.',
    '',
    `${seeds(rows)}C programs are those of the rule engine's tests, compiled by clang.`,
    '',
    `Of ${String(total.cases)} questions ${String(total.agreed)} agreed, ${String(total.unsupported)} were unsupported and`,
    `${String(total.cases - total.agreed - total.unsupported)} differed.`,
    '',
    ...table(rows),
    '',
    '## Runs',
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

function seeds(rows: readonly AgreementRow[]): string {
  const names = [...new Set(rows.map(({ source }) => source))].filter((source) => source.startsWith('seed '));
  const numbers = names.map((name) => name.slice('seed '.length));
  if (numbers.length === 0) return '';
  return `Generated cases are those of ${numbers.length === 1 ? 'seed' : 'the seeds'} ${numbers.join(', ')}. `;
}

/** Rows of one kernel and family together, over all that they came from. */
function table(rows: readonly AgreementRow[]): string[] {
  const groups = new Map<string, AgreementRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(row);
  }
  const cells = [...groups].map(([key, group]) => {
    const { cases, agreed, unsupported } = sum(group);
    return [...key.split('\t'), ...[cases, agreed, unsupported, cases - agreed - unsupported].map(String)];
  });
  const head = ['kernel', 'cases from', 'family', 'cases', 'agreed', 'unsupported', 'differ'];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column < 3 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...cells.sort((a, b) => a.join().localeCompare(b.join())).map(line)];
}

function sum(rows: readonly AgreementRow[]): { cases: number; agreed: number; unsupported: number } {
  const add = (pick: (row: AgreementRow) => number): number => rows.reduce((all, row) => all + pick(row), 0);
  return {
    cases: add(({ cases }) => cases),
    agreed: add(({ agreed }) => agreed),
    unsupported: add(({ unsupported }) => unsupported),
  };
}

function keyOf({ kernel, source, family }: AgreementRow): string {
  return [kernel, source.startsWith('seed') ? 'generated' : source, family].join('\t');
}

import type { CheckReport, CheckResult } from '../../../../generated/types/check-report.ts';
import { visible } from '../../../../generator/diagnostics/format/frame.ts';
import type { Style } from '../../../../generator/diagnostics/format/style.ts';
import { prettyFinding, type FindingGroup } from './finding.ts';
import { prettyKptrs } from './kptr-lines.ts';
import { prettyMatrix } from './matrix.ts';
import { enumerate, plural } from '../../../../generator/diagnostics/format/text-layout.ts';

/** How a report for people is laid out. */
export interface Layout {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly width: number;
  /** Leaves out what is accepted. */
  readonly quiet: boolean;
}

const NARROWEST = 40;

/** For people: what was accepted, each finding with how it comes about, then the totals and what to run next. */
export function formatPretty(report: CheckReport, { style, width, quiet }: Layout): string {
  const { results, kernels } = report;
  const names = kernels.map(({ kernel }) => kernel);
  const groups = groupFindings(results);
  const columns = Math.max(NARROWEST, width);
  const blocks = [
    ...(quiet || results.length === 0
      ? []
      : [names.length > 1 ? prettyMatrix(results, names, style) : acceptedLines(results)]),
    ...groups.map((group) => prettyFinding(group, style, columns)),
    ...(quiet
      ? []
      : [
          prettyKptrs(
            results.filter(({ line }) => line === undefined),
            style,
          ),
        ]),
  ].filter((block) => block !== '');
  const end = quiet && groups.length === 0 ? '' : `${totals(report, names, style)}\n`;
  return [...blocks, end].filter((block) => block !== '').join('\n');
}

/** Kernels that say the same of a program share one report. */
function groupFindings(results: readonly CheckResult[]): readonly FindingGroup[] {
  const groups = new Map<string, { result: CheckResult; kernels: string[] }>();
  for (const result of results.filter(({ verdict }) => verdict !== 'accept')) {
    const { position, kernel, verdict, rule, errno, insn, message } = result;
    const key = JSON.stringify([position, verdict, rule, errno, insn, message]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { result, kernels: [kernel] });
    else known.kernels.push(kernel);
  }
  return [...groups.values()];
}

function acceptedLines(results: readonly CheckResult[]): string {
  return results
    .filter(({ verdict }) => verdict === 'accept')
    .map(({ file, line, id, kernel, insns_processed: processed }) => {
      const place = `${file}${line === undefined ? '' : `:${String(line)}`}`;
      const count = processed === 0 ? '' : `, ${plural(processed, 'instruction')} processed`;
      return `${visible(`${place} ${id}: accepted by ${kernel}${count}`)}\n`;
    })
    .join('');
}

function totals({ summary, results, unreadable }: CheckReport, kernels: readonly string[], style: Style): string {
  const { programs, accepted, rejected, unsupported } = summary;
  const counts = [
    [accepted, 'accepted'],
    [rejected, 'rejected'],
    [unsupported, 'unsupported'],
  ] as const;
  const outcomes = counts.filter(([count]) => count > 0).map(([count, word]) => `${String(count)} ${word}`);
  const missed = unreadable.length === 0 ? [] : [`${plural(unreadable.length, 'file')} could not be read`];
  const judged = `${plural(programs, 'program')} on ${visible(enumerate(kernels))}`;
  const rule = results.find((result) => result.rule !== undefined)?.rule;
  const next = rule === undefined ? '' : `; \`kfuncs rules ${visible(rule)}\` explains the first`;
  return `${style.bold([...outcomes, ...missed].join(', '))}${programs === 0 ? '' : ` (${judged})`}${next}`;
}

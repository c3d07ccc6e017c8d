import type { ProbeFinding, ProbeReport } from '../../generated/types/probe-report.ts';
import type { Style } from '../diagnostics/format/style.ts';
import { visible } from '../diagnostics/format/frame.ts';
import { enumerate, plural, wrap } from '../diagnostics/format/text-layout.ts';

/** So many names stand after a reason; the rest is counted, and JSON has them all. */
const MAX_NAMES = 6;

/** What a report says in words: which kernels were compared, what stood in the way, and how it ends. */
export interface ReportText {
  readonly head: string;
  readonly notes: string;
  readonly totals: string;
}

/**
 * The parts of a report for people around its table of differences.
 *
 * @param width columns to print in
 */
export function reportText(report: ProbeReport, style: Style, width: number): ReportText {
  const { release, kernel, chosen, problems, agreed, differences, explained, untold } = report;
  const how = {
    asked: 'as asked',
    release: 'the kernel of its release',
    nearest: 'the nearest: the registry has no kernel of its series',
  }[chosen];
  const ends = [
    differences.length === 0 ? style.bold('no difference') : style.error(plural(differences.length, 'difference')),
    `${plural(agreed, 'answer')} as the registry has them`,
  ];
  return {
    head: `${style.bold(visible(release))} compared with ${kernel}, ${how}\n`,
    notes: [
      ...problems.map((problem) => `${style.warning('note')} ${visible(problem)}\n`),
      section('this kernel does without', explained, style, width),
      section('not told', untold, style, width),
      advice(report, style),
    ].join(''),
    totals: `${ends.join(', ')}\n`,
  };
}

/** A line for each reason, with the kfuncs that it is the reason for. */
function section(title: string, findings: readonly ProbeFinding[], style: Style, width: number): string {
  const byReason = new Map<string, Set<string>>();
  for (const { message, prog_types: types, kind, kfunc } of findings) {
    // The other reasons concern the whole kfunc.
    const isOfTypes = kind === 'filter' || kind === 'unclear';
    const reason =
      kind === 'unavailable'
        ? `no ${enumerate(types)} program could ask, since ${message}`
        : isOfTypes
          ? `${message} (${enumerate(types)})`
          : message;
    byReason.set(reason, (byReason.get(reason) ?? new Set()).add(kfunc));
  }
  const lines = [...byReason].map(([reason, kfuncs]) =>
    wrap(`${visible(reason)}: ${names([...kfuncs])}`, width - 4)
      .map((line, at) => `${at === 0 ? '  ' : '    '}${line}\n`)
      .join(''),
  );
  return lines.length === 0 ? '' : `${style.bold(title)}\n${lines.join('')}`;
}

/** What would have the probe tell more, as a command; empty where nothing would. */
function advice({ explained }: ProbeReport, style: Style): string {
  const modules = new Set(explained.flatMap(({ kind, owner }) => (kind === 'module' ? [owner] : [])));
  return modules.size === 0
    ? ''
    : `${style.help('help')}: \`modprobe -a ${[...modules].join(' ')}\`, and run the probe again\n`;
}

function names(all: readonly string[]): string {
  const more = all.length - MAX_NAMES;
  return enumerate(more > 1 ? [...all.slice(0, MAX_NAMES), `${String(more)} more`] : all);
}

import { bootKernel, type Kernel } from '../../../src/verifier/kernel/kernel.ts';
import { askKernel, type Asked, type KernelAnswer } from '../ask/ask-kernel.ts';
import { compare } from '../judge/compare.ts';
import { judge, type Judgement } from '../judge/judge.ts';
import type { RealKernel } from '../machine/kernels.ts';
import type { KernelModule } from '../machine/kernel-modules.ts';
import { differences } from './differences.ts';
import type { Question } from './question.ts';
import type { AgreementRow, Outcome } from './section.ts';
import { TABLES } from './tables.ts';

/** For one boot with all questions; a few thousand take less than a minute on an idle machine. */
export const SECONDS = 600;

/** Who is asked, and how. */
export interface Asking {
  readonly kernel: RealKernel;
  readonly loader: string;
  /** Loaded before the first question, and known to the engine too. */
  readonly modules: readonly KernelModule[];
}

/** The engine as it stands for that kernel; undefined if the registry has no table of it. */
export function engineOf({ kernel, modules }: Asking): Kernel | undefined {
  const table = TABLES.get(kernel.version);
  return table && bootKernel(table, kernel.btf, new Map(modules.map(({ name, btf }) => [name, btf])));
}

/** Gives questions to a real kernel and to the engine, and tells where they differ. */
export async function compareAnswers(asking: Asking, questions: readonly Question[], title: string): Promise<Outcome> {
  const { kernel } = asking;
  const engine = engineOf(asking);
  if (engine === undefined) return { failures: [], skipped: [`${title}: no table of ${kernel.version}`], notes: [] };
  const given = questions.map(({ asked }) => asked);
  const asked = await askKernel(kernel, given, { ...asking, seconds: SECONDS });
  const { answers, runs } = asked;
  const release = runs[0]?.release;
  if (release === undefined) {
    return { failures: [`${kernel.version} did not boot: ${runs[0]?.console ?? ''}`], skipped: [], notes: [] };
  }
  const rows = new Map<string, AgreementRow>();
  const differing: Question[] = [];
  /** What was not compared, by reason. */
  const open = new Map<string, number>();
  const otherCounts: string[] = [];
  for (const [at, question] of questions.entries()) {
    const answer = answers[at];
    if (answer === undefined) continue;
    const judgement = judge(engine, question.asked);
    const outcome = compare(answer, judgement);
    const unknown =
      answer.kind === 'none'
        ? answer.reason
        : judgement.kind === 'unsupported'
          ? `not decided (${judgement.reason})`
          : undefined;
    if (unknown !== undefined) open.set(unknown, (open.get(unknown) ?? 0) + 1);
    if (outcome === 'not-asked') continue;
    const { source, family } = question;
    const key = `${source}\t${family}`;
    const row = rows.get(key) ?? {
      ...{ kernel: kernel.version, release, source, family },
      ...{ cases: 0, agreed: 0, unsupported: 0, counted: 0, countedAlike: 0 },
    };
    const counts = outcome === 'agreed' ? countsOf(answer, judgement) : undefined;
    rows.set(key, {
      ...row,
      cases: row.cases + 1,
      agreed: row.agreed + (outcome === 'agreed' ? 1 : 0),
      unsupported: row.unsupported + (outcome === 'unsupported' ? 1 : 0),
      counted: row.counted + (counts === undefined ? 0 : 1),
      countedAlike: row.countedAlike + (counts?.alike === true ? 1 : 0),
    });
    if (counts?.alike === false) otherCounts.push(question.asked.id);
    if (outcome === 'differs') differing.push(question);
  }
  const incomplete = runs.some(({ complete }) => complete)
    ? []
    : [`${kernel.version} did not finish: ${runs.at(-1)?.console ?? ''}`];
  const agreement = [...rows.values()];
  return {
    failures: [...incomplete, ...(await differences(asking, engine, differing))],
    skipped: open.size === 0 ? [] : [`${title} on ${release}, not compared: ${byCount(open)}`],
    notes: [...speeds(release, title, asked), ...instructions(release, title, agreement, otherCounts)],
    agreement,
  };
}

function byCount(reasons: ReadonlyMap<string, number>): string {
  const sorted = [...reasons].sort(([, a], [, b]) => b - a);
  return sorted.map(([reason, count]) => `${String(count)} ${reason}`).join('; ');
}

/** Whether both processed as many instructions; undefined where the kernel tells no number. */
function countsOf(answer: KernelAnswer, judgement: Judgement): { readonly alike: boolean } | undefined {
  if (answer.kind !== 'program' || judgement.kind !== 'program' || answer.insnsProcessed === 0) return undefined;
  return { alike: answer.insnsProcessed === judgement.insnsProcessed };
}

function speeds(release: string, title: string, { runs }: Asked): string[] {
  return runs.map(({ jobs, seconds, firstAnswer, timedOut }) => {
    // The first job prepares, and is no question.
    const count = [...jobs.keys()].filter((job) => job > 0).length;
    const first =
      firstAnswer === undefined ? 'no verdict' : `first verdict ${firstAnswer.toFixed(1)} s after the start`;
    const perMinute = Math.round((count / seconds) * 60);
    return `${release}, ${title}: ${first}, ${String(count)} verdicts in ${seconds.toFixed(1)} s with the boot, ${String(perMinute)} a minute${timedOut ? ', out of time' : ''}`;
  });
}

/** How many of those with another number are named. */
const NAMED = 5;

function instructions(
  release: string,
  title: string,
  rows: readonly AgreementRow[],
  others: readonly string[],
): string[] {
  const sum = (pick: (row: AgreementRow) => number): number => rows.reduce((all, row) => all + pick(row), 0);
  const [counted, alike] = [sum((row) => row.counted), sum((row) => row.countedAlike)];
  if (counted === 0) return [];
  return [
    `${release}, ${title}: of ${String(counted)} agreed programs for which the kernel tells how many instructions it processed, the engine counts as many for ${String(alike)}, and another number for ${String(others.length)}${others.length > 0 ? ` (${others.slice(0, NAMED).join(', ')}${others.length > NAMED ? ', …' : ''})` : ''}`,
  ];
}

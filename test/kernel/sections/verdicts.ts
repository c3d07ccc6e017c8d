import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Btf } from '../../../src/btf/btf.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import type { MapCase } from '../../../src/program/map-case.ts';
import { isMapCase } from '../../../src/program/json/parse-program-json.ts';
import { readProgramLines } from '../../../src/program/json/program-lines.ts';
import type { Program } from '../../../src/program/program.ts';
import { bootKernel } from '../../../src/verifier/kernel/kernel.ts';
import { askKernel } from '../ask/ask-kernel.ts';
import type { ProgramCase } from '../generate/case.ts';
import { generate } from '../generate/generate.ts';
import { compare, describe } from '../judge/compare.ts';
import { judge } from '../judge/judge.ts';
import { reduce } from '../judge/reduce.ts';
import type { RealKernel } from '../machine/kernels.ts';
import { CORPUS } from '../paths.ts';
import { isMissing, type AgreementRow, type Outcome, type Section, type Setting } from './section.ts';
import { TABLES } from './tables.ts';

/** The engine decides for kernels up to here; for others it says so, and only that is counted. */
const DECIDED = new Set(['v5.18', 'v5.19', 'v6.0', 'v6.1']);
/** For one boot with all verdicts; a few thousand take less than a minute on an idle machine. */
const SECONDS = 600;

interface Asked {
  readonly source: string;
  readonly family: string;
  readonly text: string;
  readonly question: Program | MapCase;
}

/** Corpus and generated programs: real kernels and the engine say the same. */
export const verdicts: Section = {
  name: 'verdicts',
  run: async (setting) => {
    const cases = [...corpus(), ...setting.seeds.flatMap((seed) => generated(seed, setting.count)), ...own(setting)];
    const outcomes: Outcome[] = [];
    for (const kernel of setting.kernels) {
      if (isMissing(kernel) || !DECIDED.has(kernel.version)) continue;
      outcomes.push(await askOne(kernel, cases, setting));
    }
    const none = 'verdicts: no kernel that the engine decides for can be asked';
    if (outcomes.length === 0) return { failures: [], skipped: [none], notes: [] };
    return {
      failures: outcomes.flatMap(({ failures }) => failures),
      skipped: outcomes.flatMap(({ skipped }) => skipped),
      notes: outcomes.flatMap(({ notes }) => notes),
      agreement: outcomes.flatMap(({ agreement }) => agreement ?? []),
    };
  },
};

async function askOne(kernel: RealKernel, cases: readonly Asked[], { loader }: Setting): Promise<Outcome> {
  const table = TABLES.get(kernel.version);
  if (table === undefined) return { failures: [], skipped: [`verdicts: no table of ${kernel.version}`], notes: [] };
  const questions = cases.map(({ question }) => question);
  const { answers, runs } = await askKernel(kernel, questions, { loader, seconds: SECONDS });
  const release = runs[0]?.release;
  if (release === undefined) {
    return { failures: [`${kernel.version} did not boot: ${runs[0]?.console ?? ''}`], skipped: [], notes: [] };
  }
  const engine = bootKernel(table, kernel.btf);
  const rows = new Map<string, { cases: number; agreed: number; unsupported: number }>();
  const differing: number[] = [];
  for (const [at, asked] of cases.entries()) {
    const answer = answers[at];
    if (answer === undefined) continue;
    const outcome = compare(answer, judge(engine, asked.question));
    if (outcome === 'not-asked') continue;
    const key = `${asked.source}\t${asked.family}`;
    const row = rows.get(key) ?? { cases: 0, agreed: 0, unsupported: 0 };
    rows.set(key, row);
    row.cases++;
    if (outcome === 'agreed') row.agreed++;
    if (outcome === 'unsupported') row.unsupported++;
    if (outcome === 'differs') differing.push(at);
  }
  const incomplete = runs.some(({ complete }) => complete)
    ? []
    : [`${kernel.version} did not finish: ${runs.at(-1)?.console ?? ''}`];
  return {
    failures: [...incomplete, ...(await differences(kernel, cases, differing, loader))],
    skipped: [],
    notes: runs.map(
      (run) =>
        `${release}: ${String(run.jobs.size)} verdicts, ${run.seconds.toFixed(1)} s with the boot${run.timedOut ? ', out of time' : ''}`,
    ),
    agreement: [...rows].map(([key, row]): AgreementRow => {
      const [source = '', family = ''] = key.split('\t');
      return { kernel: kernel.version, release, source, family, ...row };
    }),
  };
}

/** How many differences are reduced; each takes some dozen boots. */
const REDUCED = 3;

/** Smaller programs about which they differ in the same way: what becomes a fixture. */
async function reduced(kernel: RealKernel, cases: readonly Asked[], loader: string): Promise<string[]> {
  const table = TABLES.get(kernel.version);
  if (table === undefined) return [];
  const engine = bootKernel(table, kernel.btf);
  const texts: string[] = [];
  for (const { text, question } of cases.slice(0, REDUCED)) {
    if (isMapCase(question)) continue;
    const smallest = await reduce(JSON.parse(text) as ProgramCase, async (programs) => {
      const lines = programs.map((program, at) => JSON.stringify({ ...program, id: String(at), kernel: {} }));
      const questions = read('reduced', lines.join('\n')).map((one) => one.question);
      const { answers } = await askKernel(kernel, questions, { loader, seconds: SECONDS });
      const differing = new Set(
        questions.flatMap((one, at) => {
          const answer = answers[at];
          return answer !== undefined && compare(answer, judge(engine, one)) === 'differs' ? [one.id] : [];
        }),
      );
      return programs.map((_, at) => differing.has(String(at)));
    });
    texts.push(`  reduced: ${JSON.stringify({ ...smallest, kernel: {} })}`);
  }
  return texts;
}

/** How many differences are told in full. */
const TOLD = 20;

/** Each with the program, both messages, and the kernel's log of every instruction. */
async function differences(
  kernel: RealKernel,
  cases: readonly Asked[],
  differing: readonly number[],
  loader: string,
): Promise<string[]> {
  const table = TABLES.get(kernel.version);
  if (differing.length === 0 || table === undefined) return [];
  const told = differing.slice(0, TOLD).flatMap((at) => cases[at] ?? []);
  const questions = told.map(({ question }) => question);
  const { answers } = await askKernel(kernel, questions, { loader, seconds: SECONDS, trace: true });
  const engine = bootKernel(table, kernel.btf);
  const texts = told.map(({ question, source, family, text }, at) => {
    const answer = answers[at];
    return [
      `${kernel.version} and the engine differ about ${question.id} (${source}, ${family})`,
      `  kernel: ${answer === undefined ? '' : describe(answer)}`,
      `  engine: ${describe(judge(engine, question))}`,
      `  ${text}`,
      ...(answer?.kind === 'program' ? answer.log.split('\n').map((line) => `  | ${line}`) : []),
    ].join('\n');
  });
  texts.push(...(await reduced(kernel, told, loader)));
  const more = differing.length - told.length;
  return more > 0 ? [...texts, `… and ${String(more)} more on ${kernel.version}`] : texts;
}

function corpus(): Asked[] {
  return read('corpus', readFileSync(join(CORPUS, 'cases.jsonl'), 'utf8'));
}

function generated(seed: number, count: number): Asked[] {
  const cases = generate({ seed, count, family: undefined, mutations: 18, accepted: [] });
  return read(`seed ${String(seed)}`, cases.map((made) => JSON.stringify(made)).join('\n'));
}

function own({ cases }: Setting): Asked[] {
  return cases === undefined ? [] : read(cases, readFileSync(cases, 'utf8'));
}

/** Cases that do not fit the schema (a mutation makes a size negative, say) can't be asked, and are left out. */
function read(source: string, text: string): Asked[] {
  const lines = text.split('\n');
  return [...readProgramLines(text, { btfOf: blob, file: source })].flatMap(({ line, parsed }) => {
    const own = lines[line - 1] ?? '';
    if (parsed === undefined) return [];
    const { family } = JSON.parse(own) as { readonly family?: string };
    return [{ source, family: family ?? '', text: own, question: parsed }];
  });
}

const blobs = new Map<string, Btf>();

function blob(name: string): Btf | undefined {
  if (!/^maps(-tagorder)?$/.test(name)) return undefined;
  const known = blobs.get(name) ?? openBtf(readFileSync(join(CORPUS, `btf/${name}.btf`)));
  blobs.set(name, known);
  return known;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from '../generate/case.ts';
import { generate } from '../generate/generate.ts';
import { CORPUS, CORPUS_V6_12 } from '../paths.ts';
import { forV6_12, readCases, readLines } from './cases.ts';
import { compareAnswers } from './compare-answers.ts';
import type { Question } from './question.ts';
import { isMissing, joinOutcomes, type Outcome, type Section, type Setting } from './section.ts';

const CASES = 'cases.jsonl';

/** Corpus and generated programs: real kernels and the engine say the same. */
export const verdicts: Section = {
  name: 'verdicts',
  run: async (setting) => {
    const outcomes: Outcome[] = [];
    for (const kernel of setting.kernels) {
      if (isMissing(kernel)) continue;
      const questions = [...(kernel.version === 'v6.12' ? ofV6_12(setting) : common(setting)), ...own(setting)];
      outcomes.push(await compareAnswers({ kernel, loader: setting.loader, modules: [] }, questions, 'verdicts'));
    }
    return joinOutcomes(outcomes);
  },
};

function common({ seeds, count }: Setting): Question[] {
  const made = seeds.flatMap((seed) =>
    readGenerated(seed, generate({ seed, count, family: undefined, mutations: 18, accepted: [] })),
  );
  return [...readCases('corpus', readFileSync(join(CORPUS, CASES), 'utf8')), ...made];
}

/**
 * v6.12 has a corpus of its own, and most that is generated for it are mutations of that: of the kfuncs that the
 * families call, it has few.
 */
function ofV6_12({ seeds, count }: Setting): Question[] {
  const path = join(CORPUS_V6_12, CASES);
  const cases = readLines(path);
  const accepted = cases.filter(({ kernel }) => kernel['v6.12']?.ok === true);
  const kfuncs = cases.flatMap((each) => (each.kind === 'map' ? [] : Object.values(each.kfunc_calls)));
  const made = seeds.flatMap((seed) => {
    const wanted = { seed, count, family: undefined, mutations: 70, accepted, kfuncs: [...new Set(kfuncs)].sort() };
    return readGenerated(seed, generate(wanted).map(forV6_12));
  });
  return [...readCases('corpus', readFileSync(path, 'utf8')), ...made];
}

function readGenerated(seed: number, cases: readonly Case[]): Question[] {
  return readCases(`seed ${String(seed)}`, cases.map((made) => JSON.stringify(made)).join('\n'));
}

function own({ cases }: Setting): Question[] {
  return cases === undefined ? [] : readCases(cases, readFileSync(cases, 'utf8'));
}

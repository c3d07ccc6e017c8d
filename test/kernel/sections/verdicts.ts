import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '../generate/generate.ts';
import { CORPUS } from '../paths.ts';
import { readCases } from './cases.ts';
import { compareAnswers } from './compare-answers.ts';
import type { Question } from './question.ts';
import { isMissing, joinOutcomes, type Outcome, type Section, type Setting } from './section.ts';

/** The engine decides for kernels up to here; for others it says so, and only that is counted. */
const DECIDED = new Set(['v5.18', 'v5.19', 'v6.0', 'v6.1']);

/** Corpus and generated programs: real kernels and the engine say the same. */
export const verdicts: Section = {
  name: 'verdicts',
  run: async (setting) => {
    const questions = [
      ...corpus(),
      ...setting.seeds.flatMap((seed) => generated(seed, setting.count)),
      ...own(setting),
    ];
    const outcomes: Outcome[] = [];
    for (const kernel of setting.kernels) {
      if (isMissing(kernel) || !DECIDED.has(kernel.version)) continue;
      outcomes.push(await compareAnswers({ kernel, loader: setting.loader, modules: [] }, questions, 'verdicts'));
    }
    const none = 'verdicts: no kernel that the engine decides for can be asked';
    return outcomes.length === 0 ? { failures: [], skipped: [none], notes: [] } : joinOutcomes(outcomes);
  },
};

function corpus(): Question[] {
  return readCases('corpus', readFileSync(join(CORPUS, 'cases.jsonl'), 'utf8'));
}

function generated(seed: number, count: number): Question[] {
  const cases = generate({ seed, count, family: undefined, mutations: 18, accepted: [] });
  return readCases(`seed ${String(seed)}`, cases.map((made) => JSON.stringify(made)).join('\n'));
}

function own({ cases }: Setting): Question[] {
  return cases === undefined ? [] : readCases(cases, readFileSync(cases, 'utf8'));
}

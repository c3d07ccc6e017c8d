import { isMapCase } from '../../../src/program/json/parse-program-json.ts';
import type { Kernel } from '../../../src/verifier/kernel/kernel.ts';
import { askKernel, type KernelAnswer } from '../ask/ask-kernel.ts';
import type { ProgramCase } from '../generate/case.ts';
import { compare, describe } from '../judge/compare.ts';
import { judge, type Judgement } from '../judge/judge.ts';
import { reduce } from '../judge/reduce.ts';
import { readCases } from './cases.ts';
import { SECONDS, type Asking } from './compare-answers.ts';
import type { Question } from './question.ts';

/** How many differences are told in full. */
const TOLD = 20;
/** How many differences are reduced; each takes some dozen boots. */
const REDUCED = 3;

/** Each with the program, both messages, and the kernel's log of every instruction. */
export async function differences(asking: Asking, engine: Kernel, differing: readonly Question[]): Promise<string[]> {
  const { kernel } = asking;
  if (differing.length === 0) return [];
  const told = differing.slice(0, TOLD);
  const questions = told.map(({ asked }) => asked);
  const { answers } = await askKernel(kernel, questions, { ...asking, seconds: SECONDS, trace: true });
  const texts = told.map(({ asked, source, family, line }, at) => {
    const answer = answers[at];
    return [
      `${kernel.version} and the engine differ about ${asked.id} (${source}, ${family})`,
      `  kernel: ${answer === undefined ? '' : describe(answer)}`,
      `  engine: ${describe(judge(engine, asked))}`,
      ...(line === undefined ? [] : [`  ${line}`]),
      ...(answer?.kind === 'program' ? answer.log.split('\n').map((each) => `  | ${each}`) : []),
    ].join('\n');
  });
  const ways = told.map((each, at) => ({ ...each, way: wayOf(answers[at], judge(engine, each.asked)) }));
  texts.push(...(await reduced(asking, engine, ways)));
  const more = differing.length - told.length;
  return more > 0 ? [...texts, `… and ${String(more)} more on ${kernel.version}`] : texts;
}

/** How they differ about a program: what both return. Undefined: they do not. */
function wayOf(answer: KernelAnswer | undefined, judgement: Judgement): string | undefined {
  if (answer?.kind !== 'program' || compare(answer, judgement) !== 'differs') return undefined;
  return `${String(answer.errno)} ${judgement.kind === 'program' ? String(judgement.errno) : judgement.kind}`;
}

/** Smaller programs about which they differ in the same way: what becomes a fixture. */
async function reduced(
  asking: Asking,
  engine: Kernel,
  differing: readonly (Question & { readonly way: string | undefined })[],
): Promise<string[]> {
  const texts: string[] = [];
  for (const { line, asked, way } of differing.slice(0, REDUCED)) {
    if (line === undefined || isMapCase(asked) || way === undefined) continue;
    const smallest = await reduce(JSON.parse(line) as ProgramCase, async (programs) => {
      const lines = programs.map((program, at) => JSON.stringify({ ...program, id: String(at), kernel: {} }));
      const questions = readCases('reduced', lines.join('\n')).map((one) => one.asked);
      const { answers } = await askKernel(asking.kernel, questions, { ...asking, seconds: SECONDS });
      const differ = new Set(
        questions.flatMap((one, at) => (wayOf(answers[at], judge(engine, one)) === way ? [one.id] : [])),
      );
      return programs.map((_, at) => differ.has(String(at)));
    });
    texts.push(`  reduced: ${JSON.stringify({ ...smallest, kernel: {} })}`);
  }
  return texts;
}

import type { Btf } from '../../../src/btf/btf.ts';
import type { MapCase } from '../../../src/program/map-case.ts';
import { isMapCase } from '../../../src/program/json/parse-program-json.ts';
import type { Program } from '../../../src/program/program.ts';
import type { Job, Step, StepResult } from '../machine/jobs.ts';
import type { KernelModule } from '../machine/kernel-modules.ts';
import type { RealKernel } from '../machine/kernels.ts';
import { runMachine, type Run } from '../machine/run-machine.ts';
import { Attributes, COMMAND, type Descriptor } from './attributes.ts';
import { btfBytes } from './btf-bytes.ts';
import { mapCaseSteps } from './map-steps.ts';
import { programSteps } from './program-steps.ts';

/** What a kernel said. */
export type KernelAnswer =
  | {
      readonly kind: 'program';
      readonly errno: number;
      readonly message: string;
      readonly insnsProcessed: number;
      readonly log: string;
    }
  | { readonly kind: 'map'; readonly results: readonly number[] }
  /** The kernel has no such name, or the answer never came. */
  | { readonly kind: 'none'; readonly reason: string };

export interface AskOptions {
  readonly loader: string;
  readonly seconds: number;
  /** The trace of every instruction, too. */
  readonly trace?: boolean;
  /** Loaded before the first question. */
  readonly modules?: readonly KernelModule[] | undefined;
}

export interface Asked {
  /** In the order of the questions. */
  readonly answers: readonly KernelAnswer[];
  readonly runs: readonly Run[];
}

/** Asks a real kernel for its verdict on programs and on operations on maps, all in one boot if nothing goes wrong. */
export async function askKernel(
  kernel: RealKernel,
  questions: readonly (Program | MapCase)[],
  options: AskOptions,
): Promise<Asked> {
  const answers: KernelAnswer[] = questions.map(() => ({ kind: 'none', reason: 'the kernel did not get that far' }));
  const runs: Run[] = [];
  let open = questions.map((_, at) => at);
  // A kernel that dies takes the rest with it: those are asked again without the one it died of.
  for (let boots = 0; boots < 5 && open.length > 0; boots++) {
    const run = await boot(kernel, questions, open, options, answers);
    runs.push(run);
    const reached = open.findIndex((at) => answers[at]?.kind === 'none' && !hasReason(answers[at]));
    if (run.complete || run.release === undefined || reached < 0) break;
    const culprit = open[reached];
    if (culprit !== undefined)
      answers[culprit] = { kind: 'none', reason: `the kernel stopped: ${run.console.slice(-300)}` };
    open = open.slice(reached + 1);
  }
  return { answers, runs };
}

function hasReason(answer: KernelAnswer | undefined): boolean {
  return answer?.kind === 'none' && answer.reason !== 'the kernel did not get that far';
}

async function boot(
  kernel: RealKernel,
  questions: readonly (Program | MapCase)[],
  open: readonly number[],
  options: AskOptions,
  answers: KernelAnswer[],
): Promise<Run> {
  const { modules = [] } = options;
  const setup: Step[] = modules.map(({ bytes }) => moduleStep(bytes));
  const moduleBtf = new Map(modules.map(({ name, btf }, at) => [name, { btf, fd: setup.push(moduleBtfStep(at)) - 1 }]));
  const loaded = new Map<Btf, number>();
  const btfOf = (btf: Btf): Descriptor => {
    const known = loaded.get(btf) ?? setup.push(btfStep(btf)) - 1;
    loaded.set(btf, known);
    return { ofSetup: known };
  };
  const jobs: Job[] = [{ steps: setup }];
  const asked: number[] = [];
  for (const at of open) {
    const question = questions[at];
    if (question === undefined) continue;
    const steps = isMapCase(question)
      ? mapCaseSteps(question, question.btf === undefined ? undefined : btfOf(question.btf))
      : programSteps(question, {
          kernel: kernel.btf,
          modules: [...moduleBtf.values()],
          btfOf,
          logLevel: options.trace === true ? 1 : 4,
        });
    if ('unknown' in steps) {
      answers[at] = { kind: 'none', reason: `call or name ${steps.unknown}, which it has not` };
      continue;
    }
    jobs.push({ steps });
    asked.push(at);
  }
  const run = await runMachine({ image: kernel.image, loader: options.loader }, jobs, { seconds: options.seconds });
  const failed = (run.jobs.get(0) ?? []).filter(({ step, result }) => step < 2 * modules.length && result < 0);
  if (failed[0] !== undefined) {
    const { step, result } = failed[0];
    throw new Error(`the module ${modules[step % modules.length]?.name ?? ''} can't be used: ${String(result)}`);
  }
  for (const [position, at] of asked.entries()) {
    const question = questions[at];
    const results = run.jobs.get(position + 1);
    const { steps = [] } = jobs[position + 1] ?? {};
    if (run.killed.has(position + 1)) answers[at] = { kind: 'none', reason: 'the loader was killed' };
    else if (question !== undefined && results?.length === steps.length)
      answers[at] = answerOf(question, withSetup(steps, results, run.jobs.get(0) ?? []));
  }
  return run;
}

const LOG_BYTES = 1 << 20;

/** Lines of the log that are no complaint. */
const STATISTICS = /^(processed \d+ insns|verification time|stack depth|func\#)/;

function moduleStep(bytes: Uint8Array): Step {
  return { kind: 'init-module', command: 0, attr: new Uint8Array(), data: bytes, fills: [], report: true };
}

/** The kernel's own BTF is 1, and those of modules follow in the order of loading. */
function moduleBtfStep(position: number): Step {
  return new Attributes(12).u32(0, position + 2).step(COMMAND.btfGetFdById);
}

function btfStep(btf: Btf): Step {
  const bytes = btfBytes(btf);
  const attributes = new Attributes(32).pointer(0, bytes).log(8).u32(16, bytes.length);
  return attributes.u32(20, LOG_BYTES).u32(24, 1).step(COMMAND.btfLoad);
}

/** What failed for want of something that could not be made for all (BTF that the kernel refuses) failed with that. */
function withSetup(
  steps: readonly Step[],
  results: readonly StepResult[],
  setup: readonly StepResult[],
): readonly StepResult[] {
  return results.map((own, at) => {
    if (own.result >= 0) return own;
    const cause = steps[at]?.fills
      .flatMap(({ argument }) => (typeof argument === 'object' ? [argument.ofSetup] : []))
      .map((step) => setup.find((each) => each.step === step))
      .find((each) => each !== undefined && each.result < 0);
    return cause === undefined ? own : { ...own, result: cause.result, log: cause.log };
  });
}

function answerOf(question: Program | MapCase, results: readonly StepResult[]): KernelAnswer {
  if (isMapCase(question)) return { kind: 'map', results: results.map(({ result }) => result) };
  const failed = results.slice(0, -1).find(({ result }) => result < 0);
  const last = failed ?? results.at(-1);
  const log = last?.log ?? '';
  const processed = /processed (\d+) insns/.exec(log)?.[1];
  const lines = log.split('\n').filter((line) => line !== '' && !STATISTICS.test(line));
  return {
    kind: 'program',
    errno: Math.min(last?.result ?? 0, 0),
    message: lines.slice(-3).join(' | '),
    insnsProcessed: Number(processed ?? 0),
    log,
  };
}

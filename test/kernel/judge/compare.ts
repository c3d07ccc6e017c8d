import type { KernelAnswer } from '../ask/ask-kernel.ts';
import type { Judgement } from './judge.ts';

/** How a kernel's answer and the engine's compare. */
export type Outcome = 'agreed' | 'differs' | 'unsupported' | 'not-asked';

export function compare(answer: KernelAnswer, judgement: Judgement): Outcome {
  if (answer.kind === 'none') return 'not-asked';
  switch (judgement.kind) {
    case 'unsupported':
      return 'unsupported';
    case 'thrown':
      return 'differs';
    case 'map':
      return answer.kind === 'map' && answer.results.join() === judgement.results.join() ? 'agreed' : 'differs';
    case 'program':
      return answer.kind === 'program' && answer.errno === judgement.errno ? 'agreed' : 'differs';
  }
}

/** One line of what someone said. */
export function describe(said: KernelAnswer | Judgement): string {
  switch (said.kind) {
    case 'map':
      return `operations give ${said.results.join(', ')}`;
    case 'program':
      return said.errno === 0
        ? `accepts (${String(said.insnsProcessed)} instructions)`
        : `${String(said.errno)} ${said.message}`;
    case 'unsupported':
      return `not decided: ${said.reason}`;
    case 'none':
    case 'thrown':
      return said.reason;
  }
}

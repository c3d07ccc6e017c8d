import type { Route } from '../routing/route.ts';
import type { Listing } from './program-view.tsx';

/** What the address says of the judge's page; files can't stand there. */
export interface JudgeState {
  /** As it was asked for; undefined: the page chooses. */
  readonly kernel: string | undefined;
  /** Whether the sample is judged. */
  readonly isSample: boolean;
  /** The program that is shown, from 0. */
  readonly program: number;
  /** The step that is shown, from 0; undefined: the page chooses. */
  readonly step: number | undefined;
  readonly listing: Listing;
}

export function judgeStateOf({ query }: Route): JudgeState {
  return {
    kernel: query['kernel'],
    isSample: query['sample'] === SAMPLE,
    program: numberOf(query['program']) ?? 0,
    step: numberOf(query['step']),
    listing: query['listing'] === 'instructions' ? 'instructions' : 'source',
  };
}

/** The route of a state; what the page would choose itself is left out. */
export function judgeRoute({ kernel, isSample, program, step, listing }: JudgeState): Route {
  const query = {
    sample: isSample ? SAMPLE : '',
    kernel: kernel ?? '',
    program: program === 0 ? '' : String(program),
    step: step === undefined ? '' : String(step),
    listing: listing === 'source' ? '' : listing,
  };
  return { path: ['judge'], query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')) };
}

const SAMPLE = 'conntrack';

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

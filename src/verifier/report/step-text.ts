import type { CodePlace, PathStep } from '../../../generated/types/check-report.ts';

/**
 * What happens in a step on the way to a finding, in words; empty where there is nothing to say.
 *
 * @param nameOf what a place is called: where two have the same name, the step goes nowhere else
 */
export function stepText({ kind, condition, reference, from, to, times }: PathStep, nameOf: NameOfPlace): string {
  const repeated = times === undefined ? '' : `, ${String(times)} times`;
  const place = nameOf(to);
  switch (kind) {
    case 'acquire':
      return `acquires reference ${String(reference)}${repeated}`;
    case 'release':
      return `releases reference ${String(reference)}${repeated}`;
    case 'call':
      return `calls the function at ${place}${repeated}`;
    case 'callback':
      return `the helper calls the function at ${place}${repeated}`;
    case 'return':
      return `returns to ${place}${repeated}`;
    case 'taken':
    case 'not-taken': {
      const next = place === nameOf(from) ? '' : `goes on at ${place}`;
      return [condition, next].filter((part) => part !== undefined && part !== '').join(': ') + repeated;
    }
  }
}

export type NameOfPlace = (place: CodePlace) => string;

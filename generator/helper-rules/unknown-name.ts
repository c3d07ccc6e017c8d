import type { Place } from '../declarations/place.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { UNKNOWN_NAME } from '../rules/format.rule.ts';
import type { HelperRuleContext } from './helper-rule.ts';

/** Of more names than this, advice lists none. */
const MANY = 30;

/** A name that may be none of those known. */
export interface Reference {
  /** What it should be the name of. */
  readonly kind: string;
  readonly name: string;
  readonly known: readonly string[];
  readonly place: Place;
}

/** Reports a name that is unknown: with the nearest one if one is meant, else with all of them. */
export function reportUnknown(
  { kind, name: value, known, place }: Reference,
  report: HelperRuleContext<typeof UNKNOWN_NAME>['report'],
): void {
  if (known.includes(value)) {
    return;
  }
  const near = nearest(value, known);
  if (near === undefined) {
    report({ message: 'far', values: { kind, value, all: allOf(known) }, place });
  } else {
    report({ message: 'near', values: { kind, value, nearest: near }, place });
  }
}

function allOf(known: readonly string[]): string {
  if (known.length === 0) return 'none';
  return known.length > MANY ? `${known.length} others` : known.map((name) => `\`${name}\``).join(', ');
}

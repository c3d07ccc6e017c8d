import type { Case } from './case.ts';
import { Choices, draw } from './choices.ts';
import type { Family } from './families/family.ts';
import { FAMILIES } from './families/table.ts';
import { mutate } from './mutate.ts';

export interface Wanted {
  readonly seed: number;
  readonly count: number;
  /** Undefined: all, by weight. */
  readonly family: string | undefined;
  /** How many of a hundred are mutations of earlier ones. */
  readonly mutations: number;
  /** Cases that are known to be accepted, to be mutated too. */
  readonly accepted: readonly Case[];
  /** What mutations change calls of kfuncs to; undefined: those of the corpus. */
  readonly kfuncs?: readonly string[] | undefined;
}

/** Groups of cases: a base and a few variants that change a choice or two, and mutations of what came before. */
export function generate(wanted: Wanted): Case[] {
  const families = FAMILIES.filter(({ name }) => wanted.family === undefined || name === wanted.family);
  if (families.length === 0) throw new RangeError(`no family ${String(wanted.family)}`);
  const cases: Case[] = [];
  const bases: Case[] = [...wanted.accepted];
  for (let group = 1; cases.length < wanted.count; group++) {
    const seed = draw(wanted.seed, `group ${String(group)}`);
    const named = { group, id: (): string => `g${String(wanted.seed)}-${String(cases.length).padStart(5, '0')}` };
    if (bases.length > 20 && seed % 100 < wanted.mutations) {
      const base = bases[draw(seed, 'base') % bases.length];
      if (base !== undefined) cases.push({ ...mutate(base, seed, wanted.kfuncs), id: named.id(), group, kernel: {} });
      continue;
    }
    for (const made of variants(weighted(families, draw(seed, 'family')), seed, group)) {
      if (cases.length >= wanted.count) break;
      cases.push({ ...made, id: named.id() });
      if (made.variant === 0) bases.push(made);
    }
  }
  return cases;
}

function weighted(families: readonly Family[], number: number): Family {
  let left = number % families.reduce((sum, { weight }) => sum + weight, 0);
  for (const family of families) {
    if (left < family.weight) return family;
    left -= family.weight;
  }
  throw new RangeError('weights do not add up');
}

function variants(family: Family, seed: number, group: number): Case[] {
  const choices = new Choices(seed);
  const shared = { id: '', family: family.name, group, kernel: {} };
  const made: Case[] = [{ ...family.make(choices), ...shared, variant: 0, mutated: [] }];
  const open = [...new Set(choices.open)];
  for (let variant = 1; variant <= ([0, 1, 1, 2][draw(seed, 'variants') % 4] ?? 0); variant++) {
    const changed = new Set<string>();
    for (let count = draw(seed, `changes ${String(variant)}`) % 8 === 0 ? 2 : 1; count > 0 && open.length > 0; count--)
      changed.add(open[draw(seed, `change ${String(variant)} ${String(count)}`) % open.length] ?? '');
    if (changed.size === 0) break;
    const body = family.make(new Choices(seed, variant, changed));
    made.push({ ...body, ...shared, variant, mutated: [...changed].sort() });
  }
  return made;
}

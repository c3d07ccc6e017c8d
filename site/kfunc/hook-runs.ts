import type { Catalog } from '../data/catalog.ts';
import type { KfuncData } from '../data/explorer-data.ts';
import { holds } from '../data/ranges.ts';
import type { Slot } from '../kernels/timeline.ts';

/** What a hook says of a kfunc in neighbouring kernels. */
export interface HookRun {
  readonly kind: 'callable' | 'flags-only' | 'absent' | 'unknown';
  /** Of all sets together, sorted. */
  readonly flags: readonly string[];
  readonly slots: readonly Slot[];
}

/** A hook that a kfunc is or was registered for, through all kernels. */
export interface HookRow {
  readonly hook: string;
  readonly runs: readonly HookRun[];
}

/** The strip of a kfunc: a row a hook, in the order of the newest kernel that has it. */
export function hookRows({ entries }: KfuncData, { timeline, kernels }: Catalog): readonly HookRow[] {
  const order = kernels.toReversed().flatMap(({ hooks }) => Object.keys(hooks));
  const hooks = [...new Set(entries.map(({ hook }) => hook))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return hooks.map((hook) => {
    const ofHook = entries.filter((entry) => entry.hook === hook);
    return { hook, runs: joined(timeline.map((slot) => ({ slot, ...stateIn(slot, ofHook) }))) };
  });
}

interface State {
  readonly kind: HookRun['kind'];
  readonly flags: readonly string[];
}

function stateIn({ position }: Slot, entries: KfuncData['entries']): State {
  if (position === undefined) return { kind: 'unknown', flags: [] };
  const held = entries.filter(({ kernels }) => holds(kernels, position));
  const callable = held.filter(({ isUncallable }) => isUncallable !== true);
  const shown = callable.length > 0 ? callable : held;
  const kind = callable.length > 0 ? 'callable' : held.length > 0 ? 'flags-only' : 'absent';
  return { kind, flags: [...new Set(shown.flatMap(({ flags }) => flags))].sort() };
}

function joined(states: readonly (State & { readonly slot: Slot })[]): readonly HookRun[] {
  const runs: (State & { readonly slots: Slot[] })[] = [];
  for (const { slot, kind, flags } of states) {
    const last = runs.at(-1);
    if (last?.kind === kind && last.flags.join() === flags.join()) last.slots.push(slot);
    else runs.push({ kind, flags, slots: [slot] });
  }
  return runs;
}

import type { Kernel } from '../kernel/kernel.ts';
import type { BpfMap } from './bpf-map.ts';
import type { KptrSlot } from './kptr-slot.ts';
import { mapsBehave } from './map-behaviours.ts';
import { SLOT_EVENTS, slotEffects, type SlotEffect, type SlotEvent } from './slot-events.ts';

/** When the object in a slot of a referenced kptr is freed, and by what. */
export interface SlotLifetime {
  readonly slot: KptrSlot;
  /** The destructor kfunc; undefined for objects of the program, which are dropped without one. */
  readonly dtor: string | undefined;
  /** Whether the destructor is called for an empty slot too, with NULL. */
  readonly dtorSeesNull: boolean;
  readonly effects: readonly EventEffect[];
}

export interface EventEffect {
  readonly event: SlotEvent;
  readonly effect: SlotEffect;
}

/** The lifetimes of what the referenced kptrs of a map hold, in order of their offsets. */
export function slotLifetimes(kernel: Kernel, { type, kptrs }: BpfMap): readonly SlotLifetime[] {
  if (kptrs === undefined || 'errno' in kptrs) return [];
  const byEvent = slotEffects(type, kernel.version);
  const effects = SLOT_EVENTS.map((event) => ({ event, effect: byEvent[event] }));
  const dtorSeesNull = mapsBehave(kernel.version, 'dtorSeesNull');
  return kptrs.slots
    .filter(({ kind }) => kind === 'referenced' || kind === 'percpu')
    .map((slot) => ({ slot, dtor: slot.dtor, dtorSeesNull: dtorSeesNull && slot.dtor !== undefined, effects }));
}

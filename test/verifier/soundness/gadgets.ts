import { emitAcquire, emitUse } from './gadgets-objects.ts';
import { emitCallback, emitExit, emitLoop, emitSubprogram, emitTailCall } from './gadgets-flow.ts';
import { emitKptr, emitLock, emitLookup, emitMapChange, emitValueAccess } from './gadgets-maps.ts';
import { emitAtomic, emitBranch, emitNumber, emitRandom, emitSpill, emitStackAccess } from './gadgets-numbers.ts';
import { emitContext, emitMemory, emitPacket, emitPull } from './gadgets-context.ts';
import type { Writer } from './writer.ts';

/** A piece of a program. What the numbers mean is its kind's own affair. */
export interface Gadget {
  readonly kind: GadgetKind;
  readonly a: number;
  readonly b: number;
  /** Below MISTAKES there is something wrong with it. */
  readonly mistake: number;
  readonly inner: readonly Gadget[];
  readonly other: readonly Gadget[];
}

/** Writes one; inner gadgets by the function given. R6 is the context, R9 a number; R7 and R8 anyone may change. */
export type Emit = (writer: Writer, gadget: Gadget, inner: (gadgets: readonly Gadget[]) => void) => void;

const GADGETS = {
  number: emitNumber,
  random: emitRandom,
  spill: emitSpill,
  stack: emitStackAccess,
  branch: emitBranch,
  atomic: emitAtomic,
  acquire: emitAcquire,
  use: emitUse,
  lookup: emitLookup,
  value: emitValueAccess,
  kptr: emitKptr,
  change: emitMapChange,
  lock: emitLock,
  loop: emitLoop,
  subprogram: emitSubprogram,
  callback: emitCallback,
  tailCall: emitTailCall,
  exit: emitExit,
  packet: emitPacket,
  pull: emitPull,
  memory: emitMemory,
  context: emitContext,
} as const satisfies Readonly<Record<string, Emit>>;

export type GadgetKind = keyof typeof GADGETS;
export const GADGET_KINDS = Object.keys(GADGETS) as readonly GadgetKind[];

/** Writes gadgets one after the other. */
export function emitAll(writer: Writer, gadgets: readonly Gadget[]): void {
  for (const gadget of gadgets) GADGETS[gadget.kind](writer, gadget, (inner) => emitAll(writer, inner));
}

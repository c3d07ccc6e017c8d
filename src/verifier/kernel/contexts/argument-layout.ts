import type { AttachType, ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import { skipTypedefs } from '../../../btf/follow.ts';
import { typeAt } from '../../../btf/read-type.ts';
import type { Kernel } from '../kernel.ts';
import { isIn } from '../version.ts';
import { argumentNotes, type ArgumentNote } from './argument-notes.ts';
import { isNumber, pointerLoad, slotsOf } from './argument-type.ts';
import type { AttachedTo } from './attach-target.ts';
import { RETURNED_SCALAR, SCALAR_LOAD, type ContextLoad } from './context-load.ts';

/** Kernels that refuse to load less than the whole of a pointer. */
const WHOLE_POINTERS = { since: 'v6.12' };

/** Eight bytes of the arguments that a program gets. */
export interface ArgumentSlot {
  readonly load: ContextLoad;
  /** Whether only all eight bytes may be loaded. */
  readonly isWholeOnly: boolean;
}

/** What the arguments of a function are to a program that is attached to it: btf_ctx_access(), kernel/bpf/btf.c. */
export function layOutArguments(
  kernel: Kernel,
  target: AttachedTo,
  attachType: AttachType | undefined,
  rules: ProgTypeRules,
): readonly (ArgumentSlot | undefined)[] {
  const { prototype, home } = target;
  const notes = argumentNotes(kernel, target, attachType, rules);
  // A tracepoint's first parameter is not its caller's.
  const types = prototype.parameters.map(({ type }) => type).slice(target.kind === 'tracepoint' ? 1 : 0);
  const slots: (ArgumentSlot | undefined)[] = [];
  for (const [index, type] of types.entries()) {
    const slot = slotOf(kernel, target, type, notes.of(index, 8 * slots.length));
    for (let count = slotsOf(home.btf, type, kernel.version); count > 0; count--) slots.push(slot);
  }
  if (seesResult(attachType)) slots.push(resultSlot(kernel, target, attachType, notes.of(-1, -1)));
  return slots;
}

/** Whether what the function returned follows the arguments. */
function seesResult(attachType: AttachType | undefined): boolean {
  switch (attachType) {
    case 'trace_fexit':
    case 'trace_fsession':
    case 'modify_return':
    case 'lsm_mac':
    case 'lsm_cgroup':
      return true;
    default:
      return false;
  }
}

function resultSlot(
  kernel: Kernel,
  target: AttachedTo,
  attachType: AttachType | undefined,
  note: ArgumentNote,
): ArgumentSlot | undefined {
  const { returns } = target.prototype;
  const type = typeAt(target.home.btf, skipTypedefs(target.home.btf, returns));
  const isSmallInt = type.kind === 'int' && type.size <= 8;
  if (attachType === 'modify_return' && !isSmallInt) return undefined;
  const slot = slotOf(kernel, target, returns, note);
  return slot?.load === SCALAR_LOAD ? { ...slot, load: RETURNED_SCALAR } : slot;
}

function slotOf(kernel: Kernel, target: AttachedTo, id: number, note: ArgumentNote): ArgumentSlot | undefined {
  const { btf } = target.home;
  const type = typeAt(btf, skipTypedefs(btf, id));
  if (isNumber(type, kernel.version)) return { load: SCALAR_LOAD, isWholeOnly: false };
  if (type.kind !== 'ptr') return undefined;
  const load = pointerLoad(kernel, target, type.type, note);
  return load === undefined ? undefined : { load, isWholeOnly: isIn(WHOLE_POINTERS, kernel.version) };
}

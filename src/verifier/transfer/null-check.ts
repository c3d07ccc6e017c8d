import type { BpfMap } from '../maps/bpf-map.ts';
import { isConstantZero } from '../scalar/scalar.ts';
import { registerOf } from '../state/frame.ts';
import { withoutReference } from '../state/references.ts';
import { FLAG, mayBeNull, type Register } from '../state/register.ts';
import { currentFrame, eachCell, type State } from '../state/state.ts';

/**
 * A pointer that may be NULL was compared with NULL: in this branch it, and all its copies, are or are not.
 * mark_ptr_or_null_regs(), kernel/bpf/verifier.c.
 */
export function markNullBranch(state: State, number: number, isNull: boolean): void {
  const frame = currentFrame(state);
  const { id, refId } = registerOf(frame, number).register;
  // Nothing was acquired after all.
  if (refId !== 0 && refId === id && isNull)
    frame.references = withoutReference(frame.references, id) ?? frame.references;
  eachCell(state, (cell) => {
    const { register } = cell;
    if (!mayBeNull(register) || register.id !== id) return;
    if (register.off !== 0 || !isConstantZero(register.scalar)) return;
    cell.register = isNull ? nullRegister(register) : notNull(register);
  });
}

/** Written out, since this shape is made at every check, and a spread of it takes several times as long. */
function nullRegister({ off, scalar, range, memSize, subprogram, frame, precise }: Register): Register {
  return {
    type: 'scalar',
    flags: 0,
    off,
    scalar,
    id: 0,
    refId: 0,
    map: undefined,
    mapUid: 0,
    btf: undefined,
    typeId: 0,
    range,
    memSize,
    subprogram,
    frame,
    precise,
  };
}

/** The pointer without the doubt. Its id is of use only while a spin lock in it may be held. */
function notNull(register: Register): Register {
  const sure = withoutNull(register);
  const mayHoldLock = sure.type === 'map_value' && sure.map?.spinLockOffset !== undefined;
  return mayHoldLock || sure.id === 0 ? sure : { ...sure, id: 0 };
}

/** mark_ptr_not_null_reg(): what a look-up in some maps finds is no value. */
export function withoutNull(register: Register): Register {
  const flags = register.flags & ~FLAG.maybeNull;
  if (register.type !== 'map_value') return { ...register, flags };
  const { inner, type } = register.map as BpfMap;
  if (inner !== undefined) {
    const mapUid = inner.timerOffset === undefined ? register.mapUid : register.id;
    return { ...register, type: 'map_ptr', flags: 0, map: inner, mapUid };
  }
  if (type === 'xskmap') return { ...register, type: 'xdp_sock', flags: 0 };
  if (type === 'sockmap' || type === 'sockhash') return { ...register, type: 'socket', flags: 0 };
  return { ...register, flags: 0 };
}

import type { CallMeta } from './call-meta.ts';
import { kptrAt } from './map-access.ts';
import { constantOffset } from './offsets.ts';
import type { BpfMap } from '../maps/bpf-map.ts';
import { timerArgument } from '../rules/timer/address.rule.ts';
import { xchgNeedsBtf } from '../rules/kptr/map-without-btf.rule.ts';
import { xchgNoKptr } from '../rules/kptr/no-valid-kptr.rule.ts';
import { xchgNotKptr } from '../rules/kptr/not-a-kptr.rule.ts';
import { xchgConstantOffset } from '../rules/kptr/xchg-offset.rule.ts';
import { xchgNotReferenced } from '../rules/kptr/xchg-unreferenced.rule.ts';
import { lockAddress } from '../rules/lock/address.rule.ts';
import { unlockNothing } from '../rules/lock/not-held.rule.ts';
import { unlockOther } from '../rules/lock/other.rule.ts';
import { reject } from '../rules/rule.ts';
import { isConstant } from '../scalar/scalar.ts';
import type { Register } from '../state/register.ts';
import type { Walk } from '../walk/walk.ts';

/** process_spin_lock(). @throws Rejection */
export function useSpinLock(walk: Walk, number: number, register: Register, isLock: boolean): void {
  const { state } = walk;
  const registers = [number];
  const why = notAt(register, (register.map as BpfMap).spinLockOffset, 'bpf_spin_lock');
  if (why !== undefined) reject(lockAddress, { register: number, why }, { registers });
  if (walk.prepared.behaviours.locksHaveOwners) {
    useOwnedLock(walk, register, isLock, registers);
    return;
  }
  if (isLock) {
    // None is held here: where one is, nothing but its release is called.
    state.spinLock = register.id;
    return;
  }
  if (state.spinLock === 0) reject(unlockNothing, {}, { registers });
  if (state.spinLock !== register.id) reject(unlockOther, {}, { registers });
  state.spinLock = 0;
}

/** Since locks are known by what they lie in, too. */
function useOwnedLock({ state }: Walk, register: Register, isLock: boolean, registers: readonly number[]): void {
  if (isLock) {
    state.lockOwner = register.map;
    state.spinLock = register.id;
    return;
  }
  if (state.lockOwner === undefined) reject(unlockNothing, {}, { registers });
  if (state.lockOwner !== register.map || state.spinLock !== register.id) reject(unlockOther, {}, { registers });
  state.lockOwner = undefined;
  state.spinLock = 0;
}

/** process_timer_func(). @throws Rejection */
export function useTimer(number: number, register: Register, meta: CallMeta): void {
  const map = register.map as BpfMap;
  const why = notAt(register, map.timerOffset, 'bpf_timer');
  if (why !== undefined) reject(timerArgument, { register: number, why }, { registers: [number] });
  meta.map = map;
  meta.mapUid = register.mapUid;
}

/** Why a pointer to a map value is not that of a special field. */
function notAt(register: Register, fieldOffset: number | undefined, struct: string): string | undefined {
  const map = register.map as BpfMap;
  if (!isConstant(register.scalar)) return 'its offset is not constant';
  if (!map.hasBtf) return `map ${map.spec.name} was created without BTF`;
  if (fieldOffset === undefined) return `the value of map ${map.spec.name} has no usable struct ${struct}`;
  return constantOffset(register) === fieldOffset ? undefined : `it lies at offset ${String(fieldOffset)} of the value`;
}

const E2BIG = -7;

/** process_kptr_func(). @throws Rejection */
export function useKptr(number: number, register: Register, meta: CallMeta): void {
  const map = register.map as BpfMap;
  const name = map.spec.name;
  const registers = [number];
  if (!isConstant(register.scalar)) reject(xchgConstantOffset, { register: number }, { registers });
  if (!map.hasBtf) reject(xchgNeedsBtf, { map: name }, { registers });
  if (map.kptrs === undefined || !('slots' in map.kptrs)) {
    const errno = map.kptrs?.errno;
    const why =
      errno === undefined
        ? 'none is declared'
        : errno === E2BIG
          ? 'there are too many'
          : `its value type is refused with error ${String(errno)}`;
    const help =
      errno === undefined
        ? 'tag a member of the value as a kptr (__kptr)'
        : 'align all members to eight bytes, point kptrs to structs of the kernel that have a destructor, and keep to the limit';
    reject(xchgNoKptr, { map: name, why, help }, { registers });
  }
  meta.map = map;
  const offset = constantOffset(register);
  const slot = kptrAt(map, offset);
  if (slot === undefined) reject(xchgNotKptr, { offset, map: name }, { registers });
  if (slot.kind !== 'referenced') reject(xchgNotReferenced, { offset, map: name }, { registers });
  meta.kptr = slot;
}

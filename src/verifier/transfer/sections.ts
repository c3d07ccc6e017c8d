import type { Kfunc } from '../kernel/kfunc.ts';
import { sectionUnbalanced } from '../rules/section/unbalanced.rule.ts';
import { sleepsInSection } from '../rules/section/sleeps.rule.ts';
import { reject } from '../rules/rule.ts';
import { BYTE, byteKind } from '../state/cell.ts';
import { FLAG } from '../state/register.ts';
import { eachCell, type State } from '../state/state.ts';
import type { Walk } from '../walk/walk.ts';

const EACCES = -13;

/**
 * Read sections of RCU, and those without preemption: the part of check_kfunc_call(), kernel/bpf/verifier.c.
 *
 * @param isKernels the kfunc is of the kernel itself
 * @throws Rejection
 */
export function changeSections({ state }: Walk, { name, flags }: Kfunc, isKernels: boolean): void {
  const locks = isKernels && name === 'bpf_rcu_read_lock';
  const unlocks = isKernels && name === 'bpf_rcu_read_unlock';
  if (state.inRcu) {
    if (locks) reject(sectionUnbalanced, { kfunc: name, why: 'a read section is open' });
    if (unlocks) endRcu(state);
    else if (flags.sleepable) reject(sleepsInSection, { function: name }, { errno: EACCES });
  } else if (locks) {
    state.inRcu = true;
  } else if (unlocks) {
    reject(sectionUnbalanced, { kfunc: name, why: 'no read section is open' });
  }
  const disables = isKernels && name === 'bpf_preempt_disable';
  const enables = isKernels && name === 'bpf_preempt_enable';
  if (disables) state.preemptOff += 1;
  else if (enables && state.preemptOff === 0) reject(sectionUnbalanced, { kfunc: name, why: 'preemption is enabled' });
  else if (enables) state.preemptOff -= 1;
  else if (state.preemptOff > 0 && flags.sleepable) reject(sleepsInSection, { function: name }, { errno: EACCES });
}

/** What RCU protected may be gone from here on. */
function endRcu(state: State): void {
  state.inRcu = false;
  const untrusted = (flags: number): number => (flags & ~(FLAG.rcu | FLAG.maybeNull)) | FLAG.untrusted;
  eachCell(state, (cell) => {
    const { register } = cell;
    if ((register.flags & FLAG.rcu) !== 0) cell.register = { ...register, flags: untrusted(register.flags) };
  });
  for (const frame of state.frames) {
    for (const slot of frame.stack) {
      const { iterator } = slot;
      if (byteKind(slot, 0) !== BYTE.iterator || iterator === undefined) continue;
      if ((iterator.flags & FLAG.rcu) !== 0) slot.iterator = { ...iterator, flags: untrusted(iterator.flags) };
    }
  }
}

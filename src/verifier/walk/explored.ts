import { currentFrame } from '../state/state.ts';
import type { Walk } from './walk.ts';

/** explored_state(): where states are stored, a hash table by slot and call site of the current function. */
export function exploredIndex(walk: Walk, insn: number): number {
  const { callSite } = currentFrame(walk.state);
  return ((insn ^ callSite) >>> 0) % walk.prepared.code.length;
}

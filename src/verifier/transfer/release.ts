import { withoutReference } from '../state/references.ts';
import { eachCell } from '../state/state.ts';
import { frameOf, recordPath, unknownScalar, type Walk } from '../walk/walk.ts';

/**
 * A reference is released: all registers that hold it become numbers. release_reference(), kernel/bpf/verifier.c.
 *
 * @returns false if the function that is being executed does not hold it
 */
export function releaseById(walk: Walk, id: number): boolean {
  const frame = frameOf(walk);
  const held = frame.references.find((reference) => reference.id === id);
  if (held === undefined) return false;
  if (walk.prepared.behaviours.callbackReferences && frame.inCallback && held.callback !== frame.depth) return false;
  frame.references = withoutReference(frame.references, id) ?? frame.references;
  const unknown = unknownScalar(walk);
  eachCell(walk.state, (cell) => {
    if (cell.register.refId === id) cell.register = unknown;
  });
  recordPath(walk.state, walk.insn, walk.insn + 1, 'release', id);
  return true;
}

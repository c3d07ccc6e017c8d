import { frameOf, nextId, recordPath, type Walk } from '../walk/walk.ts';

/** A new reference, held by the function that is being executed: acquire_reference_state(). @returns its id */
export function acquire(walk: Walk, insn: number): number {
  const id = nextId(walk);
  const frame = frameOf(walk);
  const callback = walk.prepared.behaviours.callbackReferences && frame.inCallback ? frame.depth : 0;
  frame.references = [...frame.references, { id, insn, callback }];
  recordPath(walk.state, insn, insn + 1, 'acquire', id);
  return id;
}

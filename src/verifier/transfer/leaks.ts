import { nameOf } from '../../btf/btf.ts';
import { CALL } from '../../program/encoding.ts';
import { helperName } from '../kernel/helpers.ts';
import type { Reference } from '../state/references.ts';
import { frameOf, type Walk } from '../walk/walk.ts';

/** check_reference_leak(): the first reference that is held and may not be. */
export function findLeak(walk: Walk): Reference | undefined {
  const frame = frameOf(walk);
  const { callbackReferences } = walk.prepared.behaviours;
  if (callbackReferences && frame.depth > 0 && !frame.inCallback) return undefined;
  return frame.references.find(
    (reference) => !(callbackReferences && frame.inCallback && reference.callback !== frame.depth),
  );
}

/** What was acquired, for messages. */
export function describeReference(
  walk: Walk,
  { insn }: Reference,
): { readonly what: string; readonly acquired: number } {
  const { code, kfuncs, helpers } = walk.prepared;
  const kfunc = code.src[insn] === CALL.kfunc ? kfuncs[insn] : undefined;
  if (kfunc === undefined) {
    return { what: `the object from bpf_${helperName(helpers, code.imm[insn] ?? 0)}()`, acquired: insn };
  }
  return { what: `the object from ${nameOf(kfunc.btf.btf, kfunc.id)}()`, acquired: insn };
}

import type { Prepared, Subprogram } from './walk.ts';
import { CALL, CALL_OPCODE } from '../../program/encoding.ts';
import { namesFunction } from '../prepare/subprograms.ts';
import { callTooDeep } from '../rules/flow/call-depth.rule.ts';
import { stackTooLarge } from '../rules/flow/stack-size.rule.ts';
import { tailCallStackTooLarge } from '../rules/flow/tail-call-stack.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { STACK_BYTES } from '../state/frame.ts';

/** MAX_CALL_FRAMES. */
const MAX_FRAMES = 8;
const TAIL_CALL_BYTES = 256;

/**
 * All functions that call each other fit into the stack: check_max_stack_depth(), kernel/bpf/verifier.c.
 *
 * @throws Rejection if they do not
 */
export function checkStackDepth(prepared: Prepared): void {
  if (prepared.behaviours.smallStackSteps) {
    for (let index = prepared.subprograms.length - 1; index > 0; index--) {
      if (prepared.subprograms[index]?.isAsyncCallback === true) follow(prepared, index, 0, 1);
    }
    follow(prepared, 0, 0, 1);
    return;
  }
  follow(prepared, 0, 0, 1);
  if (!prepared.behaviours.asyncCallbackStacks) return;
  for (const [index, each] of prepared.subprograms.entries()) {
    if (index > 0 && each.isAsyncCallback) follow(prepared, index, 0, 1);
  }
}

/**
 * @param before bytes of the stack of its callers
 * @param frames functions that call each other, with this one
 */
function follow(prepared: Prepared, index: number, before: number, frames: number): void {
  const { subprograms, code, behaviours } = prepared;
  const current = subprograms[index];
  if (current === undefined) return;
  if (index > 0 && current.hasTailCall && before >= TAIL_CALL_BYTES) {
    reject(tailCallStackTooLarge, { bytes: before }, { insn: current.start });
  }
  const bytes = before + stackOf(prepared, current);
  if (bytes > STACK_BYTES && behaviours.smallStackSteps) refuseOwnStack(prepared);
  if (bytes > STACK_BYTES) reject(stackTooLarge, { frames, bytes }, { insn: current.start });
  for (let insn = current.start; insn < current.end; insn++) {
    if (!namesFunction(code, insn)) continue;
    const start = insn + (code.imm[insn] ?? 0) + 1;
    const callee = subprograms.findIndex((each) => each.start === start);
    const isCall = code.opcode[insn] === CALL_OPCODE && code.src[insn] === CALL.subprogram;
    // Callbacks of timers begin on a stack of their own.
    if (subprograms[callee]?.isAsyncCallback === true && !(behaviours.asyncCallbackStacks && isCall)) continue;
    if (frames >= MAX_FRAMES) reject(callTooDeep, { frames: frames + 1 }, { insn });
    follow(prepared, callee, bytes, frames + 1);
  }
}

/** round_up_stack_depth(), with JIT. */
function stackOf({ behaviours }: Prepared, { stackDepth }: Subprogram): number {
  if (behaviours.smallStackSteps) return Math.ceil(stackDepth / 16) * 16;
  return Math.ceil(Math.max(stackDepth, 1) / 32) * 32;
}

/** Program types that may get a stack of their own for each function: bpf_enable_priv_stack(). */
const MAY_OWN_STACK = new Set([
  'kprobe',
  'tracepoint',
  'perf_event',
  'raw_tracepoint',
  'raw_tracepoint_writable',
  'tracing',
  'lsm',
  'struct_ops',
]);
/** Kfuncs around which spills are taken out again, and with them stack: is_fastcall_kfunc_call(). */
const FAST = new Set(['bpf_cast_to_kern_ctx', 'bpf_rdonly_cast']);

/** Where it depends on more than the program whether its stack suffices. */
function refuseOwnStack({ program, kfuncs }: Prepared): void {
  const isFast = kfuncs.some((kfunc) => kfunc !== undefined && FAST.has(kfunc.name));
  if (isFast || MAY_OWN_STACK.has(program.progType)) throw new NotModelled('stacks of their own for functions');
}

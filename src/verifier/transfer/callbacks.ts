import { finish } from './call-helper.ts';
import { callsAgain, pushCallback } from './callback-loops.ts';
import { enterFunction } from './call-subprogram.ts';
import type { CallMeta } from './call-meta.ts';
import { noteLoop } from './inline-loops.ts';
import { findIdByName } from '../../btf/find.ts';
import { HELPER } from '../kernel/helper-ids.ts';
import type { BpfMap } from '../maps/bpf-map.ts';
import { callbackMap } from '../rules/callback/map-type.rule.ts';
import { callbackSeveralMaps } from '../rules/callback/several-maps.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { createFrame, NO_CALL_SITE, registerOf, type Frame } from '../state/frame.ts';
import { copyCell, createCell, type Cell } from '../state/cell.ts';
import { NOT_INIT, pointer } from '../state/register.ts';
import { createState } from '../state/state.ts';
import { keepPending } from '../walk/pending.ts';
import { frameOf, readRegister, recordPath, unknownScalar, type Walk } from '../walk/walk.ts';

/** Maps whose elements can be gone through: map_for_each_callback of their bpf_map_ops. */
const ITERABLE = new Set(['array', 'percpu_array', 'hash', 'percpu_hash', 'lru_hash', 'lru_percpu_hash']);

/**
 * A helper that calls a function of the program: as the verifier has it, that function is called in its place, and its
 * return is the return of the helper. __check_func_call() with set_…_callback_state(), kernel/bpf/verifier.c.
 *
 * @returns the slot that follows
 * @throws Rejection
 */
export function callBack(walk: Walk, meta: CallMeta): number {
  const { helper, subprogram } = meta;
  const caller = frameOf(walk);
  const args = callbackArguments(walk, meta);
  const start = walk.prepared.subprograms[subprogram]?.start ?? 0;
  if (helper.id === HELPER.timer_set_callback) {
    startLater(walk, subprogram, args);
    finish(walk, meta, caller);
    return walk.insn + 1;
  }
  const frame = enterFunction(walk, subprogram);
  frame.inCallback = true;
  setArguments(frame, args);
  recordPath(walk.state, walk.insn, start, 'callback');
  // What the helper returns is there already when its callback begins.
  finish(walk, meta, caller);
  return start;
}

/**
 * The same where the function is walked on a path of its own: the helper goes on after the last call.
 *
 * @throws Rejection
 */
export function callBackInLoop(walk: Walk, meta: CallMeta): void {
  const { helper, subprogram } = meta;
  if (helper.id === HELPER.timer_set_callback) {
    startLater(walk, subprogram, callbackArguments(walk, meta));
    return;
  }
  if (!callsAgain(walk, meta)) return;
  pushCallback(walk, subprogram, callbackArguments(walk, meta));
}

/** R1 to R5 of the callback. What is passed on is read where the caller got it from. */
function callbackArguments(walk: Walk, meta: CallMeta): readonly Cell[] {
  const passed = (number: number): Cell => copyCell(registerOf(frameOf(walk), number));
  switch (meta.helper.id) {
    case HELPER.for_each_map_elem: {
      const map = iterableMap(walk, meta);
      return [passed(1), createCell(pointer('map_key', { map })), createCell(pointer('map_value', { map })), passed(3)];
    }
    case HELPER.loop:
      noteLoop(walk, meta.subprogram);
      // The kernel leaves the register as it makes it, a number of which the bounds say nothing.
      return [createCell(unknownScalar(walk)), passed(3)];
    case HELPER.find_vma: {
      const { vmlinux } = walk.prepared.kernel;
      const typeId = findIdByName(vmlinux.btf, 'vm_area_struct', 'struct');
      if (typeId === undefined) throw new NotModelled("the kernel's BTF has no struct vm_area_struct");
      return [passed(1), createCell(pointer('btf', { btf: vmlinux, typeId })), passed(4)];
    }
    case HELPER.timer_set_callback: {
      const map = readRegister(walk, 1).map as BpfMap;
      return [pointer('map_ptr', { map }), pointer('map_key', { map }), pointer('map_value', { map })].map(createCell);
    }
    case HELPER.user_ringbuf_drain:
      return [createCell(pointer('dynptr')), passed(3)];
    default:
      throw new NotModelled(`the callback of bpf_${meta.helper.name}()`);
  }
}

function iterableMap(walk: Walk, meta: CallMeta): BpfMap {
  const map = meta.map as BpfMap;
  if (walk.mapUses[walk.insn] === 'several') reject(callbackSeveralMaps, {});
  if (!ITERABLE.has(map.type)) reject(callbackMap, { type: map.type });
  return map;
}

function setArguments(frame: Frame, args: readonly Cell[]): void {
  for (let index = 0; index < 5; index++) frame.registers[index + 1] = args[index] ?? createCell(NOT_INIT);
}

/** push_async_cb(): the callback of a timer begins on a stack of its own. */
function startLater(walk: Walk, subprogram: number, args: readonly Cell[]): void {
  const function_ = walk.prepared.subprograms[subprogram];
  if (function_ === undefined) return;
  function_.isAsyncCallback = true;
  const frame = createFrame(NO_CALL_SITE, 0, subprogram);
  frame.inAsyncCallback = true;
  frame.asyncEntries = frameOf(walk).asyncEntries + 1;
  setArguments(frame, args);
  const state = createState(frame);
  state.historyStart = state.historyEnd = walk.state.historyEnd;
  recordPath(state, walk.insn, function_.start, 'callback');
  keepPending(walk, state, function_.start, walk.insn);
}

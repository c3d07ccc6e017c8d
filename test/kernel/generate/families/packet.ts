import { newLabel } from '../assembler.ts';
import { CTX } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { Bytes, JumpName } from '../opcodes.ts';
import { begin } from '../pieces.ts';
import { programs } from './family.ts';

/** Comparisons of a pointer with the end, and whether they are true where the bytes before it are there. */
const CHECKS: readonly (readonly [JumpName, 'pointer-first' | 'end-first', 'jumps' | 'falls'])[] = [
  ['gt', 'pointer-first', 'falls'],
  ['le', 'pointer-first', 'jumps'],
  ['lt', 'end-first', 'falls'],
  ['ge', 'end-first', 'jumps'],
  ['ge', 'pointer-first', 'falls'],
  ['lt', 'pointer-first', 'jumps'],
  ['le', 'end-first', 'falls'],
  ['gt', 'end-first', 'jumps'],
];

/** Direct packet access. */
export const packet = programs('wide-packet', 7, (draft) => {
  const { choices } = draft;
  const xdp = choices.chance('xdp', 40);
  draft.setting = {
    prog_type: xdp ? 'xdp' : choices.pick('type', ['sched_cls', 'sched_cls', 'lwt_xmit', 'cgroup_skb', 'sk_skb']),
  };
  if (draft.setting.prog_type === 'sk_skb') draft.setting.expected_attach_type = 4;
  begin(draft);
  const [data, end, meta] = xdp ? [0, 4, 8] : [76, 80, 140];
  const from = choices.pick('from', [data, data, data], [meta, end]);
  const to = choices.pick('to', [end, end, end], [data]);
  draft.load(4, 7, CTX, from);
  draft.load(4, 8, CTX, to);
  const variable = choices.chance('variable', 35);
  if (variable) variableOffset(draft);
  const room = choices.pick('room', [8, 14, 16, 34, 9]);
  draft.mov(2, 7);
  draft.alu('add', 2, room);
  const out = newLabel();
  const there = newLabel();
  const [op, order, good] = choices.pick('check', CHECKS.slice(0, 4), CHECKS);
  const target = good === 'falls' ? out : there;
  if (order === 'pointer-first') draft.jumpReg(op, 2, 8, target, choices.pick<32 | 64>('check-bits', [64], [32]));
  else draft.jumpReg(op, 8, 2, target);
  if (good === 'jumps') draft.goto(out);
  draft.place(there);
  between(draft);
  const size = choices.pick<Bytes>('size', [1, 2, 4, 8]);
  const kfuncs = draft.setting.prog_type === 'sched_cls';
  const last = Math.max(room - size, 0);
  const off = choices.pick('off', [0, last, last], [room, last + 1, -1, room - 1]);
  switch (
    choices.pick(
      'use',
      ['load', 'load', 'store', ...(kfuncs ? ['helper'] : []), 'checked'],
      ['atomic', 'unchecked', 'helper'],
    )
  ) {
    case 'store':
      draft.storeImm(size, 7, off, 1);
      break;
    case 'checked':
      draft.load(1, 3, 7, 0);
      draft.alu('and', 3, 15);
      draft.mov(4, 7);
      draft.aluReg('add', 4, 3);
      draft.mov(5, 4);
      draft.alu('add', 5, size);
      draft.jumpReg('gt', 5, 8, out);
      draft.load(size, 3, 4, 0);
      break;
    case 'helper':
      draft.mov(1, 7);
      draft.set(2, choices.pick('length', [room, size], [room + 1]));
      draft.kfunc('bpf_kfunc_call_test_mem_len_pass1');
      break;
    case 'unchecked':
      draft.load(1, 3, 7, 0);
      draft.alu('and', 3, 15);
      draft.aluReg('add', 3, 7);
      draft.load(size, 4, 3, 0);
      break;
    case 'atomic':
      draft.set(3, 1);
      draft.atomic(4, 7, 0, 3, 0);
      break;
    default:
      draft.load(size, 3, 7, off);
  }
  draft.place(out);
});

function variableOffset(draft: Draft): void {
  const { choices } = draft;
  draft.load(4, 3, CTX, draft.setting.prog_type === 'xdp' ? 12 : 0);
  const mask = choices.pick('mask', [15, 255, 0xfff, 0x7fff], [-1, 0x1ffff, 0xffff]);
  if (mask !== -1) draft.alu('and', 3, mask);
  if (mask < 0x1000 && choices.chance('shifted', 30)) draft.alu('lsh', 3, 2);
  if (choices.chance('reversed', 20)) {
    draft.aluReg('add', 3, 7);
    draft.mov(7, 3);
  } else draft.aluReg('add', 7, 3);
}

/** What may come between the check and the use, and spoils it or not. */
function between(draft: Draft): void {
  const { choices } = draft;
  switch (
    choices.pick('between', ['nothing', 'nothing', 'clock', 'spill'], ['pull', 'moves', 'other-copy', 'kfunc', 'sub'])
  ) {
    case 'clock': {
      draft.helper('ktime_get_ns');
      return;
    }
    case 'spill':
      draft.store(8, 10, -8, 7);
      {
        draft.load(8, 7, 10, -8);
        return;
      }
    case 'pull':
      draft.mov(1, CTX);
      draft.set(2, 0);
      {
        draft.helper(draft.setting.prog_type === 'xdp' ? 'xdp_adjust_head' : 'skb_pull_data');
        return;
      }
    case 'moves': {
      draft.alu('add', 7, choices.pick('move', [1, 4, -4]));
      return;
    }
    case 'other-copy':
      draft.mov(3, 7);
      draft.alu('add', 3, 4);
      {
        draft.mov(7, 3);
        return;
      }
    case 'kfunc': {
      draft.kfunc('bpf_kfunc_call_memb_acquire');
      return;
    }
    case 'sub':
      draft.mov(1, 7);
      {
        draft.sub(
          draft.function(() => {
            draft.load(1, 0, 1, 0);
            draft.exit();
          }),
        );
        return;
      }
    default:
  }
}

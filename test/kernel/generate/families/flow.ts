import { newLabel } from '../assembler.ts';
import { CTX, FP } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { begin, lookup, mapOf, noise, zeroed } from '../pieces.ts';
import { acquire, releaseR1 } from '../references.ts';
import { programs } from './family.ts';

const SHAPES = [
  'loop',
  'loop',
  'unknown-loop',
  'nested',
  'dead',
  'branches',
  'branches',
  'states',
  'calls',
  'recursion',
  'unreachable',
  'fall-out',
  'infinite',
  'entry',
  'dead-kfunc',
  'deep',
  'prune',
  'prune',
  'map-loop',
  'global-value',
] as const;

/** Loops, dead code, joins, calls: what is walked, and what is pruned. */
export const flow = programs('wide-flow', 9, (draft) => {
  begin(draft);
  noise(draft, 30);
  shape(draft, draft.choices.pick('shape', SHAPES));
});

function shape(draft: Draft, name: (typeof SHAPES)[number]): void {
  const { choices } = draft;
  const [head, end] = [newLabel(), newLabel()];
  switch (name) {
    case 'loop': {
      const up = choices.chance('up', 50);
      const bits = choices.pick<32 | 64>('bits', [64, 64, 32]);
      draft.set(7, up ? 0 : choices.int('rounds', 1, 20));
      draft.place(head);
      if (choices.chance('noise-in', 40)) noise(draft, 100);
      draft.alu(up ? 'add' : 'sub', 7, choices.pick('by', [1, 2, 3]), bits);
      if (up)
        draft.jump(choices.pick('up-while', ['lt', 'le', 'ne', 'slt']), 7, choices.int('limit', 4, 24), head, bits);
      else
        draft.jump(
          choices.pick('down-while', ['ne', 'gt', 'sgt', 'sge']),
          7,
          choices.pick('down-limit', [0, 1]),
          head,
          bits,
        );
      return;
    }
    case 'unknown-loop': {
      draft.load(4, 7, CTX, 0);
      if (choices.chance('bounded', 60)) draft.alu('and', 7, 15);
      draft.set(8, 0);
      draft.place(head);
      draft.jumpReg(choices.pick('leave', ['ge', 'eq', 'gt']), 8, 7, end);
      draft.alu('add', 8, 1);
      draft.jump('lt', 8, choices.int('most', 2, 30), head);
      draft.place(end);
      return;
    }
    case 'nested': {
      const inner = newLabel();
      draft.set(7, choices.int('outer', 2, 5));
      draft.place(head);
      draft.set(8, choices.int('inner', 2, 5));
      draft.place(inner);
      draft.alu('sub', 8, 1);
      draft.jump('ne', 8, 0, inner);
      draft.alu('sub', 7, 1);
      draft.jump('ne', 7, 0, head);
      return;
    }
    case 'dead': {
      draft.set(7, choices.pick('constant', [1, 0, 5]));
      draft.jump(choices.pick('dead-op', ['eq', 'ne', 'gt', 'slt']), 7, choices.pick('against', [1, 0, 5]), end);
      if (choices.chance('bad', 60)) draft.load(8, 3, 7, 0);
      draft.place(end);
      return;
    }
    case 'branches': {
      correlated(draft);
      return;
    }
    case 'states':
    case 'prune': {
      prune(draft);
      return;
    }
    case 'calls': {
      const depth = choices.pick('depth', [1, 2, 3, 7, 8, 9]);
      let target = draft.function(() => {
        draft.set(0, 0);
        draft.exit();
      });
      for (let level = 1; level < depth; level++) {
        const next = target;
        target = draft.function(() => {
          if (choices.chance('uses-stack', 30)) draft.storeImm(8, FP, -choices.pick('frame', [8, 64, 128, 256]), 0);
          draft.sub(next);
          draft.exit();
        });
      }
      draft.sub(target);
      return;
    }
    case 'recursion': {
      const self = draft.function(() => {
        draft.load(4, 2, 1, 0);
        draft.jump('eq', 2, 0, end);
        draft.sub(self);
        draft.place(end);
        draft.set(0, 0);
        draft.exit();
      });
      draft.mov(1, CTX);
      draft.sub(self);
      return;
    }
    case 'unreachable':
      draft.goto(end);
      draft.set(3, 0);
      {
        draft.place(end);
        return;
      }
    case 'fall-out':
      draft.load(4, 2, CTX, 0);
      draft.jump('gt', 2, 3, end);
      draft.set(0, 0);
      draft.exit();
      draft.place(end);
      if (choices.chance('jump-out', 30)) draft.raw(5, 0, 0, 200, 0);
      return;
    case 'infinite':
      draft.set(7, 0);
      draft.place(head);
      if (choices.chance('changes', 50)) draft.alu('xor', 7, 1);
      draft.load(4, 2, CTX, 0);
      draft.jump('eq', 2, 7, head);
      {
        draft.jump('ne', 2, 0, head);
        return;
      }
    case 'entry':
      // A jump back to the first instruction.
      draft.place(head);
      draft.load(4, 2, CTX, 0);
      draft.jump('eq', 2, 100, head);
      return;
    case 'dead-kfunc':
      draft.set(7, 0);
      draft.jump('eq', 7, 0, end);
      draft.set(1, 1);
      draft.kfunc(choices.pick('dead-call', ['bpf_fentry_test1', 'bpf_kfunc_call_test_release', 'dctcp_init']));
      {
        draft.place(end);
        return;
      }
    case 'deep': {
      const bytes = choices.pick('bytes', [256, 512, 264]);
      const label = draft.function(() => {
        draft.storeImm(8, FP, -bytes, 0);
        draft.set(0, 0);
        draft.exit();
      });
      draft.storeImm(8, FP, -choices.pick('own', [8, 256, 248, 512]), 0);
      draft.sub(label);
      return;
    }
    case 'map-loop': {
      const map = draft.addMap(mapOf('array', 64, null));
      lookup(draft, map);
      draft.jump('eq', 0, 0, end);
      draft.mov(7, 0);
      draft.set(8, 0);
      draft.place(head);
      draft.mov(2, 7);
      draft.aluReg('add', 2, 8);
      draft.load(1, 3, 2, choices.pick('plus', [0, 0, 32]));
      draft.alu('add', 8, choices.pick('stride', [1, 4, 8]));
      draft.jump('lt', 8, choices.pick('until', [32, 64, 65, 61]), head);
      draft.place(end);
      return;
    }
    case 'global-value': {
      const map = draft.addMap({ ...mapOf('array', 16, null), map_flags: choices.pick('flags', [0, 0x80, 0x100]) });
      draft.mapValue(7, map, choices.pick('value-off', [0, 8, 15, 16]));
      if (choices.chance('write', 40)) draft.storeImm(1, 7, 0, 1);
      else draft.load(choices.pick('read-size', [1, 8]), 3, 7, 0);
      return;
    }
  }
}

/** Two branches on the same number: what the first says holds at the second. */
function correlated(draft: Draft): void {
  const { choices } = draft;
  const [skip, end] = [newLabel(), newLabel()];
  draft.load(4, 7, CTX, 0);
  draft.set(8, 0);
  draft.jump(
    choices.pick('first', ['gt', 'lt', 'eq', 'set']),
    7,
    choices.pick('first-limit', [10, 8, 1]),
    skip,
    choices.pick<32 | 64>('bits', [64, 32]),
  );
  acquire(draft, 'memb');
  draft.mov(8, 0);
  draft.place(skip);
  if (choices.chance('noise', 50)) noise(draft, 100);
  if (choices.chance('condition', 40))
    draft.jump(choices.pick('second', ['gt', 'lt', 'eq', 'set']), 7, choices.pick('second-limit', [10, 8, 1]), end);
  draft.jump('eq', 8, 0, end);
  draft.mov(1, 8);
  releaseR1(draft, 'memb');
  draft.place(end);
}

/** Paths that join with states that differ a little; on one of them the end is wrong. */
function prune(draft: Draft): void {
  const { choices } = draft;
  const off = zeroed(draft, 32);
  draft.set(7, choices.pick('start', [0, 4, 8]));
  for (let count = choices.int('joins', 1, 4); count > 0; count--) {
    const end = newLabel();
    draft.helper('get_prandom_u32');
    draft.jump(
      choices.pick('join', ['gt', 'eq', 'slt', 'set']),
      0,
      choices.pick('join-limit', [5, 100, 1]),
      end,
      choices.pick<32 | 64>('bits', [64, 64, 32]),
    );
    switch (choices.pick('change', ['set', 'add', 'pointer', 'stack', 'unset', 'and', 'spill'])) {
      case 'set':
        draft.set(7, choices.pick('set', [0, 8, 16, 32]));
        break;
      case 'add':
        draft.alu('add', 7, choices.pick('add', [1, 4, 8]));
        break;
      case 'pointer':
        draft.mov(8, choices.pick('pointer', [FP, CTX]));
        break;
      case 'stack':
        draft.storeImm(8, FP, off, choices.pick('stored', [0, 1, 16]));
        break;
      case 'and':
        draft.mov(7, 0);
        draft.alu('and', 7, 15);
        break;
      case 'spill':
        draft.store(8, FP, off + 8, choices.pick('spilled', [7, CTX]));
        break;
      default:
        draft.set(9, 1);
    }
    draft.place(end);
  }
  switch (choices.pick('end', ['offset', 'size', 'loaded', 'register', 'compare', 'nothing'])) {
    case 'offset':
      draft.address(1, off);
      draft.aluReg('add', 1, 7);
      {
        draft.load(1, 3, 1, 0);
        return;
      }
    case 'size':
      draft.address(1, off);
      draft.mov(2, 7);
      {
        draft.kfunc('bpf_kfunc_call_test_mem_len_pass1');
        return;
      }
    case 'loaded':
      draft.load(8, 3, FP, off + choices.pick('from', [0, 8]));
      draft.address(1, off);
      draft.aluReg('add', 1, 3);
      {
        draft.load(1, 3, 1, 0);
        return;
      }
    case 'register': {
      draft.mov(3, choices.pick('read', [8, 9, 7]));
      return;
    }
    case 'compare': {
      const end = newLabel();
      draft.jump('lt', 7, choices.pick('bound', [9, 32, 33]), end);
      draft.load(8, 3, 7, 0);
      draft.place(end);
      return;
    }
    default:
  }
}

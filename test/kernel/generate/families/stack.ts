import { newLabel } from '../assembler.ts';
import { CTX, FP } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { Bytes } from '../opcodes.ts';
import { begin, ifThere, lookup, mapOf } from '../pieces.ts';
import { withReference } from '../references.ts';
import { programs } from './family.ts';

const BYTES: readonly Bytes[] = [8, 8, 8, 4, 2, 1];
/** The stretch of stack that is worked on. */
const LOW = -64;

/** Stores, spills and fills of every size over each other, then reads. */
export const stack = programs('wide-stack', 9, (draft) => {
  const { choices } = draft;
  begin(draft);
  draft.stack(64);
  if (choices.chance('cleared', 75))
    for (let at = LOW; at < 0; at += 8) draft.storeImm(8, FP, at, choices.pick('cleared-to', [0, 0, -1, 5]));
  const values = (): void => {
    for (let steps = choices.int('steps', 2, 8); steps > 0; steps--) step(draft);
  };
  switch (choices.pick('with', ['nothing', 'nothing', 'map', 'reference', 'number'])) {
    case 'map':
      lookup(draft, draft.addMap(mapOf('array', 16, null)));
      {
        ifThere(draft, (value) => {
          draft.get(7, value);
          values();
        });
        return;
      }
    case 'reference': {
      withReference(draft, 'test', () => {
        values();
        return 'held';
      });
      return;
    }
    case 'number':
      draft.keepRegister();
      draft.load(4, 7, CTX, 0);
      if (choices.chance('bounded', 50)) draft.alu('and', 7, 15);
      {
        values();
        return;
      }
    default:
      draft.keepRegister();
      draft.set(7, choices.pick('constant', [0, 1, -1, 255]));
      {
        values();
        return;
      }
  }
});

function step(draft: Draft): void {
  const { choices } = draft;
  const size = choices.pick('size', BYTES);
  const aligned = LOW + 8 * choices.int('eighth', 0, 7);
  const off =
    aligned +
    (choices.chance('inside', 35) ? size * choices.int('inner', 0, 8 / size - 1) : 0) +
    (choices.chance('odd', 2) ? 1 : 0);
  switch (
    choices.pick('action', [
      'spill',
      'spill',
      'immediate',
      'immediate',
      'fill',
      'fill',
      'fill-use',
      'clear',
      'helper',
      'variable',
      'atomic',
      'out',
      'memory',
      'compare',
      'branch',
    ])
  ) {
    case 'spill': {
      spill(draft, size, off, aligned);
      return;
    }
    case 'immediate': {
      draft.storeImm(size, FP, off, choices.pick('immediate', [0, 0, 1, -1]));
      return;
    }
    case 'fill': {
      draft.load(size, choices.pick('into', [2, 3, 4]), FP, off);
      return;
    }
    case 'fill-use':
      draft.load(8, 2, FP, aligned);
      {
        draft.load(4, 3, 2, choices.pick('field', [0, 4]));
        return;
      }
    case 'clear':
      for (let at = LOW; at < 0; at += 8) draft.storeImm(8, FP, at, 0);
      return;
    case 'helper':
      draft.address(1, aligned);
      draft.set(2, choices.pick('length', [8, 4, 16, 1]));
      {
        draft.kfunc('bpf_kfunc_call_test_mem_len_pass1');
        return;
      }
    case 'variable': {
      draft.load(4, 2, CTX, 0);
      draft.alu('and', 2, choices.pick('mask', [8, 24, 7, 56]));
      draft.address(1, LOW);
      draft.aluReg('add', 1, 2);
      if (choices.chance('variable-store', 50)) {
        draft.storeImm(size, 1, 0, 0);
        return;
      }
      draft.load(size, 3, 1, 0);
      return;
    }
    case 'atomic':
      draft.set(3, 1);
      {
        draft.atomic(
          choices.pick('atomic-size', [4, 8]),
          FP,
          aligned,
          3,
          choices.pick('atomic', [0, 1, 0x50, 0xe1, 0xf1]),
        );
        return;
      }
    case 'out': {
      draft.load(size, 3, FP, choices.pick('out', [-8, -8, -8, 0, -512, -520, 8, -516]));
      return;
    }
    case 'memory': {
      const map = draft.addMap(mapOf('hash', 16, null));
      draft.map(1, map);
      draft.address(2, off);
      draft.address(3, choices.pick('value', [LOW, LOW + 16, LOW + 40]));
      draft.set(4, 0);
      draft.helper('map_update_elem');
      return;
    }
    case 'compare': {
      const end = newLabel();
      draft.load(8, 2, FP, aligned);
      draft.jump(choices.pick('op', ['eq', 'ne', 'gt', 'slt']), 2, choices.pick('against', [0, 1, 16]), end);
      draft.storeImm(8, FP, aligned, 0);
      draft.place(end);
      return;
    }
    default: {
      const end = newLabel();
      draft.load(4, 2, CTX, 0);
      draft.jump('gt', 2, 10, end);
      draft.store(size, FP, off, choices.pick('on-branch', [7, 2, CTX]));
      draft.place(end);
      return;
    }
  }
}

/** Numbers go in every size, pointers mostly whole. */
function spill(draft: Draft, size: Bytes, off: number, aligned: number): void {
  const { choices } = draft;
  const register = choices.pick('spilled', [7, 7, 7, CTX, FP]);
  if (register !== 7 && choices.chance('whole', 85)) {
    draft.store(8, FP, aligned, register);
    return;
  }
  draft.store(size, FP, off, register);
}

import { newLabel } from '../assembler.ts';
import { CTX, FP } from '../draft.ts';
import type { Bytes } from '../opcodes.ts';
import { begin } from '../pieces.ts';
import { programs } from './family.ts';

/** Opcodes that are none, reserved fields that are used, registers that are none; and rare instructions that are right. */
export const encoding = programs('wide-encoding', 4, (draft) => {
  const { choices } = draft;
  begin(draft);
  draft.set(2, 5);
  draft.set(3, 3);
  draft.storeImm(8, FP, -8, 0);
  const opcode = choices.int('opcode', 0, 255);
  const size = choices.pick('end-size', [16, 32, 64], [8, 0, 24]);
  switch (
    choices.pick('what', [
      'swap',
      'negate',
      'atomic',
      'zero-extend',
      'divide',
      'any',
      'any',
      'reserved',
      'wide',
      'register',
      'call',
      'shift',
      'map',
    ])
  ) {
    case 'swap':
      draft.raw(0xd4 | choices.pick('to', [0, 8]), 2, choices.pick('end-src', [0], [1]), 0, size);
      break;
    case 'negate':
      draft.raw(
        choices.pick('neg', [0x84, 0x87], [0x8c, 0x8f]),
        2,
        choices.pick('neg-src', [0], [3]),
        0,
        choices.pick('neg-imm', [0], [1]),
      );
      break;
    case 'atomic': {
      const wide = choices.pick<Bytes>('wide', [8, 4], [1, 2]);
      draft.atomic(
        wide,
        FP,
        -8,
        choices.pick('atomic-src', [2, 3], [CTX, FP]),
        choices.pick('operation', [0, 1, 0x40, 0x50, 0xa0, 0xa1, 0xe1, 0xf1], [0x10, 2, 0xe0, 0xf0]),
      );
      break;
    }
    case 'zero-extend':
      draft.aluReg('mov', 2, choices.pick('extended', [2, 3], [CTX, FP]), 32);
      break;
    case 'divide':
      draft.alu(
        choices.pick('div', ['div', 'mod']),
        2,
        choices.pick('by', [2, 1, -1], [0]),
        choices.pick<32 | 64>('div-bits', [32, 64]),
      );
      break;
    case 'shift':
      draft.alu(
        choices.pick('shift', ['lsh', 'rsh', 'arsh']),
        2,
        choices.pick('shift-by', [0, 1, 31], [32, 63, 64, -1]),
        choices.pick<32 | 64>('shift-bits', [32, 64]),
      );
      break;
    case 'reserved': {
      const off = choices.pick('reserved-off', [0], [1, -1]);
      draft.raw(
        choices.pick('reserved-op', [0x07, 0x0f, 0xb7, 0xbf, 0x0c]),
        2,
        choices.pick('reserved-src', [3]),
        off,
        choices.pick('reserved-imm', [0], [7]),
      );
      break;
    }
    case 'wide':
      draft.raw(0x18, 2, choices.pick('wide-src', [0], [3, 5, 6, 7, 15]), choices.pick('wide-off', [0], [1]), 1);
      draft.raw(choices.pick('second-op', [0], [1]), choices.pick('second-dst', [0], [2]), 0, 0, 2);
      break;
    case 'register':
      draft.raw(0xbf, choices.pick('dst', [4, 5], [FP, 11, 15]), choices.pick('src', [2, FP, CTX], [11, 12, 5]));
      break;
    case 'call':
      draft.raw(
        0x85,
        choices.pick('call-dst', [0], [1]),
        choices.pick('call-src', [0], [3]),
        choices.pick('call-off', [0], [1]),
        choices.pick('call', [5, 7, 8], [0, 1000, 211, -1]),
      );
      break;
    case 'map': {
      const map = draft.addMap({
        type: 'array',
        key_size: 4,
        value_size: 16,
        max_entries: 1,
        map_flags: 0,
        value_type: null,
      });
      draft.map(2, map);
      const second = draft.slots.at(-1);
      if (second !== undefined) second.imm = choices.pick('map-high', [0], [8]);
      break;
    }
    default: {
      const end = newLabel();
      const slot = draft.raw(
        opcode,
        choices.pick('any-dst', [2, 3, 0]),
        choices.pick('any-src', [0, 3]),
        0,
        choices.pick('any-imm', [0, 1, 8]),
      );
      if ((opcode & 7) === 5 && opcode !== 0x85 && opcode !== 0x95) slot.target = end;
      draft.place(end);
    }
  }
});

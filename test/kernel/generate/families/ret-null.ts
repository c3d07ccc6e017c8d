import { newLabel } from '../assembler.ts';
import { CTX } from '../draft.ts';
import type { Draft, Place } from '../draft.ts';
import { begin, lookup, noise, plainMap } from '../pieces.ts';
import { acquire, FIELDS, heldWhile, POINTEE, releaseR1, use, withReference } from '../references.ts';
import type { ReferenceKind } from '../references.ts';
import { programs } from './family.ts';

const KINDS = ['test', 'test', 'test', 'memb', 'ct', 'ringbuf', 'sk_tcp', 'skc_tcp'] as const;

const GOOD = ['plain', 'copy', 'twice', 'spilled', 'inverted', 'map', 'kptr-get', 'pass', 'scalar'] as const;
const BAD = [
  'in-register',
  'before',
  'other-value',
  'branch',
  'unchecked-copy',
  'release-unchecked',
  'offset-then-check',
  'check-in-32',
  'greater',
  'signed',
  'set',
  'spilled-before',
  'null-side',
  'twice-same',
  'two-results',
  'zero-side-release',
  'overwritten',
  'reload',
  'with-pointer',
  'with-itself',
  'less-than-one',
] as const;

/** NULL checks: what counts as one, and for which copies. */
export const retNull = programs('ret-null', 9, (draft) => {
  begin(draft);
  noise(draft);
  const kind = draft.choices.pick('kind', KINDS);
  check(draft, kind, draft.choices.pick('how', GOOD, BAD));
});

function check(draft: Draft, kind: ReferenceKind, how: (typeof GOOD)[number] | (typeof BAD)[number]): void {
  const { choices } = draft;
  const end = newLabel();
  const fields = FIELDS[POINTEE[kind]] ?? [];
  const [size, off] = choices.pick('field', fields);
  if (how === 'map') {
    map(draft);
    return;
  }
  if (how === 'kptr-get') {
    withReference(draft, 'kptr_get', (reference) => {
      use(draft, reference);
      return 'held';
    });
    return;
  }
  acquire(draft, kind);
  if (how === 'plain') {
    heldWhile(draft, kind, (reference) => {
      use(draft, reference);
      return 'held';
    });
    return;
  }
  const place = { reg: draft.keepRegister() ?? 7 };
  const finish = (): void => {
    give(draft, kind, place);
    draft.place(end);
  };
  draft.mov(place.reg, 0);
  switch (how) {
    case 'copy':
      draft.mov(3, place.reg);
      draft.mov(4, 3);
      draft.jump('eq', 4, 0, end);
      draft.load(size, 2, 3, off);
      {
        finish();
        return;
      }
    case 'twice':
      draft.jump('eq', place.reg, 0, end);
      draft.jump('eq', place.reg, choices.pick('second-against', [0, 1]), end);
      draft.load(size, 2, place.reg, off);
      {
        finish();
        return;
      }
    case 'spilled': {
      const slot = draft.stack(8);
      draft.store(8, 10, slot, 0);
      draft.load(8, 3, 10, slot);
      draft.jump('eq', 3, 0, end);
      draft.load(size, 2, place.reg, off);
      draft.load(8, 4, 10, slot);
      draft.load(size, 2, 4, off);
      finish();
      return;
    }
    case 'in-register':
      draft.set(2, 0);
      if (choices.chance('zero-left', 30)) draft.jumpReg('eq', 2, place.reg, end);
      else draft.jumpReg('eq', place.reg, 2, end);
      draft.load(size, 2, place.reg, off);
      {
        finish();
        return;
      }
    case 'inverted': {
      const there = newLabel();
      draft.jump('ne', place.reg, 0, there);
      if (choices.chance('use-null', 50)) {
        draft.mov(2, place.reg);
        draft.alu('add', 2, 1);
      }
      draft.goto(end);
      draft.place(there);
      finish();
      return;
    }
    case 'pass': {
      const second = draft.keepRegister() ?? 8;
      draft.jump('eq', place.reg, 0, end);
      draft.kfunc('bpf_kfunc_call_memb_acquire');
      draft.mov(second, 0);
      give(draft, kind, place);
      draft.jump('eq', second, 0, end);
      draft.mov(1, second);
      draft.kfunc('bpf_kfunc_call_memb_release');
      draft.place(end);
      return;
    }
    case 'scalar':
      draft.jump('ne', place.reg, 0, end);
      draft.mov(0, place.reg);
      draft.alu('add', 0, 1);
      draft.exit();
      draft.place(end);
      {
        give(draft, kind, place);
        return;
      }
    case 'before':
      draft.load(size, 2, place.reg, off);
      draft.jump('eq', place.reg, 0, end);
      {
        finish();
        return;
      }
    case 'other-value':
      draft.jump('eq', place.reg, choices.pick('against', [-1, 1, 8]), end);
      draft.load(size, 2, place.reg, off);
      {
        finish();
        return;
      }
    case 'branch': {
      const unchecked = newLabel();
      draft.load(4, 2, CTX, 0);
      draft.jump('gt', 2, 9, unchecked);
      draft.jump('eq', place.reg, 0, end);
      draft.place(unchecked);
      draft.load(size, 2, place.reg, off);
      finish();
      return;
    }
    case 'unchecked-copy':
      draft.mov(3, place.reg);
      draft.alu('add', 3, 0);
      draft.jump('eq', place.reg, 0, end);
      draft.load(size, 2, 3, off);
      {
        finish();
        return;
      }
    case 'release-unchecked': {
      give(draft, kind, place);
      return;
    }
    case 'offset-then-check':
      draft.alu('add', place.reg, 4);
      draft.jump('eq', place.reg, 0, end);
      {
        finish();
        return;
      }
    case 'check-in-32':
      draft.jump('eq', place.reg, 0, end, 32);
      {
        finish();
        return;
      }
    case 'greater':
    case 'signed':
    case 'set': {
      const there = newLabel();
      draft.jump(how === 'greater' ? 'gt' : how === 'signed' ? 'sgt' : 'set', place.reg, how === 'set' ? -1 : 0, there);
      draft.goto(end);
      draft.place(there);
      finish();
      return;
    }
    case 'less-than-one':
      draft.jump('lt', place.reg, 1, end);
      {
        finish();
        return;
      }
    case 'spilled-before': {
      const slot = draft.stack(8);
      draft.store(8, 10, slot, place.reg);
      draft.load(8, 3, 10, slot);
      draft.load(4, 2, 3, off);
      draft.jump('eq', place.reg, 0, end);
      finish();
      return;
    }
    case 'null-side': {
      const there = newLabel();
      draft.jump('ne', place.reg, 0, there);
      draft.load(4, 2, place.reg, off);
      draft.goto(end);
      draft.place(there);
      finish();
      return;
    }
    case 'twice-same':
      acquire(draft, 'memb');
      draft.jump('eq', 0, 0, end);
      draft.load(4, 2, place.reg, off);
      {
        finish();
        return;
      }
    case 'two-results': {
      const second = draft.keepRegister() ?? 8;
      acquire(draft, kind);
      draft.mov(second, 0);
      draft.jump('eq', place.reg, 0, end);
      give(draft, kind, { reg: second });
      finish();
      return;
    }
    case 'zero-side-release': {
      const there = newLabel();
      draft.jump('ne', place.reg, 0, there);
      give(draft, kind, place);
      draft.goto(end);
      draft.place(there);
      finish();
      return;
    }
    case 'overwritten':
      draft.jump('eq', 0, 0, end);
      draft.set(place.reg, 0);
      {
        finish();
        return;
      }
    case 'reload': {
      const slot = draft.stack(8);
      draft.store(8, 10, slot, place.reg);
      draft.storeImm(1, 10, slot + choices.pick('byte', [0, 3, 7]), 0);
      draft.jump('eq', place.reg, 0, end);
      draft.load(8, 2, 10, slot);
      draft.load(4, 3, 2, off);
      finish();
      return;
    }
    case 'with-pointer':
      draft.jumpReg('eq', place.reg, choices.pick('pointer', [6, 10]), end);
      {
        finish();
        return;
      }
    case 'with-itself':
      draft.mov(2, place.reg);
      draft.jumpReg('ne', place.reg, 2, end);
      {
        finish();
        return;
      }
  }
}

function give(draft: Draft, kind: ReferenceKind, place: Place): void {
  draft.get(1, place);
  releaseR1(draft, kind);
}

/** Copies of a map value that may be NULL share the check, those with an offset cannot be made. */
function map(draft: Draft): void {
  const end = newLabel();
  lookup(draft, plainMap(draft, 16).map);
  draft.mov(7, 0);
  draft.mov(2, 0);
  if (draft.choices.pick('map-add', [false], [true])) draft.alu('add', 2, 4);
  draft.jump('eq', draft.choices.pick('map-check', [7, 0, 2]), 0, end);
  draft.load(4, 3, 2, 0);
  draft.storeImm(8, 7, 8, 1);
  draft.load(4, 3, 0, 12);
  draft.place(end);
}

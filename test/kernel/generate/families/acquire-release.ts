import { newLabel } from '../assembler.ts';
import { CTX } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { begin, ifThere, lookup, noise, typedMap } from '../pieces.ts';
import { acquire, FIELDS, gone, ODD_FIELDS, POINTEE, release, releaseR1, use, withReference } from '../references.ts';
import type { Reference, ReferenceKind } from '../references.ts';
import { programs } from './family.ts';

const KINDS: readonly ReferenceKind[] = ['test', 'test', 'test', 'memb', 'memb', 'ct', 'kptr_get', 'xchg'];

export const acquireRelease = programs('acquire-release', 12, (draft) => {
  begin(draft);
  noise(draft);
  if (draft.choices.chance('absolute-before', 5)) draft.abs(1, 0);
  nest(draft, draft.choices.pick('depth', [1, 1, 1, 2, 2, 3]));
});

function nest(draft: Draft, depth: number): void {
  withReference(draft, draft.choices.pick('kind', KINDS), (reference) => {
    if (depth > 1) {
      if (draft.choices.chance('noise-between', 50)) noise(draft);
      nest(draft, depth - 1);
      return 'held';
    }
    return treat(draft, reference, draft.choices.pick('how', ALLOWED, FORBIDDEN));
  });
}

const ALLOWED = [
  'plain',
  'plain',
  'branches',
  'loop',
  'spilled',
  'late',
  'lock',
  'correlated',
  'swap',
  'compare',
] as const;

const FORBIDDEN = [
  'leak',
  'leak-branch',
  'exit-early',
  'double',
  'double-spilled',
  'after',
  'after-spilled',
  'offset',
  'negative-offset',
  'other-kfunc',
  'tail-call',
  'absolute',
  'under-lock',
  'acquire-under-lock',
  'loop-double',
  'loop-leak',
  'odd-field',
  'write',
  'overwrite',
  'scalar',
  'context',
  'arithmetic',
  'variable',
  'atomic',
  'store-in-context',
  'return',
  'half-spill',
  'exchange-context',
  'subtract',
] as const;

export type Treatment = (typeof ALLOWED)[number] | (typeof FORBIDDEN)[number];

/** What is done with a reference; some of it is allowed. */
export function treat(draft: Draft, reference: Reference, how: Treatment): 'held' | 'gone' {
  const { choices } = draft;
  const { kind, place } = reference;
  const skip = newLabel();
  switch (how) {
    case 'plain':
      use(draft, reference);
      return 'held';
    case 'branches': {
      const other = newLabel();
      draft.load(4, 2, CTX, 0);
      draft.jump(choices.pick('branch', ['gt', 'eq', 'set', 'sle']), 2, 100, other);
      reference.give();
      draft.goto(skip);
      draft.place(other);
      if (choices.chance('use-there', 50)) use(draft, reference);
      release(draft, reference);
      draft.place(skip);
      return 'gone';
    }
    case 'loop':
    case 'loop-double':
    case 'loop-leak':
      return loop(draft, reference, how);
    case 'spilled': {
      const off = draft.stack(8);
      draft.store(8, 10, off, draft.at(place, 1));
      if (choices.chance('noise-spilled', 50)) noise(draft, 100);
      draft.load(8, 1, 10, off);
      releaseR1(draft, kind);
      gone(draft, reference);
      return 'gone';
    }
    case 'late':
      for (let count = choices.int('late', 1, 3); count > 0; count--) noise(draft, 100);
      return 'held';
    case 'lock':
    case 'under-lock':
    case 'acquire-under-lock':
      locked(draft, reference, how);
      return 'held';
    case 'correlated': {
      const where = draft.keepRegister();
      if (where === undefined) return 'held';
      draft.load(4, where, CTX, 0);
      draft.jump('lt', where, 100, skip);
      use(draft, reference);
      draft.place(skip);
      const end = newLabel();
      draft.jump(choices.pick('second', ['lt', 'ge']), where, 100, end);
      draft.set(3, 0);
      draft.place(end);
      return 'held';
    }
    case 'swap':
      draft.get(2, place);
      draft.mov(1, 2);
      releaseR1(draft, kind);
      gone(draft, reference);
      return 'gone';
    case 'compare':
      draft.get(1, place);
      draft.get(2, place);
      draft.jumpReg('eq', 1, 2, skip);
      draft.set(3, 0);
      draft.place(skip);
      return 'held';
    case 'leak':
      gone(draft, reference);
      return 'gone';
    case 'leak-branch':
      draft.load(4, 2, CTX, 0);
      draft.jump('gt', 2, 100, skip);
      reference.give();
      draft.place(skip);
      gone(draft, reference);
      return 'gone';
    case 'exit-early':
      draft.load(4, 2, CTX, 0);
      draft.jump('gt', 2, 100, skip);
      draft.set(0, 0);
      draft.exit();
      draft.place(skip);
      return 'held';
    case 'double':
      reference.give();
      return 'held';
    case 'double-spilled': {
      const off = draft.stack(8);
      draft.store(8, 10, off, draft.at(place, 1));
      reference.give();
      draft.load(8, 1, 10, off);
      releaseR1(draft, kind);
      gone(draft, reference);
      return 'gone';
    }
    case 'after':
      release(draft, reference);
      draft.load(4, 2, draft.at(place, 1), FIELDS[POINTEE[kind]]?.[0]?.[1] ?? 0);
      return 'gone';
    case 'after-spilled': {
      const off = draft.stack(8);
      draft.store(8, 10, off, draft.at(place, 1));
      release(draft, reference);
      draft.load(8, 1, 10, off);
      draft.load(4, 2, 1, 0);
      return 'gone';
    }
    case 'offset':
    case 'negative-offset':
      draft.get(1, place);
      draft.alu('add', 1, how === 'offset' ? choices.pick('offset', [1, 4, 8, 16]) : -8);
      releaseR1(draft, kind);
      gone(draft, reference);
      return 'gone';
    case 'other-kfunc':
      draft.get(1, place);
      draft.kfunc(choices.pick('other', OTHER_RELEASE[POINTEE[kind]] ?? ['bpf_ct_release']));
      gone(draft, reference);
      return 'gone';
    case 'tail-call':
      draft.mov(1, CTX);
      draft.map(2, progArray(draft));
      draft.set(3, 0);
      draft.helper('tail_call');
      return 'held';
    case 'absolute':
      if (choices.chance('indirect', 20)) {
        draft.set(2, 4);
        draft.ind(4, 2, 0);
      } else draft.abs(choices.pick('absolute-size', [1, 2, 4]), 0);
      return 'held';
    case 'odd-field': {
      const [size, off] = choices.pick('odd-field', ODD_FIELDS);
      draft.load(size, 2, draft.at(place, 1), off);
      return 'held';
    }
    case 'write':
      draft.storeImm(choices.pick('write-size', [4, 8]), draft.at(place, 1), choices.pick('write-off', [0, 8, 24]), 0);
      return 'held';
    case 'overwrite':
      if (!('reg' in place)) draft.storeImm(8, 10, place.slot, 0);
      else draft.set(place.reg, 0);
      return 'held';
    case 'scalar':
      draft.set(1, choices.pick('scalar', [0, 1]));
      releaseR1(draft, kind);
      return 'held';
    case 'context':
      draft.mov(1, CTX);
      releaseR1(draft, kind);
      return 'held';
    case 'arithmetic':
      draft.get(1, place);
      draft.alu(choices.pick('arithmetic', ['and', 'mul', 'sub', 'xor', 'lsh']), 1, choices.pick('by', [0, 1, 8]));
      releaseR1(draft, kind);
      gone(draft, reference);
      return 'gone';
    case 'subtract':
      draft.get(1, place);
      draft.alu('add', 1, 8);
      draft.alu('sub', 1, 8);
      releaseR1(draft, kind);
      gone(draft, reference);
      return 'gone';
    case 'variable':
      draft.load(4, 3, CTX, 0);
      draft.alu('and', 3, 8);
      draft.get(1, place);
      draft.aluReg('add', 1, 3);
      releaseR1(draft, kind);
      gone(draft, reference);
      return 'gone';
    case 'atomic':
      draft.set(3, 1);
      draft.atomic(8, draft.at(place, 1), 0, 3, 0);
      return 'held';
    case 'store-in-context':
      draft.store(8, CTX, 48, draft.at(place, 1));
      return 'held';
    case 'return':
      draft.get(0, place);
      draft.exit();
      gone(draft, reference);
      return 'gone';
    case 'half-spill': {
      const off = draft.stack(8);
      draft.store(8, 10, off, draft.at(place, 1));
      draft.storeImm(choices.pick('half', [1, 2, 4]), 10, off + choices.pick('half-at', [0, 4]), 0);
      draft.load(8, 1, 10, off);
      releaseR1(draft, kind);
      gone(draft, reference);
      return 'gone';
    }
    case 'exchange-context':
      draft.mov(2, draft.at(place, 1));
      draft.mov(1, CTX);
      draft.helper('kptr_xchg');
      return 'held';
  }
}

const OTHER_RELEASE: Readonly<Record<string, readonly string[]>> = {
  ref: ['bpf_kfunc_call_memb_release', 'bpf_ct_release', 'bpf_kfunc_call_memb1_release'],
  memb: ['bpf_kfunc_call_memb1_release', 'bpf_kfunc_call_test_release'],
  ct: ['bpf_kfunc_call_test_release', 'bpf_kfunc_call_memb_release'],
};

export function progArray(draft: Draft): number {
  return draft.addMap({
    type: 'prog_array',
    key_size: 4,
    value_size: 4,
    max_entries: 2,
    map_flags: 0,
    value_type: null,
  });
}

function loop(draft: Draft, outer: Reference, how: 'loop' | 'loop-double' | 'loop-leak'): 'held' {
  const { choices } = draft;
  const counter = draft.keepRegister();
  if (counter === undefined) return 'held';
  const [head, next] = [newLabel(), newLabel()];
  const kind = choices.pick('loop-kind', ['test', 'memb'] as const);
  draft.set(counter, choices.int('rounds', 1, 5));
  draft.place(head);
  acquire(draft, kind);
  draft.jump('eq', 0, 0, next);
  const off = draft.stack(8);
  draft.store(8, 10, off, 0);
  if (choices.chance('use-outer', 30)) use(draft, outer);
  draft.load(8, 1, 10, off);
  if (how !== 'loop-leak') releaseR1(draft, kind);
  if (how === 'loop-double') {
    draft.load(8, 1, 10, off);
    releaseR1(draft, kind);
  }
  draft.place(next);
  draft.alu('sub', counter, 1);
  draft.jump('ne', counter, 0, head);
  return 'held';
}

function locked(draft: Draft, reference: Reference, how: 'lock' | 'under-lock' | 'acquire-under-lock'): void {
  lookup(draft, typedMap(draft, 'v_lock').map);
  ifThere(draft, (value) => {
    draft.get(1, value);
    draft.helper('spin_lock');
    if (how === 'under-lock') reference.give();
    if (how === 'acquire-under-lock') draft.kfunc('bpf_kfunc_call_memb_acquire');
    if (how === 'lock') draft.load(4, 2, draft.at(reference.place, 1), 0);
    draft.get(1, value);
    draft.helper('spin_unlock');
  });
}

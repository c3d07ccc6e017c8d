import { newLabel } from '../assembler.ts';
import type { Label } from '../assembler.ts';
import { CTX, FP } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { begin, ifThere, lookup, mapOf, noise, typedMap, zeroed } from '../pieces.ts';
import { acquire, FIELDS, POINTEE, releaseR1, use, withReference } from '../references.ts';
import type { ReferenceKind } from '../references.ts';
import { programs } from './family.ts';

const KINDS = ['test', 'test', 'memb', 'memb', 'ct', 'ringbuf'] as const;
const SHAPES = [
  'release-in',
  'release-deep',
  'check-in',
  'read-in',
  'through-stack',
  'acquire-in',
  'context-in',
  'loop',
  'loop-releases',
  'for-each',
  'value-in',
  'returns-scalar',
  'two-frames',
  'spill-in-caller',
  'tail-in-callee',
] as const;

/** References and pointers over calls of subprograms and callbacks. */
export const subprog = programs('subprog', 10, (draft) => {
  begin(draft);
  noise(draft);
  shape(draft, draft.choices.pick('shape', SHAPES));
});

function shape(draft: Draft, name: (typeof SHAPES)[number]): void {
  const { choices } = draft;
  const kind = choices.pick('kind', KINDS);
  switch (name) {
    case 'release-in':
    case 'release-deep':
    case 'check-in':
    case 'read-in':
    case 'spill-in-caller': {
      passed(draft, kind, name);
      return;
    }
    case 'through-stack': {
      throughStack(draft, kind);
      return;
    }
    case 'acquire-in': {
      const label = draft.function(() => {
        acquire(draft, kind);
        if (choices.pick('b', [false], [true])) draft.set(0, 0);
        draft.exit();
      });
      draft.mov(1, CTX);
      draft.sub(label);
      checked(draft, kind);
      return;
    }
    case 'context-in': {
      const label = draft.function(() => {
        draft.mov(7, 2);
        draft.kfunc('bpf_kfunc_call_test_pass_ctx');
        draft.mov(1, 7);
        draft.kfunc('bpf_kfunc_call_test_pass1');
        draft.set(0, 0);
        draft.exit();
      });
      const off = zeroed(draft, 16);
      const way = choices.pick('b', ['right'], ['zero', 'moved', 'swapped', 'unset']);
      draft.mov(1, CTX);
      if (way === 'zero') draft.set(1, 0);
      if (way === 'moved') draft.alu('add', 1, 4);
      if (way !== 'unset') draft.address(2, way === 'swapped' ? off + 8 : off);
      draft.sub(label);
      return;
    }
    case 'loop':
    case 'loop-releases': {
      bpfLoop(draft, name === 'loop' ? undefined : kind);
      return;
    }
    case 'for-each': {
      forEach(draft);
      return;
    }
    case 'value-in': {
      const { map } = typedMap(draft, choices.pick('vt', ['v_mix', 'v_two', 'v_memb', 'v_ref']));
      const off = choices.pick('b', [8, 16, 0], [40, 24, 4]);
      const label = draft.function(() => {
        draft.load(8, 2, 1, off);
        draft.set(0, 0);
        draft.exit();
      });
      lookup(draft, map);
      ifThere(draft, (value) => {
        draft.get(1, value);
        draft.sub(label);
      });
      return;
    }
    case 'returns-scalar': {
      const label = draft.function(() => {
        const end = newLabel();
        draft.mov(0, 1);
        draft.alu('and', 0, choices.pick('mask', [7, 15, 3]));
        draft.jump('gt', 0, 4, end);
        draft.alu('add', 0, 1);
        draft.place(end);
        draft.exit();
      });
      const off = zeroed(draft, 16);
      draft.load(4, 1, CTX, 0);
      draft.sub(label);
      draft.address(1, off);
      if (choices.pick('b', [false], [true])) draft.alu('add', 1, 12);
      draft.mov(2, 0);
      draft.kfunc('bpf_kfunc_call_test_mem_len_pass1');
      return;
    }
    case 'two-frames': {
      withReference(draft, kind, (one) => {
        const label = draft.function(() => {
          draft.store(8, FP, -8, 1);
          draft.mov(1, 2);
          acquire(draft, 'memb');
          const end = newLabel();
          draft.jump('eq', 0, 0, end);
          draft.mov(1, 0);
          if (choices.pick('b', [true], [false])) draft.kfunc('bpf_kfunc_call_memb_release');
          draft.place(end);
          draft.load(8, 1, FP, -8);
          releaseR1(draft, kind);
          draft.set(0, 0);
          draft.exit();
        });
        draft.get(1, one.place);
        draft.mov(2, CTX);
        draft.sub(label);
        return 'gone';
      });
      return;
    }
    case 'tail-in-callee': {
      const table = draft.addMap({ ...mapOf('prog_array', 4, null), max_entries: 2 });
      const label = draft.function(
        () => {
          draft.map(2, table);
          draft.set(3, 0);
          draft.helper('tail_call');
          draft.set(0, 0);
          draft.exit();
        },
        choices.chance('with-btf', 75) ? 'sub_c' : undefined,
      );
      const hold = choices.pick('b', [false], [true]);
      const call = (): void => {
        draft.mov(1, CTX);
        draft.sub(label);
      };
      if (!hold) {
        call();
        return;
      }
      withReference(draft, kind, () => {
        call();
        return 'held';
      });
      return;
    }
  }
}

function passed(draft: Draft, kind: ReferenceKind, name: string): void {
  const { choices } = draft;
  const way = choices.pick(
    'b',
    ['right'],
    ['nothing', 'again', 'offset', 'wrong', 'read-after', 'clobbered', 'two-exits'],
  );
  const release = (): void => {
    if (way === 'offset') draft.alu('add', 1, 8);
    if (way === 'nothing') {
      draft.set(2, 0);
      return;
    }
    if (way === 'wrong') {
      draft.kfunc(kind === 'memb' ? 'bpf_kfunc_call_test_release' : 'bpf_kfunc_call_memb_release');
      return;
    }
    if (way === 'two-exits') {
      const there = newLabel();
      draft.load(4, 2, 1, 0);
      draft.jump('gt', 2, 3, there);
      draft.set(0, 0);
      draft.exit();
      draft.place(there);
    }
    releaseR1(draft, kind);
  };
  const leaf = draft.function(() => {
    const end = newLabel();
    if (name === 'check-in') draft.jump('eq', 1, 0, end);
    if (name === 'read-in') draft.load(4, 2, 1, FIELDS[POINTEE[kind]]?.find(([size]) => size === 4)?.[1] ?? 0);
    else release();
    draft.place(end);
    draft.set(0, 0);
    draft.exit();
  });
  const deep = (): Label =>
    draft.function(() => {
      draft.mov(6, 1);
      if (way === 'clobbered') draft.set(1, 0);
      draft.sub(leaf);
      draft.set(0, 0);
      draft.exit();
    });
  const target = name === 'release-deep' ? deep() : leaf;
  if (name === 'check-in') {
    acquire(draft, kind);
    const place = draft.keep();
    draft.put(place, 0);
    draft.mov(1, 0);
    draft.sub(target);
    if (way === 'again') {
      draft.get(1, place);
      releaseR1(draft, kind);
    }
    return;
  }
  withReference(draft, kind, (reference) => {
    if (name === 'spill-in-caller') use(draft, reference);
    draft.get(1, reference.place);
    draft.sub(target);
    if (way === 'again') reference.give();
    if (way === 'read-after') draft.load(4, 2, draft.at(reference.place, 1), 0);
    return name === 'read-in' && way !== 'nothing' ? 'held' : 'gone';
  });
}

/** A reference that the callee finds in the caller's stack. */
function throughStack(draft: Draft, kind: ReferenceKind): void {
  const { choices } = draft;
  const way = choices.pick('b', ['right'], ['again', 'overwritten', 'other-slot', 'part', 'nothing']);
  const label = draft.function(() => {
    if (way === 'overwritten') draft.storeImm(8, 1, 8, 0);
    if (way === 'part') draft.storeImm(1, 1, 11, 0);
    draft.load(8, 1, 1, way === 'other-slot' ? 0 : 8);
    if (way !== 'nothing') releaseR1(draft, kind);
    draft.set(0, 0);
    draft.exit();
  });
  withReference(draft, kind, (reference) => {
    const off = draft.stack(16);
    draft.storeImm(8, FP, off, 0);
    draft.get(2, reference.place);
    draft.store(8, FP, off + 8, 2);
    draft.address(1, off);
    draft.sub(label);
    if (way === 'again') reference.give();
    return 'gone';
  });
}

function checked(draft: Draft, kind: ReferenceKind): void {
  const end = newLabel();
  draft.jump('eq', 0, 0, end);
  draft.mov(7, 0);
  if (draft.choices.chance('read', 50)) draft.load(4, 2, 7, 0);
  draft.mov(1, 7);
  releaseR1(draft, kind);
  draft.place(end);
}

/** bpf_loop with a callback that gets the stack of its caller. */
function bpfLoop(draft: Draft, kind: ReferenceKind | undefined): void {
  const { choices } = draft;
  const body = choices.pick(
    'b',
    ['nothing', 'counts', 'balanced'],
    ['leaks', 'unchecked', 'returns-2', 'writes-beyond', 'releases', 'reads-index', 'calls-loop'],
  );
  const callback = draft.function(() => {
    draft.mov(6, 2);
    const end = newLabel();
    switch (body) {
      case 'counts':
        draft.load(8, 3, 6, 0);
        draft.alu('add', 3, 1);
        draft.store(8, 6, 0, 3);
        break;
      case 'writes-beyond':
        draft.storeImm(8, 6, 8, 1);
        break;
      case 'balanced':
      case 'leaks':
        acquire(draft, 'memb');
        draft.jump('eq', 0, 0, end);
        draft.mov(1, 0);
        if (body === 'balanced') releaseR1(draft, 'memb');
        break;
      case 'unchecked':
        acquire(draft, 'memb');
        draft.mov(1, 0);
        releaseR1(draft, 'memb');
        break;
      case 'releases':
        draft.load(8, 1, 6, 0);
        releaseR1(draft, kind ?? 'memb');
        break;
      case 'reads-index':
        draft.alu('and', 1, 7);
        draft.aluReg('add', 6, 1);
        draft.load(1, 3, 6, 0);
        break;
      case 'calls-loop':
        draft.helper('get_prandom_u32');
        draft.mov(2, 0);
        draft.alu('and', 2, 1);
        draft.mov(0, 2);
        draft.exit();
        break;
      default:
    }
    draft.place(end);
    draft.set(0, body === 'returns-2' ? 2 : choices.pick('returned', [0, 1]));
    draft.exit();
  }, 'sub_a');
  const run = (data: () => void): void => {
    draft.set(1, choices.pick('rounds', [4, 1, 100]));
    draft.func(2, callback);
    data();
    draft.set(4, choices.pick('loop-flags', [0], [1]));
    draft.helper('loop');
  };
  if (kind === undefined || body !== 'releases') {
    const off = zeroed(draft, 8);
    const inside = (): void => run(() => draft.address(3, off));
    if (kind === undefined || choices.chance('outside', 50)) {
      inside();
      return;
    }
    withReference(draft, kind, () => {
      inside();
      return 'held';
    });
    return;
  }
  withReference(draft, kind, (reference) => {
    const off = draft.stack(8);
    draft.get(2, reference.place);
    draft.store(8, FP, off, 2);
    run(() => draft.address(3, off));
    return 'gone';
  });
}

/** bpf_for_each_map_elem over a map with kptrs or without. */
function forEach(draft: Draft): void {
  const { choices } = draft;
  const name = choices.pick('each-type', [null, 'v_mix', 'v_two'] as const);
  const type = choices.pick('each-map', ['array', 'hash', 'lru_hash'], ['ringbuf', 'percpu_array']);
  const map = name === null ? draft.addMap(mapOf(type, 16, null)) : typedMap(draft, name, type).map;
  const body = choices.pick(
    'b',
    ['nothing', 'reads', 'exchanges'],
    ['writes-key', 'leaks', 'reads-map', 'beyond', 'unchecked', 'context'],
  );
  const callback = draft.function(() => {
    const end = newLabel();
    switch (body) {
      case 'reads':
        draft.load(8, 5, 3, 0);
        draft.load(4, 2, 2, 0);
        break;
      case 'beyond':
        draft.load(8, 5, 3, 48);
        break;
      case 'writes-key':
        draft.storeImm(4, 2, 0, 1);
        break;
      case 'reads-map':
        draft.load(4, 5, 1, 0);
        break;
      case 'context':
        draft.load(8, 5, 4, 0);
        break;
      case 'exchanges':
      case 'leaks':
      case 'unchecked':
        draft.mov(1, 3);
        draft.alu('add', 1, name === 'v_mix' ? 16 : 0);
        draft.set(2, 0);
        draft.helper('kptr_xchg');
        if (body !== 'unchecked') draft.jump('eq', 0, 0, end);
        draft.mov(1, 0);
        if (body !== 'leaks') releaseR1(draft, 'test');
        break;
      default:
    }
    draft.place(end);
    draft.set(0, 0);
    draft.exit();
  }, 'sub_b');
  const off = zeroed(draft, 8);
  draft.map(1, map);
  draft.func(2, callback);
  draft.address(3, off);
  draft.set(4, 0);
  draft.helper('for_each_map_elem');
}

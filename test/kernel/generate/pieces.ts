import { newLabel } from './assembler.ts';
import type { Label } from './assembler.ts';
import { CTX, FP } from './draft.ts';
import type { Draft, Place } from './draft.ts';
import type { JumpName } from './opcodes.ts';
import { ODD_VALUE_TYPES, VALUE_TYPES } from './value-types.ts';

/** r6 = context, as every program begins. */
export function begin(draft: Draft): void {
  draft.mov(CTX, 1);
}

const BRANCHES: readonly JumpName[] = ['eq', 'ne', 'gt', 'lt'];

/** Something in between that changes no value the program needs: r0 and r2 to r4 are lost, r1 and r5 too. */
export function noise(draft: Draft, percent = 60): void {
  const { choices } = draft;
  if (!choices.chance('noise', percent)) return;
  const skip = newLabel();
  switch (
    choices.pick('noise-kind', ['clock', 'random', 'arithmetic', 'context', 'context', 'loop', 'words', 'stack'])
  ) {
    case 'clock': {
      draft.helper('ktime_get_ns');
      return;
    }
    case 'random':
      draft.helper('get_prandom_u32');
      draft.jump('gt', 0, 5, skip);
      draft.set(0, 1);
      {
        draft.place(skip);
        return;
      }
    case 'arithmetic':
      draft.set(4, 3);
      draft.alu('add', 4, 39);
      {
        draft.alu('lsh', 4, 2);
        return;
      }
    case 'context':
      if (!readsLength(draft)) {
        draft.helper('get_smp_processor_id');
        return;
      }
      draft.load(4, 2, CTX, 0);
      draft.jump(choices.pick('noise-jump', BRANCHES), 2, 14, skip, choices.chance('noise-32', 30) ? 32 : 64);
      draft.set(3, 1);
      {
        draft.place(skip);
        return;
      }
    case 'loop': {
      const head = newLabel();
      draft.set(2, choices.int('noise-rounds', 2, 6));
      draft.place(head);
      draft.alu('sub', 2, 1);
      draft.jump('ne', 2, 0, head);
      return;
    }
    case 'words':
      draft.helper('get_prandom_u32');
      draft.mov(3, 0);
      draft.alu('and', 3, 0xff, 32);
      draft.alu('add', 3, -7, 32);
      draft.jump('lt', 3, 9, skip, 32);
      draft.alu('xor', 3, 5);
      draft.place(skip);
      return;
    default: {
      const off = draft.stack(8);
      draft.storeImm(8, FP, off, 0);
      draft.storeImm(4, FP, off + 4, 7);
      draft.load(8, 3, FP, off);
      return;
    }
  }
}

/** Whether the first four bytes of the context are an ordinary field. */
export function readsLength(draft: Draft): boolean {
  return ['sched_cls', 'sched_act', 'cgroup_skb', 'socket_filter', 'lwt_xmit', 'sk_skb'].includes(
    draft.setting.prog_type,
  );
}

/** Stack space of so many bytes, all zero: its offset. */
export function zeroed(draft: Draft, bytes: number): number {
  const off = draft.stack(bytes);
  for (let at = 0; at < bytes; at += 8) draft.storeImm(8, FP, off + at, 0);
  return off;
}

/** Keeps r0, which may be NULL, and goes on where it is not: the place, known to be no NULL. */
export function unlessNull(draft: Draft, failed: Label): Place {
  const { choices } = draft;
  const there = newLabel();
  const style = choices.pick('null', ['kept-eq', 'kept-eq', 'r0-eq', 'r0-eq', 'r0-ne', 'r0-ne', 'kept-ne', 'copy']);
  if (style === 'r0-eq') {
    draft.jump('eq', 0, 0, failed);
    const place = draft.keep();
    draft.put(place, 0);
    return place;
  }
  const place = draft.keep();
  draft.put(place, 0);
  switch (style) {
    case 'kept-eq':
      draft.jump('eq', draft.at(place, 1), 0, failed);
      return place;
    case 'copy':
      draft.mov(3, draft.at(place, 1));
      draft.mov(4, 3);
      draft.jump('eq', 4, 0, failed);
      return place;
    default:
      draft.jump('ne', style === 'r0-ne' ? 0 : draft.at(place, 1), 0, there);
      draft.goto(failed);
      draft.place(there);
      return place;
  }
}

/**
 * Something that may not be there, with what is done if it is. Where it is not, the program goes on after `body`, or
 * in a block of its own that gives back what is held.
 */
export function ifThere(draft: Draft, body: (place: Place) => void): void {
  const failed = newLabel();
  const apart = (draft.apart || draft.choices.chance('apart', 25)) && draft.inMain;
  const place = unlessNull(draft, failed);
  if (!apart) {
    body(place);
    draft.place(failed);
    return;
  }
  const held = [...draft.held];
  draft.later(() => {
    draft.place(failed);
    for (const release of held.toReversed()) release();
    draft.goto(draft.out);
  });
  body(place);
}

export interface MapChoice {
  readonly map: number;
  readonly type: string;
  readonly size: number;
}

/** A map whose values have no BTF. */
export function plainMap(draft: Draft, size: number): MapChoice {
  const type = draft.choices.pick('map', ['array', 'array', 'hash']);
  return { map: draft.addMap(mapOf(type, size, null)), type, size };
}

export function typedMap(draft: Draft, name: string, type?: string): MapChoice {
  const size = VALUE_TYPES.find((known) => known.name === name)?.size ?? new Map(ODD_VALUE_TYPES).get(name) ?? 8;
  const kind = type ?? draft.choices.pick('map', ['array', 'array', 'hash', 'lru_hash']);
  return { map: draft.addMap(mapOf(kind, size, name)), type: kind, size };
}

export function mapOf(type: string, value_size: number, value_type: string | null, map_flags = 0) {
  return { type, key_size: 4, value_size, max_entries: type === 'array' ? 1 : 4, map_flags, value_type };
}

/** r0 = the value of key 0, or NULL */
export function lookup(draft: Draft, map: number): void {
  const key = draft.stack(8);
  draft.storeImm(4, FP, key, 0);
  draft.map(1, map);
  draft.address(2, key);
  draft.helper('map_lookup_elem');
}

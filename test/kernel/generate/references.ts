import { newLabel } from './assembler.ts';
import { CTX } from './draft.ts';
import type { Draft, Place } from './draft.ts';
import type { Bytes } from './opcodes.ts';
import { ifThere, lookup, noise, typedMap, zeroed } from './pieces.ts';

/** Something that has to be given back. */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly place: Place;
  /** Writes the release. */
  readonly give: () => void;
}

export type ReferenceKind = 'test' | 'memb' | 'ct' | 'kptr_get' | 'xchg' | 'ringbuf' | 'sk_tcp' | 'sk_udp' | 'skc_tcp';

/** What a reference points to, where it is a kernel object. */
export const POINTEE: Readonly<Record<ReferenceKind, 'ref' | 'memb' | 'ct' | 'memory' | 'socket' | 'socket-common'>> = {
  test: 'ref',
  kptr_get: 'ref',
  xchg: 'ref',
  memb: 'memb',
  ct: 'ct',
  ringbuf: 'memory',
  sk_tcp: 'socket',
  sk_udp: 'socket',
  skc_tcp: 'socket-common',
};

/** Loads through a pointer to it that are allowed. */
export const FIELDS: Readonly<Record<string, readonly (readonly [Bytes, number])[]>> = {
  ref: [
    [4, 0],
    [4, 4],
    [4, 8],
    [4, 12],
    [4, 24],
    [8, 16],
  ],
  memb: [
    [4, 0],
    [4, 4],
  ],
  ct: [
    [8, 128],
    [4, 0],
    [4, 8],
  ],
  memory: [
    [8, 0],
    [4, 4],
    [1, 7],
  ],
  socket: [
    [4, 4],
    [4, 0],
    [4, 20],
  ],
  'socket-common': [
    [4, 4],
    [4, 20],
  ],
};

/** Loads that are refused, or are of something odd. */
export const ODD_FIELDS: readonly (readonly [Bytes, number])[] = [
  [8, 32],
  [4, 32],
  [8, 28],
  [4, 2],
  [8, 4],
  [2, 1],
  [1, 3],
  [8, -8],
  [4, -4],
  [4, 4096],
  [8, 16],
  [4, 16],
  [8, 0],
  [2, 26],
];

export const RELEASE: Readonly<Record<ReferenceKind, string>> = {
  test: 'bpf_kfunc_call_test_release',
  kptr_get: 'bpf_kfunc_call_test_release',
  xchg: 'bpf_kfunc_call_test_release',
  memb: 'bpf_kfunc_call_memb_release',
  ct: 'bpf_ct_release',
  ringbuf: '',
  sk_tcp: '',
  sk_udp: '',
  skc_tcp: '',
};

/** Code that leaves a new reference, or NULL, in r0. */
export function acquire(draft: Draft, kind: ReferenceKind): void {
  switch (kind) {
    case 'test':
      draft.address(1, zeroed(draft, 8));
      {
        draft.kfunc('bpf_kfunc_call_test_acquire');
        return;
      }
    case 'memb': {
      draft.kfunc('bpf_kfunc_call_memb_acquire');
      return;
    }
    case 'ct': {
      connection(draft);
      return;
    }
    case 'ringbuf':
      draft.map(1, ringbuf(draft));
      draft.set(2, draft.choices.pick('record', [8, 16, 24]));
      draft.set(3, 0);
      {
        draft.helper('ringbuf_reserve');
        return;
      }
    case 'sk_tcp':
    case 'sk_udp':
    case 'skc_tcp': {
      socket(draft, kind);
      return;
    }
    case 'kptr_get':
    case 'xchg':
      throw new Error('needs a map value: see withReference');
  }
}

export function ringbuf(draft: Draft): number {
  return draft.addMap({
    type: 'ringbuf',
    key_size: 0,
    value_size: 0,
    max_entries: 4096,
    map_flags: 0,
    value_type: null,
  });
}

function connection(draft: Draft): void {
  const tuple = zeroed(draft, 16);
  const options = zeroed(draft, 16);
  draft.mov(1, CTX);
  draft.address(2, tuple);
  draft.set(3, 12);
  draft.address(4, options);
  draft.set(5, 12);
  draft.kfunc(draft.setting.prog_type === 'xdp' ? 'bpf_xdp_ct_lookup' : 'bpf_skb_ct_lookup');
}

function socket(draft: Draft, kind: 'sk_tcp' | 'sk_udp' | 'skc_tcp'): void {
  const tuple = zeroed(draft, 16);
  draft.mov(1, CTX);
  draft.address(2, tuple);
  draft.set(3, 12);
  draft.set(4, -1);
  draft.set(5, 0);
  draft.helper(kind === 'sk_tcp' ? 'sk_lookup_tcp' : kind === 'sk_udp' ? 'sk_lookup_udp' : 'skc_lookup_tcp');
}

/** Gives back a reference; from here on nobody else needs to. */
export function release(draft: Draft, reference: Reference): void {
  reference.give();
  gone(draft, reference);
}

/** The reference is no longer held, whatever became of it. */
export function gone(draft: Draft, { give }: Reference): void {
  const at = draft.held.indexOf(give);
  if (at >= 0) draft.held.splice(at, 1);
}

export function releaseR1(draft: Draft, kind: ReferenceKind): void {
  if (kind === 'ringbuf') {
    draft.set(2, 0);
    draft.helper(draft.choices.pick('record-end', ['ringbuf_submit', 'ringbuf_discard']));
    return;
  }
  if (POINTEE[kind].startsWith('socket')) {
    draft.helper('sk_release');
    return;
  }
  draft.kfunc(RELEASE[kind]);
}

/**
 * Acquires, runs `body` where that succeeded, and gives back unless `body` says that it has done so ('gone').
 */
export function withReference(
  draft: Draft,
  kind: ReferenceKind,
  body: (reference: Reference) => 'held' | 'gone',
): void {
  if (kind === 'kptr_get' || kind === 'xchg') {
    withStored(draft, kind, body);
    return;
  }
  acquire(draft, kind);
  heldWhile(draft, kind, body);
}

function withStored(draft: Draft, kind: 'kptr_get' | 'xchg', body: (reference: Reference) => 'held' | 'gone'): void {
  const { map } = typedMap(draft, 'v_mix', draft.choices.pick('stored-map', ['array', 'array', 'hash', 'lru_hash']));
  lookup(draft, map);
  ifThere(draft, (value) => {
    draft.get(1, value);
    draft.alu('add', 1, 16);
    draft.set(2, 0);
    if (kind === 'kptr_get') {
      draft.set(3, 0);
      draft.kfunc('bpf_kfunc_call_test_kptr_get');
    } else draft.helper('kptr_xchg');
    heldWhile(draft, kind, body);
  });
}

/** As withReference, with the acquisition done: what it gave is in r0. */
export function heldWhile(draft: Draft, kind: ReferenceKind, body: (reference: Reference) => 'held' | 'gone'): void {
  ifThere(draft, (place) => {
    const give = (): void => {
      draft.get(1, place);
      releaseR1(draft, kind);
    };
    const reference = { kind, place, give };
    draft.held.push(give);
    if (body(reference) === 'held') give();
    gone(draft, reference);
  });
}

/** Uses of a reference that a kernel allows; r1 to r5 are lost. */
export function use(draft: Draft, { kind, place }: Reference): void {
  const { choices } = draft;
  const field = (): readonly [Bytes, number] => choices.pick('field', FIELDS[POINTEE[kind]] ?? []);
  switch (choices.pick('use', ['read', 'read', 'copy', 'spill', 'noise', 'overwrite', 'none', 'twice', 'branch'])) {
    case 'read': {
      draft.load(4, 2, draft.at(place, 1), firstField(kind));
      return;
    }
    case 'copy':
      draft.mov(3, draft.at(place, 1));
      {
        draft.load(4, 2, 3, firstField(kind));
        return;
      }
    case 'spill': {
      const off = draft.stack(8);
      draft.store(8, 10, off, draft.at(place, 1));
      draft.load(8, 2, 10, off);
      draft.load(4, 3, 2, firstField(kind));
      return;
    }
    case 'noise': {
      noise(draft, 100);
      return;
    }
    case 'overwrite':
      draft.mov(4, draft.at(place, 1));
      {
        draft.set(4, 0);
        return;
      }
    case 'twice': {
      const [size, off] = field();
      draft.load(size, 2, draft.at(place, 1), off);
      draft.load(size, 3, draft.at(place, 1), off);
      return;
    }
    case 'branch': {
      const skip = newLabel();
      draft.load(4, 2, draft.at(place, 1), firstField(kind));
      draft.jump('gt', 2, 100, skip);
      draft.set(3, 1);
      draft.place(skip);
      return;
    }
    default:
  }
}

function firstField(kind: ReferenceKind): number {
  return FIELDS[POINTEE[kind]]?.find(([size]) => size === 4)?.[1] ?? 0;
}

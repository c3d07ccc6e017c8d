import { newLabel } from './assembler.ts';
import { CTX, FP } from './draft.ts';
import type { Draft, Place } from './draft.ts';
import { ifThere, lookup, plainMap, readsLength, typedMap, zeroed } from './pieces.ts';
import { acquire, FIELDS, heldWhile, POINTEE, ringbuf, withReference } from './references.ts';
import type { ReferenceKind } from './references.ts';

/** Puts the value into a register, any number of times. */
export type Into = (register: number) => void;

/** Makes a value, and runs what uses it while it is there. */
export type Source = (draft: Draft, then: (into: Into) => void) => void;

const place =
  (draft: Draft, where: Place): Into =>
  (register) =>
    draft.get(register, where);

const simple =
  (write: (draft: Draft, register: number) => void): Source =>
  (draft, then) =>
    then((register) => write(draft, register));

/** Keeps what is in r0. */
function kept(draft: Draft, then: (into: Into) => void): void {
  const where = draft.keep();
  draft.put(where, 0);
  then(place(draft, where));
}

export const constant = (value: number): Source => simple((draft, register) => draft.set(register, value));

/** Numbers by what is known of them. */
export const SCALARS = {
  zero: constant(0),
  one: constant(1),
  four: constant(4),
  eight: constant(8),
  twelve: constant(12),
  sixteen: constant(16),
  hundred: constant(100),
  minus: constant(-1),
  'minus-32': simple((draft, register) => draft.alu('mov', register, -1, 32)),
  'imm64-small': simple((draft, register) => draft.set64(register, 8, 0)),
  'imm64-big': simple((draft, register) => draft.set64(register, 8, 1)),
  huge: simple((draft, register) => draft.set(register, 0x20000000)),
  context: simple((draft, register) => draft.load(4, register, CTX, readsLength(draft) ? 0 : 8)),
  'masked-7': simple((draft, register) => {
    draft.load(4, register, CTX, readsLength(draft) ? 0 : 8);
    draft.alu('and', register, 7);
  }),
  'masked-15': simple((draft, register) => {
    draft.load(4, register, CTX, readsLength(draft) ? 0 : 8);
    draft.alu('and', register, 15);
  }),
  'masked-31': simple((draft, register) => {
    draft.load(4, register, CTX, readsLength(draft) ? 0 : 8);
    draft.alu('and', register, 31);
  }),
  'masked-plus': simple((draft, register) => {
    draft.load(4, register, CTX, readsLength(draft) ? 0 : 8);
    draft.alu('and', register, 7);
    draft.alu('add', register, 1);
  }),
  'at-most-16': simple((draft, register) => bounded(draft, register, 'le', 16)),
  'below-9': simple((draft, register) => bounded(draft, register, 'lt', 9)),
  'signed-at-most-16': simple((draft, register) => {
    draft.load(4, register, CTX, readsLength(draft) ? 0 : 8);
    draft.alu('lsh', register, 32);
    draft.alu('arsh', register, 32);
    const small = newLabel();
    draft.jump('sle', register, 16, small);
    draft.set(register, 1);
    draft.place(small);
  }),
  'signed-both': simple((draft, register) => {
    draft.load(4, register, CTX, readsLength(draft) ? 0 : 8);
    draft.alu('lsh', register, 32);
    draft.alu('arsh', register, 32);
    const [large, done] = [newLabel(), newLabel()];
    draft.jump('sgt', register, 16, large);
    draft.jump('sge', register, 0, done);
    draft.place(large);
    draft.set(register, 1);
    draft.place(done);
  }),
  'at-most-16-in-32': simple((draft, register) => {
    draft.load(4, register, CTX, readsLength(draft) ? 0 : 8);
    const small = newLabel();
    draft.jump('le', register, 16, small, 32);
    draft.set(register, 16);
    draft.place(small);
  }),
  clock: ((draft, then) => {
    draft.helper('ktime_get_ns');
    kept(draft, then);
  }) satisfies Source,
  'clock-masked': ((draft, then) => {
    draft.helper('ktime_get_ns');
    draft.alu('and', 0, 7);
    kept(draft, then);
  }) satisfies Source,
  'clock-shifted': ((draft, then) => {
    draft.helper('ktime_get_ns');
    draft.alu('rsh', 0, 61);
    kept(draft, then);
  }) satisfies Source,
  'spilled-constant': simple((draft, register) => {
    const off = draft.stack(8);
    draft.set(register, 8);
    draft.store(8, FP, off, register);
    draft.load(8, register, FP, off);
  }),
  'stored-constant': simple((draft, register) => {
    const off = draft.stack(8);
    draft.storeImm(8, FP, off, 8);
    draft.load(8, register, FP, off);
  }),
  'half-constant': simple((draft, register) => {
    const off = draft.stack(8);
    draft.storeImm(8, FP, off, 8);
    draft.load(4, register, FP, off);
  }),
} as const;

function bounded(draft: Draft, register: number, op: 'le' | 'lt', limit: number): void {
  const small = newLabel();
  draft.load(4, register, CTX, readsLength(draft) ? 0 : 8);
  draft.jump(op, register, limit, small);
  draft.set(register, 1);
  draft.place(small);
}

export const stackBytes =
  (bytes: number): Source =>
  (draft, then) => {
    const off = zeroed(draft, bytes);
    then((register) => draft.address(register, off));
  };

export const mapBytes =
  (size: number, shift = 0): Source =>
  (draft, then) => {
    lookup(draft, plainMap(draft, size).map);
    ifThere(draft, (value) =>
      then((register) => {
        draft.get(register, value);
        if (shift !== 0) draft.alu('add', register, shift);
      }),
    );
  };

export const reference =
  (kind: ReferenceKind, shift = 0): Source =>
  (draft, then) =>
    withReference(draft, kind, (held) => {
      then((register) => {
        draft.get(register, held.place);
        if (shift !== 0) draft.alu('add', register, shift);
      });
      return 'held';
    });

/** r0 = the full socket of a packet, or NULL */
export function fullSocket(draft: Draft): void {
  const [none, done] = [newLabel(), newLabel()];
  draft.load(8, 1, CTX, 168);
  draft.jump('eq', 1, 0, none);
  draft.helper('sk_fullsock');
  draft.goto(done);
  draft.place(none);
  draft.set(0, 0);
  draft.place(done);
}

const socket =
  (after: (draft: Draft, where: Place, then: (into: Into) => void) => void): Source =>
  (draft, then) => {
    fullSocket(draft);
    ifThere(draft, (where) => after(draft, where, then));
  };

/** Packet data with so many bytes checked. */
const packet =
  (bytes: number): Source =>
  (draft, then) => {
    const short = newLabel();
    const where = draft.keepRegister() ?? 5;
    draft.load(4, where, CTX, 76);
    draft.load(4, 3, CTX, 80);
    draft.mov(4, where);
    draft.alu('add', 4, bytes);
    draft.jumpReg('gt', 4, 3, short);
    then((register) => draft.mov(register, where));
    draft.place(short);
  };

/** A kptr as loaded from a map, without or with a NULL check. */
const loadedKptr =
  (type: string, off: number, checked: boolean): Source =>
  (draft, then) => {
    const { map } = typedMap(draft, type);
    lookup(draft, map);
    ifThere(draft, (value) => {
      draft.load(8, 0, draft.at(value, 1), off);
      if (checked) ifThere(draft, (where) => then(place(draft, where)));
      else kept(draft, then);
    });
  };

const field =
  (kind: ReferenceKind, off: number): Source =>
  (draft, then) =>
    withReference(draft, kind, (held) => {
      then((register) => {
        draft.get(register, held.place);
        draft.load(8, register, register, off);
      });
      return 'held';
    });

/** Pointers by what the kernel calls them. All work in a `sched_cls` program. */
export const POINTERS = {
  ctx: simple((draft, register) => draft.mov(register, CTX)),
  'ctx+4': simple((draft, register) => {
    draft.mov(register, CTX);
    draft.alu('add', register, 4);
  }),
  fp: simple((draft, register) => draft.mov(register, FP)),
  'stack-8': stackBytes(8),
  'stack-16': stackBytes(16),
  'stack-32': stackBytes(32),
  'stack-64': stackBytes(64),
  'stack-96': stackBytes(96),
  'stack-unset': simple((draft, register) => draft.address(register, draft.stack(16))),
  'stack-half': simple((draft, register) => {
    const off = draft.stack(16);
    draft.storeImm(8, FP, off, 0);
    draft.address(register, off);
  }),
  'stack-deep': simple((draft, register) => draft.address(register, -520)),
  'stack-variable': simple((draft, register) => {
    const off = zeroed(draft, 32);
    draft.load(4, 0, CTX, 0);
    draft.alu('and', 0, 8);
    draft.address(register, off);
    draft.aluReg('add', register, 0);
  }),
  'stack-holds-pointer': (draft, then) => {
    const off = zeroed(draft, 16);
    draft.store(8, FP, off, CTX);
    then((register) => draft.address(register, off));
  },
  'map-8': mapBytes(8),
  'map-16': mapBytes(16),
  'map-24': mapBytes(24),
  'map-96': mapBytes(96),
  'map-96+8': mapBytes(96, 8),
  'map-96-8': mapBytes(96, -8),
  'map-96+90': mapBytes(96, 90),
  'map-variable': (draft, then) => {
    lookup(draft, plainMap(draft, 96).map);
    ifThere(draft, (value) =>
      then((register) => {
        draft.load(4, 0, CTX, 0);
        draft.alu('and', 0, 63);
        draft.get(register, value);
        draft.aluReg('add', register, 0);
      }),
    );
  },
  'map-kptrs': (draft, then) => {
    lookup(draft, typedMap(draft, 'v_mix').map);
    ifThere(draft, (value) => then(place(draft, value)));
  },
  'map-kptr-slot': (draft, then) => {
    lookup(draft, typedMap(draft, 'v_mix').map);
    ifThere(draft, (value) =>
      then((register) => {
        draft.get(register, value);
        draft.alu('add', register, 16);
      }),
    );
  },
  'map-or-null': (draft, then) => {
    lookup(draft, plainMap(draft, 16).map);
    kept(draft, then);
  },
  map: simple((draft, register) => draft.map(register, plainMap(draft, 16).map)),
  'ringbuf-map': simple((draft, register) => draft.map(register, ringbuf(draft))),
  record: reference('ringbuf'),
  'record+4': reference('ringbuf', 4),
  ref: reference('test'),
  'ref+4': reference('test', 4),
  'ref+8': reference('test', 8),
  'ref+16': reference('test', 16),
  memb: reference('memb'),
  'memb+4': reference('memb', 4),
  'kptr-get': reference('kptr_get'),
  xchg: reference('xchg'),
  ct: reference('ct'),
  'ref-or-null': (draft, then) => {
    acquire(draft, 'test');
    const where = draft.keep();
    draft.put(where, 0);
    then(place(draft, where));
    draft.get(0, where);
    heldWhile(draft, 'test', () => 'held');
  },
  'ref-next': field('test', 16),
  'ct-master': field('ct', 160),
  'skc-referenced': reference('skc_tcp'),
  'sk-referenced': reference('sk_udp'),
  'sk-common-or-null': simple((draft, register) => draft.load(8, register, CTX, 168)),
  'sk-common': (draft, then) => {
    draft.load(8, 0, CTX, 168);
    ifThere(draft, (where) => then(place(draft, where)));
  },
  sk: socket((draft, where, then) => then(place(draft, where))),
  'sk+4': socket((draft, where, then) =>
    then((register) => {
      draft.get(register, where);
      draft.alu('add', register, 4);
    }),
  ),
  'sk-or-null': (draft, then) => {
    fullSocket(draft);
    kept(draft, then);
  },
  'tcp-sock': socket((draft, where, then) => {
    draft.get(1, where);
    draft.helper('tcp_sock');
    ifThere(draft, (tcp) => then(place(draft, tcp)));
  }),
  'btf-tcp-sock': socket((draft, where, then) => {
    draft.get(1, where);
    draft.helper('skc_to_tcp_sock');
    ifThere(draft, (tcp) => then(place(draft, tcp)));
  }),
  listener: socket((draft, where, then) => {
    draft.get(1, where);
    draft.helper('get_listener_sock');
    ifThere(draft, (listener) => then(place(draft, listener)));
  }),
  'btf-sock': socket((draft, where, then) => {
    draft.get(1, where);
    draft.kfunc('bpf_kfunc_call_test3');
    kept(draft, then);
  }),
  'btf-sock+8': socket((draft, where, then) => {
    draft.get(1, where);
    draft.kfunc('bpf_kfunc_call_test3');
    draft.alu('add', 0, 8);
    kept(draft, then);
  }),
  task: (draft, then) => {
    draft.helper('get_current_task_btf');
    kept(draft, then);
  },
  'kptr-or-null': loadedKptr('v_mix', 8, false),
  kptr: loadedKptr('v_mix', 8, true),
  'kptr-memb': loadedKptr('v_mix', 32, true),
  'kptr-referenced': loadedKptr('v_mix', 16, true),
  'kptr-sock': loadedKptr('v_sock', 0, true),
  'kptr-task': loadedKptr('v_task', 0, true),
  'packet-16': packet(16),
  'packet-8': packet(8),
  'packet-unchecked': simple((draft, register) => draft.load(4, register, CTX, 76)),
  'packet-end': simple((draft, register) => draft.load(4, register, CTX, 80)),
  'packet-meta': simple((draft, register) => draft.load(4, register, CTX, 140)),
  'inner-map': (draft, then) => {
    const inner = plainMap(draft, 16).map;
    const outer = draft.addMap({
      type: draft.choices.pick('outer', ['array_of_maps', 'hash_of_maps']),
      key_size: 4,
      value_size: 4,
      max_entries: 1,
      map_flags: 0,
      value_type: null,
      inner_map: inner,
    });
    lookup(draft, outer);
    ifThere(draft, (where) => then(place(draft, where)));
  },
  function: simple((draft, register) => {
    draft.func(
      register,
      draft.function(() => {
        draft.set(0, 0);
        draft.exit();
      }, 'sub_c'),
    );
  }),
  unset: simple(() => undefined),
} as const satisfies Record<string, Source>;

export type PointerName = keyof typeof POINTERS;
export type ScalarName = keyof typeof SCALARS;

export const ANY: readonly Source[] = [...Object.values(POINTERS), ...Object.values(SCALARS)];

/** Runs `then` with all values there. */
export function withAll(draft: Draft, sources: readonly Source[], then: (values: readonly Into[]) => void): void {
  const next = (at: number, values: readonly Into[]): void => {
    const source = sources[at];
    if (source === undefined) then(values);
    else source(draft, (into) => next(at + 1, [...values, into]));
  };
  next(0, []);
}

/** r1, r2, … = the values, in an order in which none destroys another. */
export function asArguments(values: readonly Into[]): void {
  for (const [at, into] of values.entries()) into(at + 1);
}

/** Fields of what a reference points to, by kind. */
export const fieldsOf = (kind: ReferenceKind) => FIELDS[POINTEE[kind]] ?? [];

import type { Draft } from '../draft.ts';
import type { HelperName } from '../opcodes.ts';
import { begin, mapOf, noise, typedMap } from '../pieces.ts';
import { ringbuf } from '../references.ts';
import { ANY, asArguments, constant, mapBytes, POINTERS, SCALARS, stackBytes, withAll } from '../sources.ts';
import type { Source } from '../sources.ts';
import { programs } from './family.ts';

const map =
  (make: (draft: Draft) => number): Source =>
  (draft, then) =>
    then((register) => draft.map(register, make(draft)));
const hash = map((draft) => draft.addMap(mapOf('hash', 16, null)));
const array = map((draft) => draft.addMap(mapOf('array', 16, null)));
const records = map(ringbuf);
const queue = map((draft) => draft.addMap({ ...mapOf('queue', 16, null), key_size: 0 }));
const perf = map((draft) => draft.addMap({ ...mapOf('perf_event_array', 4, null), max_entries: 4 }));
const kptrs = map((draft) => typedMap(draft, 'v_mix', 'hash').map);
const percpu = map((draft) => draft.addMap(mapOf('percpu_hash', 16, null)));
const sockets = map((draft) => draft.addMap({ ...mapOf('sockmap', 4, null), max_entries: 4 }));

const KEY: readonly Source[] = [stackBytes(8), stackBytes(16), mapBytes(16), POINTERS['packet-16'], POINTERS.record];
const VALUE: readonly Source[] = [stackBytes(16), mapBytes(16), mapBytes(96)];
const BUFFER: readonly Source[] = [stackBytes(16), POINTERS['stack-unset'], mapBytes(16), POINTERS.record];
const LENGTH: readonly Source[] = [SCALARS.eight, SCALARS.four, SCALARS['masked-plus'], SCALARS.sixteen];
const ZERO: readonly Source[] = [SCALARS.zero];
const NUMBER: readonly Source[] = [SCALARS.zero, SCALARS.context, SCALARS.one];
const CONTEXT: readonly Source[] = [POINTERS.ctx];
const SOCKET: readonly Source[] = [POINTERS.sk, POINTERS['sk-common'], POINTERS['tcp-sock'], POINTERS['btf-sock']];

interface Call {
  readonly helper: HelperName;
  readonly args: readonly (readonly Source[])[];
  /** The result is a pointer that may be NULL, and this may be read of it. */
  readonly gives?: number;
}

const CALLS: readonly Call[] = [
  { helper: 'map_lookup_elem', args: [[hash, array, kptrs, percpu], KEY], gives: 0 },
  { helper: 'map_update_elem', args: [[hash, array], KEY, VALUE, ZERO] },
  { helper: 'map_update_elem', args: [[kptrs], KEY, [stackBytes(48), mapBytes(96)], ZERO] },
  { helper: 'map_delete_elem', args: [[hash, kptrs], KEY] },
  { helper: 'map_push_elem', args: [[queue], VALUE, ZERO] },
  { helper: 'map_pop_elem', args: [[queue], BUFFER] },
  { helper: 'map_peek_elem', args: [[queue], BUFFER] },
  { helper: 'skb_load_bytes', args: [CONTEXT, NUMBER, BUFFER, LENGTH] },
  { helper: 'skb_store_bytes', args: [CONTEXT, NUMBER, VALUE, LENGTH, ZERO] },
  { helper: 'csum_diff', args: [[SCALARS.zero, ...VALUE], [SCALARS.zero, SCALARS.four], VALUE, LENGTH, NUMBER] },
  { helper: 'ringbuf_output', args: [[records], VALUE, LENGTH, ZERO] },
  { helper: 'ringbuf_query', args: [[records], NUMBER] },
  { helper: 'perf_event_output', args: [CONTEXT, [perf], NUMBER, VALUE, LENGTH] },
  { helper: 'sk_fullsock', args: [[POINTERS['sk-common'], POINTERS.sk, POINTERS['btf-sock']]], gives: 4 },
  { helper: 'tcp_sock', args: [SOCKET], gives: 4 },
  { helper: 'get_listener_sock', args: [SOCKET], gives: 4 },
  { helper: 'skc_to_tcp_sock', args: [SOCKET], gives: 4 },
  { helper: 'strtol', args: [BUFFER, LENGTH, ZERO, [stackBytes(8)]] },
  { helper: 'trace_printk', args: [VALUE, LENGTH, NUMBER, NUMBER, NUMBER] },
  { helper: 'probe_read_kernel', args: [BUFFER, LENGTH, [SCALARS.clock, POINTERS.ref, POINTERS.kptr]] },
  { helper: 'probe_read_user', args: [BUFFER, LENGTH, [SCALARS.clock]] },
  { helper: 'skb_vlan_push', args: [CONTEXT, NUMBER, NUMBER] },
  { helper: 'skb_pull_data', args: [CONTEXT, NUMBER] },
  { helper: 'sk_redirect_map', args: [CONTEXT, [sockets], NUMBER, ZERO] },
  { helper: 'fib_lookup', args: [CONTEXT, [stackBytes(64), mapBytes(96)], [constant(64)], ZERO] },
  { helper: 'spin_lock', args: [[POINTERS['map-kptrs'], POINTERS['map-16']]] },
  { helper: 'map_lookup_percpu_elem', args: [[percpu], KEY, NUMBER], gives: 0 },
  { helper: 'kptr_xchg', args: [[POINTERS['map-kptr-slot']], [SCALARS.zero]], gives: 0 },
  { helper: 'strncmp', args: [VALUE, LENGTH, [stackBytes(8)]] },
  { helper: 'get_current_task_btf', args: [] },
  { helper: 'sk_release', args: [[POINTERS.sk, POINTERS['sk-common']]] },
];

/** Every argument of helpers with every kind of value; and the result read. */
export const helperArgs = programs('wide-helper-args', 8, (draft) => {
  const { choices } = draft;
  begin(draft);
  noise(draft, 30);
  const call = choices.pick('call', CALLS);
  const wild = choices.chance('wild', 25);
  const sources = call.args.map((good, at) =>
    wild && choices.chance('here', 45)
      ? choices.pick(`any${String(at)}`, ANY)
      : choices.pick(`arg${String(at + 1)}`, good, ANY),
  );
  withAll(draft, sources, (values) => {
    asArguments(values);
    draft.helper(call.helper);
    if (call.gives === undefined && choices.chance('result', 40)) draft.alu('and', 0, 0xff);
    if (call.gives !== undefined && choices.chance('result-read', 60)) {
      if (choices.pick('result-checked', [true], [false])) draft.jump('eq', 0, 0, draft.out);
      draft.load(4, 2, 0, call.gives);
    }
  });
});

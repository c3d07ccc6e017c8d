import { HELPER } from './helper-ids.ts';
import type { Behaviours } from './behaviours.ts';
import type { Program } from '../../program/program.ts';

const H = HELPER;

/** The helpers that take a map of a type; types that are not named go with all that do not ask for others. */
const HELPERS_OF_MAP: Readonly<Record<string, readonly number[]>> = {
  prog_array: [H.tail_call],
  perf_event_array: [H.perf_event_read, H.perf_event_output, H.skb_output, H.perf_event_read_value, H.xdp_output],
  ringbuf: [
    H.ringbuf_output,
    H.ringbuf_reserve,
    H.ringbuf_query,
    H.ringbuf_reserve_dynptr,
    H.ringbuf_submit_dynptr,
    H.ringbuf_discard_dynptr,
  ],
  user_ringbuf: [H.user_ringbuf_drain],
  stack_trace: [H.get_stackid],
  cgroup_array: [H.skb_under_cgroup, H.current_task_under_cgroup],
  cgroup_storage: [H.get_local_storage],
  percpu_cgroup_storage: [H.get_local_storage],
  devmap: [H.redirect_map, H.map_lookup_elem],
  devmap_hash: [H.redirect_map, H.map_lookup_elem],
  cpumap: [H.redirect_map],
  xskmap: [H.redirect_map, H.map_lookup_elem],
  array_of_maps: [H.map_lookup_elem],
  hash_of_maps: [H.map_lookup_elem],
  sockmap: [H.sk_redirect_map, H.sock_map_update, H.msg_redirect_map, H.sk_select_reuseport, H.map_lookup_elem],
  sockhash: [H.sk_redirect_hash, H.sock_hash_update, H.msg_redirect_hash, H.sk_select_reuseport, H.map_lookup_elem],
  reuseport_sockarray: [H.sk_select_reuseport],
  queue: [H.map_peek_elem, H.map_pop_elem, H.map_push_elem],
  stack: [H.map_peek_elem, H.map_pop_elem, H.map_push_elem],
  sk_storage: [H.sk_storage_get, H.sk_storage_delete],
  inode_storage: [H.inode_storage_get, H.inode_storage_delete],
  task_storage: [H.task_storage_get, H.task_storage_delete],
  bloom_filter: [H.map_peek_elem, H.map_push_elem],
};

const PERF = ['perf_event_array'];
const RINGBUF = ['ringbuf'];
const STORES = ['cgroup_storage', 'percpu_cgroup_storage'];
const QUEUES = ['queue', 'stack'];

/** The map types that a helper takes; helpers that are not named take all that do not ask for others. */
const MAPS_OF_HELPER: Readonly<Record<number, readonly string[]>> = {
  [H.tail_call]: ['prog_array'],
  [H.perf_event_read]: PERF,
  [H.perf_event_output]: PERF,
  [H.perf_event_read_value]: PERF,
  [H.skb_output]: PERF,
  [H.xdp_output]: PERF,
  [H.ringbuf_output]: RINGBUF,
  [H.ringbuf_reserve]: RINGBUF,
  [H.ringbuf_query]: RINGBUF,
  [H.ringbuf_reserve_dynptr]: RINGBUF,
  [H.ringbuf_submit_dynptr]: RINGBUF,
  [H.ringbuf_discard_dynptr]: RINGBUF,
  [H.user_ringbuf_drain]: ['user_ringbuf'],
  [H.get_stackid]: ['stack_trace'],
  [H.current_task_under_cgroup]: ['cgroup_array'],
  [H.skb_under_cgroup]: ['cgroup_array'],
  [H.redirect_map]: ['devmap', 'devmap_hash', 'cpumap', 'xskmap'],
  [H.sk_redirect_map]: ['sockmap'],
  [H.msg_redirect_map]: ['sockmap'],
  [H.sock_map_update]: ['sockmap'],
  [H.sk_redirect_hash]: ['sockhash'],
  [H.msg_redirect_hash]: ['sockhash'],
  [H.sock_hash_update]: ['sockhash'],
  [H.get_local_storage]: STORES,
  [H.sk_select_reuseport]: ['reuseport_sockarray', 'sockmap', 'sockhash'],
  [H.map_pop_elem]: QUEUES,
  [H.map_peek_elem]: [...QUEUES, 'bloom_filter'],
  [H.map_push_elem]: [...QUEUES, 'bloom_filter'],
  [H.map_lookup_percpu_elem]: ['percpu_array', 'percpu_hash', 'lru_percpu_hash'],
  [H.sk_storage_get]: ['sk_storage'],
  [H.sk_storage_delete]: ['sk_storage'],
  [H.inode_storage_get]: ['inode_storage'],
  [H.inode_storage_delete]: ['inode_storage'],
  [H.task_storage_get]: ['task_storage'],
  [H.task_storage_delete]: ['task_storage'],
};

/** Program types whose context is no locked socket, so that they may update sock maps. */
const UPDATE_SOCKMAPS = new Set([
  'socket_filter',
  'sched_cls',
  'sched_act',
  'xdp',
  'sk_reuseport',
  'flow_dissector',
  'sk_lookup',
]);
const TRACE_ITER = 28;

/** Whether a helper may be given a map: check_map_func_compatibility(), kernel/bpf/verifier.c. */
export function isHelperForMap(helper: number, mapType: string, program: Program, behaviours: Behaviours): boolean {
  const helpers = HELPERS_OF_MAP[mapType];
  if (helpers !== undefined && !helpers.includes(helper)) {
    const isSockMap = mapType === 'sockmap' || mapType === 'sockhash';
    if (!isSockMap || !mayChangeSockmap(helper, program, behaviours)) return false;
  }
  const maps = MAPS_OF_HELPER[helper];
  return maps === undefined || maps.includes(mapType);
}

/** may_update_sockmap(). */
function mayChangeSockmap(helper: number, program: Program, behaviours: Behaviours): boolean {
  const isDelete = helper === HELPER.map_delete_elem;
  if (isDelete && !behaviours.sockmapDeleteRestricted) return true;
  if (helper !== HELPER.map_update_elem && !isDelete) return false;
  if (program.progType === 'tracing') return program.expectedAttachType === TRACE_ITER;
  return UPDATE_SOCKMAPS.has(program.progType) || (isDelete && program.progType === 'sock_ops');
}

import type { Program } from '../../program/program.ts';
import type { Behaviours } from '../kernel/behaviours.ts';
import type { BpfMap } from '../maps/bpf-map.ts';
import { mapForProgram } from '../rules/load/map-program.rule.ts';
import { reject } from '../rules/rule.ts';

/** BPF_F_NO_PREALLOC. */
const NO_PREALLOC = 1;

/** Maps that sleepable programs may use; those in the second list only if preallocated, where that matters. */
const SLEEPABLE = new Set(['ringbuf', 'inode_storage', 'sk_storage', 'task_storage']);
const SLEEPABLE_ALLOCATED = new Set([
  'hash',
  'lru_hash',
  'array',
  'percpu_hash',
  'percpu_array',
  'lru_percpu_hash',
  'array_of_maps',
  'hash_of_maps',
]);

/** Fields that tracing programs may not use. */
const TRACING_EXCLUDES: ReadonlySet<string> = new Set(['list_head', 'rb_root', 'workqueue']);
/** Maps that sleepable programs may use as well, later. */
const SLEEPABLE_LATER = new Set(['queue', 'stack', 'cgrp_storage', 'arena']);

/** check_map_prog_compatibility(), kernel/bpf/verifier.c. @throws Rejection if the program may not use the map */
export function checkMapForProgram(program: Program, map: BpfMap, behaviours: Behaviours): void {
  const why = reasonAgainst(program, map, behaviours);
  if (why !== undefined) reject(mapForProgram, { map: map.spec.name, why });
}

function reasonAgainst(program: Program, map: BpfMap, behaviours: Behaviours): string | undefined {
  const { progType } = program;
  const isTracing = isTracingType(progType, behaviours);
  if (behaviours.preallocationMatters && progType === 'perf_event' && !isPreallocated(map)) {
    return 'perf_event programs use preallocated hash tables alone';
  }
  if (map.spinLockOffset !== undefined) {
    if (progType === 'socket_filter') return 'socket filters have no spin locks';
    if (isTracing) return 'tracing programs have no spin locks';
    if (program.sleepable && !behaviours.sleepersLock) return 'sleepable programs have no spin locks';
  }
  if (map.timerOffset !== undefined && isTracing) return 'tracing programs have no timers';
  const special = map.fields.others.find(({ kind }) => TRACING_EXCLUDES.has(kind));
  if (special !== undefined && isTracing) return `tracing programs have no field of kind ${special.kind}`;
  if (map.type === 'struct_ops') return 'maps of struct_ops are for the loader alone';
  return program.sleepable ? reasonAgainstSleeping(map, behaviours) : undefined;
}

function reasonAgainstSleeping(map: BpfMap, behaviours: Behaviours): string | undefined {
  if (SLEEPABLE.has(map.type) || (map.type === 'user_ringbuf' && !behaviours.preallocationMatters)) return undefined;
  if (behaviours.sleepersUseMoreMaps && SLEEPABLE_LATER.has(map.type)) return undefined;
  if (!SLEEPABLE_ALLOCATED.has(map.type))
    return 'sleepable programs use arrays, hash tables, ring buffers and storage alone';
  return behaviours.preallocationMatters && !isPreallocated(map)
    ? 'sleepable programs use preallocated maps alone'
    : undefined;
}

function isTracingType(progType: string, behaviours: Behaviours): boolean {
  return (
    progType === 'kprobe' ||
    progType === 'tracepoint' ||
    progType === 'perf_event' ||
    progType === 'raw_tracepoint' ||
    (progType === 'raw_tracepoint_writable' && behaviours.writableTracepointsTrace)
  );
}

/** is_preallocated_map(). */
function isPreallocated(map: BpfMap): boolean {
  return hasPreallocation(map) && (map.inner === undefined || hasPreallocation(map.inner));
}

function hasPreallocation({ type, flags }: BpfMap): boolean {
  return (type !== 'hash' && type !== 'percpu_hash' && type !== 'hash_of_maps') || (flags & NO_PREALLOC) === 0;
}

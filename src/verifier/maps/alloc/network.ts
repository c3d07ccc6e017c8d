import type { MapSpec } from '../../../program/program.ts';
import { MAP_FLAG } from '../map-flags.ts';
import { refuse, type MapRefusal } from '../refusal.ts';
import { LARGEST_TABLE } from './limits.ts';

const FLAGS = MAP_FLAG.NUMA_NODE | MAP_FLAG.RDONLY | MAP_FLAG.WRONLY;
/** MAX_BPF_STACK. */
const LONGEST_KEY = 512;
const SOCKET_BUCKET_BYTES = 16;
const U32_MAX = 0xffff_ffff;
/** The most of CONFIG_NR_CPUS on x86-64. A kernel that is built for fewer says E2BIG earlier. */
const CPUS = 8192;
/** A value may hold the file descriptor of a program beside its number: since v5.8, so in every kernel that has kfuncs. */
const VALUE_SIZES = [4, 8];

/** dev_map_alloc(), kernel/bpf/devmap.c: devmap, devmap_hash. */
export function checkDevmap(spec: MapSpec): MapRefusal | undefined {
  const refusal = checkNumbered(spec, VALUE_SIZES);
  if (refusal !== undefined) return refusal;
  const tooMany = spec.type === 'devmap_hash' && spec.maxEntries > LARGEST_TABLE;
  return tooMany ? refuse('map/max-entries', 'EINVAL') : undefined;
}

/** cpu_map_alloc(), kernel/bpf/cpumap.c. */
export function checkCpumap(spec: MapSpec): MapRefusal | undefined {
  if ((spec.flags & ~MAP_FLAG.NUMA_NODE) !== 0) return refuse('map/flags', 'EINVAL');
  const refusal = checkNumbered(spec, VALUE_SIZES);
  return refusal ?? (spec.maxEntries > CPUS ? refuse('map/too-big', 'E2BIG') : undefined);
}

/** xsk_map_alloc(), net/xdp/xskmap.c. */
export function checkXskmap(spec: MapSpec): MapRefusal | undefined {
  return checkNumbered(spec, [4]);
}

/** sock_map_alloc(), net/core/sock_map.c. */
export function checkSockmap(spec: MapSpec): MapRefusal | undefined {
  return checkNumbered(spec, VALUE_SIZES);
}

/** sock_hash_alloc(), net/core/sock_map.c. */
export function checkSockhash(spec: MapSpec): MapRefusal | undefined {
  if (spec.maxEntries === 0) return refuse('map/max-entries', 'EINVAL');
  if (spec.keySize === 0) return refuse('map/key-size', 'EINVAL');
  if (!VALUE_SIZES.includes(spec.valueSize)) return refuse('map/value-size', 'EINVAL');
  if ((spec.flags & ~FLAGS) !== 0) return refuse('map/flags', 'EINVAL');
  if (spec.keySize > LONGEST_KEY) return refuse('map/key-size', 'E2BIG');
  const tooMany = spec.maxEntries > Math.floor(U32_MAX / SOCKET_BUCKET_BYTES) / 2;
  return tooMany ? refuse('map/max-entries', 'EINVAL') : undefined;
}

function checkNumbered(spec: MapSpec, valueSizes: readonly number[]): MapRefusal | undefined {
  if (spec.maxEntries === 0) return refuse('map/max-entries', 'EINVAL');
  if (spec.keySize !== 4) return refuse('map/key-size', 'EINVAL');
  if (!valueSizes.includes(spec.valueSize)) return refuse('map/value-size', 'EINVAL');
  return (spec.flags & ~FLAGS) === 0 ? undefined : refuse('map/flags', 'EINVAL');
}

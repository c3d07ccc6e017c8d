import type { MapSpec } from '../../../program/program.ts';
import { MAP_FLAG } from '../map-flags.ts';
import type { MapRefusal } from '../refusal.ts';
import { LARGEST_TABLE } from './limits.ts';
import {
  refuseFlags,
  refuseKeySize,
  refuseMaxEntries,
  refuseTooBig,
  refuseTooMany,
  refuseValueSize,
} from './refusals.ts';

const FLAGS = MAP_FLAG.NUMA_NODE | MAP_FLAG.RDONLY | MAP_FLAG.WRONLY;
/** MAX_BPF_STACK. */
const LONGEST_KEY = 512;
/** 2^32 - 1 bytes hold so many of struct bpf_shtab_bucket, of which there is a power of 2. */
const MOST_SOCKETS = 2 ** 27;
/** The most of CONFIG_NR_CPUS on x86-64. A kernel that is built for fewer says E2BIG earlier. */
const CPUS = 8192;

/** dev_map_alloc(), kernel/bpf/devmap.c: devmap, devmap_hash. */
export function checkDevmap(spec: MapSpec): MapRefusal | undefined {
  const refusal = checkNumbered(spec, FLAGS, [4, 8]);
  if (refusal !== undefined) return refusal;
  const isTooMany = spec.type === 'devmap_hash' && spec.maxEntries > LARGEST_TABLE;
  return isTooMany ? refuseMaxEntries(spec, `at most ${String(LARGEST_TABLE)}`) : undefined;
}

/** cpu_map_alloc(), kernel/bpf/cpumap.c. */
export function checkCpumap(spec: MapSpec): MapRefusal | undefined {
  const refusal = checkNumbered(spec, MAP_FLAG.NUMA_NODE, [4, 8]);
  return refusal ?? (spec.maxEntries > CPUS ? refuseTooMany(spec, CPUS) : undefined);
}

/** xsk_map_alloc(), net/xdp/xskmap.c. */
export function checkXskmap(spec: MapSpec): MapRefusal | undefined {
  return checkNumbered(spec, FLAGS, [4]);
}

/** sock_map_alloc(), net/core/sock_map.c. */
export function checkSockmap(spec: MapSpec): MapRefusal | undefined {
  return checkNumbered(spec, FLAGS, [4, 8]);
}

/** sock_hash_alloc(), net/core/sock_map.c. */
export function checkSockhash(spec: MapSpec): MapRefusal | undefined {
  if (spec.keySize === 0) return refuseKeySize(spec, 'at least 1');
  const refusal = checkValues(spec, FLAGS, [4, 8]);
  if (refusal !== undefined) return refusal;
  if (spec.keySize > LONGEST_KEY) return refuseTooBig(spec, spec.keySize, LONGEST_KEY);
  return spec.maxEntries > MOST_SOCKETS ? refuseMaxEntries(spec, `at most ${String(MOST_SOCKETS)}`) : undefined;
}

function checkNumbered(spec: MapSpec, flags: number, valueSizes: readonly number[]): MapRefusal | undefined {
  return spec.keySize === 4 ? checkValues(spec, flags, valueSizes) : refuseKeySize(spec, '4');
}

function checkValues(spec: MapSpec, flags: number, valueSizes: readonly number[]): MapRefusal | undefined {
  if (spec.maxEntries === 0) return refuseMaxEntries(spec, 'at least 1');
  if (!valueSizes.includes(spec.valueSize)) return refuseValueSize(spec, valueSizes.join(' or '));
  const others = spec.flags & ~flags;
  return others === 0 ? undefined : refuseFlags(spec, others);
}

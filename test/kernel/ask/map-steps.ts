import type { MapCase, MapOp } from '../../../src/program/map-case.ts';
import type { MapSpec } from '../../../src/program/program.ts';
import type { Step } from '../machine/jobs.ts';
import { Attributes, COMMAND, type Descriptor } from './attributes.ts';
import { MAP_TYPES, numberOf } from './program-types.ts';

/** PROT_READ, PROT_WRITE */
const [READ, WRITE] = [1, 2];
const PAGE_BYTES = 4096;
/** As many bytes as any key or value of a test has. */
const ELEMENT_BYTES = 32768;

/** BPF_MAP_CREATE. */
export function createStep(
  map: MapSpec,
  btf: Descriptor | undefined,
  inner: Descriptor | undefined,
  report: boolean,
): Step {
  const attributes = new Attributes(72)
    .u32(0, numberOf(MAP_TYPES, map.type))
    .u32(4, map.keySize)
    .u32(8, map.valueSize)
    .u32(12, map.maxEntries)
    .u32(16, map.flags)
    .text(28, map.name, 16);
  if (inner !== undefined) attributes.descriptor(20, inner);
  if (btf !== undefined) attributes.descriptor(48, btf).u32(52, map.keyTypeId).u32(56, map.valueTypeId);
  return attributes.step(COMMAND.mapCreate, { report });
}

/** The steps of operations on maps, one each. */
export function mapCaseSteps({ maps, ops }: MapCase, btf: Descriptor | undefined): readonly Step[] {
  /** By map, the step that made it. */
  const made = new Map<number, number>();
  return ops.map((op, step) => {
    const spec = maps[op.map];
    if (spec === undefined) throw new RangeError(`no map ${String(op.map)}`);
    if (op.op === 'create') {
      made.set(op.map, step);
      const inner = spec.innerMap === undefined ? undefined : made.get(spec.innerMap);
      return createStep(spec, spec.btf === undefined ? undefined : btf, inner, true);
    }
    return operate(op, spec, (map) => made.get(map));
  });
}

function operate(op: MapOp, spec: MapSpec, stepOf: (map: number) => number | undefined): Step {
  const on = (attributes: Attributes, map: number, offset = 0): Attributes => {
    const step = stepOf(map);
    // What was never made is an invalid descriptor, as what could not be made is.
    return step === undefined ? attributes.u32(offset, -1) : attributes.descriptor(offset, step);
  };
  const element = (flags = 0): Attributes =>
    on(new Attributes(32).pointer(8, new Uint8Array(512)).u64(24, BigInt(flags)), op.map);
  switch (op.op) {
    case 'create':
      throw new Error('unreachable');
    case 'freeze':
      return on(new Attributes(4), op.map).step(COMMAND.mapFreeze);
    case 'lookup':
      return element().output(16).step(COMMAND.mapLookup);
    case 'delete':
      return element().step(COMMAND.mapDelete);
    case 'update':
      return element(op.arg).pointer(16, new Uint8Array(ELEMENT_BYTES)).step(COMMAND.mapUpdate);
    case 'put_inner': {
      const attributes = new Attributes(32).pointer(8, new Uint8Array(64));
      const inner = stepOf(op.arg);
      const value = new Uint8Array(8).fill(inner === undefined ? 0xff : 0);
      return on(attributes.pointer(16, value, inner === undefined ? [] : [[0, inner]]), op.map).step(COMMAND.mapUpdate);
    }
    case 'mmap': {
      const bytes = ((spec.valueSize + 7) & ~7) * spec.maxEntries;
      const size = Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
      const attributes = on(new Attributes(12), op.map)
        .u32(4, size)
        .u32(8, READ | (op.arg === 1 ? WRITE : 0));
      return {
        kind: 'map-memory',
        command: 0,
        attr: attributes.bytes,
        data: new Uint8Array(),
        fills: attributes.fills,
        report: true,
      };
    }
  }
}

import type { KptrMap } from '../../../generated/types/check-report.ts';
import type { Program } from '../../program/program.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { createMap, type BpfMap } from '../maps/bpf-map.ts';
import { slotLifetimes } from '../maps/slot-lifetime.ts';
import { NotModelled } from '../rules/rule.ts';

/** The maps that a program refers to whose values hold referenced kptrs, and what frees the objects in them. */
export function kptrMaps(program: Program, kernel: Kernel): KptrMap[] {
  const used = new Set([...program.mapReferences.values()].map(({ map }) => map));
  return createMaps(program, kernel).flatMap((map) => {
    if (map === undefined || !used.has(map.index)) return [];
    const kptrs = slotLifetimes(kernel, map).map(({ slot, dtor, effects }) => ({
      offset: slot.offset,
      type: slot.typeName,
      ...(dtor === undefined ? {} : { dtor }),
      freed_by: effects.filter(({ effect }) => effect === 'destroyed').map(({ event }) => event),
    }));
    return kptrs.length === 0 ? [] : [{ name: map.spec.name, type: map.type, kptrs }];
  });
}

/** Those that the kernel does not create, or that are not modelled, are told of elsewhere. */
function createMaps({ maps }: Program, kernel: Kernel): readonly (BpfMap | undefined)[] {
  const created: (BpfMap | undefined)[] = [];
  for (const spec of maps) {
    try {
      const map = createMap(kernel, spec, created);
      created.push('rule' in map ? undefined : map);
    } catch (error) {
      if (!(error instanceof NotModelled)) throw error;
      created.push(undefined);
    }
  }
  return created;
}

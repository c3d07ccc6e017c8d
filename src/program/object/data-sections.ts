import { kindOf, type Btf } from '../../btf/btf.ts';
import type { BtfDataSection } from '../../btf/btf-type.ts';
import { typeAt } from '../../btf/read-type.ts';

/** The data sections of BTF by name, in the order of their ids; of each name the first. */
export function dataSections(btf: Btf): ReadonlyMap<string, BtfDataSection> {
  const sections = new Map<string, BtfDataSection>();
  for (let id = 1; id < btf.typeCount; id++) {
    if (kindOf(btf, id) !== 'datasec') continue;
    const type = typeAt(btf, id);
    if (type.kind === 'datasec' && !sections.has(type.name)) sections.set(type.name, type);
  }
  return sections;
}

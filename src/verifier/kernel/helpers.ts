/** The BPF helpers of a kernel: their prototypes, and who may call them. The data is registry/helpers. */
import { helpers } from '../../../generated/tables/helpers.ts';
import { projectHelpers, type HasFunction, type HelperTable } from './helpers/helper-table.ts';

export type { HelperCaller } from './helpers/condition.ts';
export { findHelper } from './helpers/find-helper.ts';
export type {
  HelperArgument,
  HelperArgumentFlag,
  HelperArgumentType,
  HelperPrototype,
  HelperReturn,
  HelperReturnType,
} from './helpers/helper-prototype.ts';
export type { HasFunction, HelperAnswer, HelperTable } from './helpers/helper-table.ts';

/**
 * The helpers of a kernel. It takes some milliseconds: make it once.
 *
 * @param version as profiles name it, `v6.1`
 * @param hasFunction whether the BTF of the kernel has a function of some name: what is not configured is not callable.
 *   Without it, every helper is taken to be configured.
 * @throws RangeError if it is no version
 */
export function createHelperTable(version: string, hasFunction?: HasFunction): HelperTable {
  return projectHelpers(helpers, version, hasFunction);
}

/** What a helper is called in messages: `map_lookup_elem`, or its number if the kernel has no such helper. */
export function helperName(table: HelperTable, id: number): string {
  return table.helpers[id]?.name ?? `#${id}`;
}

/** The numbers of a kernel's helpers by name, as C has it: `bpf_map_lookup_elem`. */
export function helperNumbers(table: HelperTable): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const [id, helper] of table.helpers.entries()) {
    if (helper !== undefined) numbers.set(`bpf_${helper.name}`, id);
  }
  return numbers;
}

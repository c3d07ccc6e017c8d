/** The BPF helpers of a kernel: their prototypes, and who may call them. The data is registry/helpers. */
import { helpers } from '../../../generated/tables/helpers.ts';
import { projectHelpers, type HelperTable } from './helpers/helper-table.ts';

export type { HelperCaller } from './helpers/condition.ts';
export { findHelper, type HelperAnswer } from './helpers/find-helper.ts';
export type {
  HelperArgument,
  HelperArgumentFlag,
  HelperArgumentType,
  HelperPrototype,
  HelperReturn,
  HelperReturnType,
} from './helpers/helper-prototype.ts';
export type { HelperTable } from './helpers/helper-table.ts';

const tables = new Map<string, HelperTable>();

/**
 * The helpers of a kernel; made once for each.
 *
 * @param version as profiles name it, `v6.1`
 * @throws RangeError if it is no version
 */
export function createHelperTable(version: string): HelperTable {
  const known = tables.get(version) ?? projectHelpers(helpers, version);
  tables.set(version, known);
  return known;
}

/** What a helper is called in messages: `map_lookup_elem`, or its number if the kernel has no such helper. */
export function helperName(table: HelperTable, id: number): string {
  return table.helpers[id]?.name ?? `#${id}`;
}

import type { HelperFile } from '../../generated/types/helper.ts';
import type { LoadedHelpers } from './load-helpers.ts';
import type { HelperData } from '../../src/verifier/kernel/helpers/helper-data.ts';

/** What a registry says of helpers, as the table holds it; undefined where it has no such files. */
export function helperData({ read }: LoadedHelpers): HelperData | undefined {
  return read.length === 0 ? undefined : mergeHelpers(read.map(({ data }) => data));
}

/** The files put together, in the order of the files; helpers by number. Descriptions stay behind. */
export function mergeHelpers(files: readonly HelperFile[]): HelperData {
  return {
    helpers: files.flatMap(({ helpers = [] }) => helpers).toSorted((a, b) => a.id - b.id),
    lists: files.flatMap(({ lists = [] }) => lists),
    programs: files.flatMap(({ programs = [] }) => programs),
    functionSets: files.flatMap(({ function_sets: sets = [] }) =>
      sets.map(({ name, functions }) => ({ name, functions })),
    ),
    attachTypes: files.flatMap(({ attach_types: types = [] }) => types),
  };
}

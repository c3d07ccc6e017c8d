import type { Kernel } from '../../generated/types/kernel.ts';
import { ERRNO } from './errno.ts';
import type { KfuncFilter } from './kfunc-slot.ts';

/** What filters of kfunc sets ask of a program. */
export interface FilteredProgram {
  /** Without BPF_PROG_TYPE_, in lower case. */
  readonly progType: string;
  /**
   * The expected attach type, without BPF_, in lower case. Undefined: any; a filter then lets through what it would let
   * through for some.
   */
  readonly attachType: string | undefined;
}

/** Makes the filter of a set, by the name of its C function and the ids in it; undefined for a set without. */
export type FilterMaker = (name: string | undefined, ids: Iterable<number>) => KfuncFilter | undefined;

/**
 * The filters of a kernel, each C function one filter, as far as the profile tells what they let through: `-EACCES` for
 * a program that is refused one of the ids of its sets. A filter that the profile does not know refuses nothing; that
 * it is there can be seen by `filter` of the set. Who asks without a FilteredProgram asks no filter.
 *
 * bpf_fs_kfuncs_filter(), fs/bpf_fs_kfuncs.c, and tracing_iter_filter(), net/core/filter.c, v6.12.
 */
export function createFilters(profile: Pick<Kernel, 'filters'>): FilterMaker {
  const made = new Map<string, { readonly filter: KfuncFilter; readonly ids: Set<number> }>();
  return (name, ids) => {
    if (name === undefined) return undefined;
    const known = made.get(name) ?? createFilter(profile.filters?.[name]);
    made.set(name, known);
    for (const id of ids) known.ids.add(id);
    return known.filter;
  };
}

function createFilter(lets: NonNullable<Kernel['filters']>[string] | undefined): {
  readonly filter: KfuncFilter;
  readonly ids: Set<number>;
} {
  const ids = new Set<number>();
  const filter: KfuncFilter = (program, id) => {
    if (lets === undefined || !ids.has(id) || !isFilteredProgram(program)) return 0;
    const { progType, attachType } = program;
    const ofType = lets.prog_types?.includes(progType) ?? true;
    const ofAttachType = attachType === undefined || (lets.attach_types?.includes(attachType) ?? true);
    return ofType && ofAttachType ? 0 : -ERRNO.EACCES;
  };
  return { filter, ids };
}

function isFilteredProgram(program: unknown): program is FilteredProgram {
  return typeof program === 'object' && program !== null && 'progType' in program && 'attachType' in program;
}

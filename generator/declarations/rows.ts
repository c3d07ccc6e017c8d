import { kfuncEntries } from './entries.ts';
import type { KernelModel } from './model.ts';

/** A row of `kfuncs list`: a kfunc that programs of a hook may call. */
export interface ListRow {
  readonly kfunc: string;
  readonly hook: string;
  /** The program types named in registration calls, as BPF_PROG_TYPE_… names, sorted. */
  readonly prog_types: readonly string[];
  /** Sorted. */
  readonly flags: readonly string[];
  readonly owner: string;
  readonly source: string;
  /** Name of the set that has it. */
  readonly set: string;
}

/** A row of `kfuncs dtors`: a destructor pair. */
export interface DtorRow {
  readonly type: string;
  readonly kfunc: string;
  readonly owner: string;
  readonly source: string;
}

/** A program type as enum bpf_prog_type spells it. */
export function progTypeName(progType: string): string {
  return `BPF_PROG_TYPE_${progType.toUpperCase()}`;
}

/** Compares by code units, so that the order does not depend on the machine's language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The callable kfuncs of a kernel, sorted by hook, kfunc, owner, source, set and flags: a row for each set that has it,
 * since each is registered for itself. What one set has twice with the same flags is one row.
 */
export function listRows(kernel: KernelModel): readonly ListRow[] {
  const known = rowsOf.get(kernel) ?? makeRows(kernel);
  rowsOf.set(kernel, known);
  return known;
}

const rowsOf = new WeakMap<KernelModel, readonly ListRow[]>();

function makeRows(kernel: KernelModel): readonly ListRow[] {
  const rows = new Map<string, ListRow>();
  for (const { source, set, kfunc, hook, progTypes } of kfuncEntries(kernel)) {
    if (!kfunc.check) {
      continue;
    }
    const flags = kfunc.flags.toSorted(compareText);
    const key = [hook, kfunc.name, source.owner, source.source, set.name, ...flags].join('\0');
    const known = rows.get(key)?.prog_types ?? [];
    rows.set(key, {
      kfunc: kfunc.name,
      hook,
      prog_types: [...new Set([...known, ...progTypes.map(progTypeName)])].sort(compareText),
      flags,
      owner: source.owner,
      source: source.source,
      set: set.name,
    });
  }
  return [...rows].sort(([a], [b]) => compareText(a, b)).map(([, row]) => row);
}

/** The destructor pairs of a kernel, sorted by type, destructor, owner and source. */
export function dtorRows(kernel: KernelModel): readonly DtorRow[] {
  const rows = new Map<string, DtorRow>();
  for (const { source, owner, dtors } of kernel.sources) {
    for (const { type, kfunc } of dtors) {
      rows.set([type, kfunc, owner, source].join('\0'), { type, kfunc, owner, source });
    }
  }
  return [...rows].sort(([a], [b]) => compareText(a, b)).map(([, row]) => row);
}

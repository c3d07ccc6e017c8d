import type { KernelBtf } from '../../src/btf/resolver.ts';
import type { KernelModel } from '../declarations/model.ts';
import { compareText, listRows, type ListRow } from '../declarations/rows.ts';
import { findOfOwner } from './find-kfunc.ts';
import { taggedByOwner } from './tagged-kfuncs.ts';

/** A row of `kfuncs list --btf`. */
export interface BtfRow extends ListRow {
  /** The version whose declarations say it. */
  readonly kernel: string;
}

/** What the registry knows of a kernel as its BTF has it. */
export interface BtfRows {
  readonly rows: readonly BtfRow[];
  /** Names of the version's kfuncs that the BTF does not have, sorted. */
  readonly absent: readonly string[];
  /** Owners whose BTF was not given, sorted; their kfuncs are in no row. */
  readonly notGiven: readonly string[];
  /** Kfuncs that the BTF marks and no version knows, sorted. */
  readonly unknown: readonly string[];
}

/**
 * The kfuncs of a kernel: what its BTF says goes before what the version says. What the BTF does not have is left out,
 * also what it does not mark where it marks kfuncs at all; what it marks and the version does not know comes from the
 * version nearest to it that does, as distributions take kfuncs over from newer kernels.
 *
 * @param models all versions, oldest first
 * @param nearest the version it is taken for
 */
export function rowsInBtf(given: KernelBtf, models: readonly KernelModel[], nearest: KernelModel): BtfRows {
  const tagged = taggedByOwner(given);
  const absent = new Set<string>();
  const notGiven = new Set<string>();
  const has = ({ owner, kfunc }: ListRow): boolean => {
    const found = findOfOwner(given, owner, kfunc, 'func');
    if (found === 'not-given') {
      notGiven.add(owner);
      return false;
    }
    const marked = tagged.get(given.modules.has(owner) ? owner : 'vmlinux') ?? new Set();
    const isThere = found !== 'absent' && (marked.size === 0 || marked.has(kfunc));
    if (!isThere) {
      absent.add(kfunc);
    }
    return isThere;
  };
  const rows = listRows(nearest).filter(has).map(fromKernel(nearest));
  const known = new Set(rows.map(({ kfunc }) => kfunc));
  const unknown: string[] = [];
  for (const kfunc of new Set([...tagged.values()].flatMap((names) => [...names]))) {
    if (known.has(kfunc)) {
      continue;
    }
    const more = rowsOfNearest(kfunc, models, nearest);
    rows.push(...more);
    if (more.length === 0) {
      unknown.push(kfunc);
    }
  }
  const key = ({ hook, kfunc, owner, source, flags }: BtfRow): string =>
    [hook, kfunc, owner, source, ...flags].join('\0');
  return {
    rows: rows.toSorted((a, b) => compareText(key(a), key(b))),
    absent: [...absent].sort(compareText),
    notGiven: [...notGiven].sort(compareText),
    unknown: unknown.sort(compareText),
  };
}

function rowsOfNearest(kfunc: string, models: readonly KernelModel[], nearest: KernelModel): readonly BtfRow[] {
  const position = models.indexOf(nearest);
  const distance = (model: KernelModel): number => Math.abs(models.indexOf(model) - position);
  for (const model of models.toSorted((a, b) => distance(a) - distance(b))) {
    const rows = listRows(model).filter((row) => row.kfunc === kfunc);
    if (rows.length > 0) {
      return rows.map(fromKernel(model));
    }
  }
  return [];
}

function fromKernel({ kernel }: KernelModel): (row: ListRow) => BtfRow {
  return (row) => ({ ...row, kernel: kernel.version });
}

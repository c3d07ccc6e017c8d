import type { BtfId } from './read-btf-ids.ts';
import { ID_KINDS, type IdKind } from './symbol-name.ts';
import type { Btf } from '../../src/btf/btf.ts';
import { findIdsByName } from '../../src/btf/find.ts';

/** Type ids by kind and name; what has none is not in it. */
export type TypeIds = Readonly<Record<IdKind, ReadonlyMap<string, number>>>;

/**
 * Looks the types up that `.BTF_ids` names. The smallest id of a kind and name is taken, so types of the base go first.
 *
 * Others of the same name are warned of as long as fewer names of the kind are found than there are places: from then on
 * the kernel's tool does not look at types of the kind (symbols_resolve(), tools/bpf/resolve_btfids/main.c).
 *
 * @returns the ids, and the warnings in the order of the types
 */
export function findTypeIds(
  places: readonly BtfId[],
  btf: Btf,
): { readonly found: TypeIds; readonly warnings: readonly string[] } {
  const found: Readonly<Record<IdKind, Map<string, number>>> = {
    struct: new Map(),
    union: new Map(),
    typedef: new Map(),
    func: new Map(),
  };
  const open: Record<IdKind, number> = { struct: 0, union: 0, typedef: 0, func: 0 };
  for (const { kind } of places) open[kind]++;
  const candidates = ID_KINDS.flatMap((kind) => {
    const names = new Set(places.filter((place) => place.kind === kind).map(({ name }) => name));
    return [...names].flatMap((name) => findIdsByName(btf, name, kind).map((id) => ({ kind, name, id })));
  });
  const warnings: string[] = [];
  for (const { kind, name, id } of candidates.toSorted((a, b) => a.id - b.id)) {
    if (open[kind] === 0) continue;
    const ids = found[kind];
    const first = ids.get(name);
    if (first === undefined) {
      ids.set(name, id);
      open[kind]--;
    } else {
      const numbers = `${String(first)}, ${String(id)} - using ${String(first)}`;
      warnings.push(`WARN: multiple IDs found for '${name}': ${numbers}`);
    }
  }
  return { found, warnings };
}

/** Which ids of an old state stand for which of the current one: struct bpf_idmap, where the way back counts too. */
export interface IdMap {
  /** In pairs. */
  readonly pairs: number[];
  /** The last id made up for a scalar that has none. */
  lastMade: number;
}

export function createIdMap(lastId: number): IdMap {
  return { pairs: [], lastMade: lastId };
}

/** check_ids(): an old id always stands for the same current one, and no other old id for that. */
export function idsMatch(old: number, current: number, ids: IdMap): boolean {
  if ((old === 0) !== (current === 0)) return false;
  if (old === 0) return true;
  const { pairs } = ids;
  for (let at = 0; at < pairs.length; at += 2) {
    if (pairs[at] === old) return pairs[at + 1] === current;
    if (pairs[at + 1] === current) return false;
  }
  pairs.push(old, current);
  return true;
}

/** The id of its own that a scalar without one is compared with. */
export function madeId(ids: IdMap): number {
  ids.lastMade += 1;
  return ids.lastMade;
}

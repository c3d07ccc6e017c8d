import { kindOf, type Btf } from './btf.ts';
import type { BtfMember } from './btf-type.ts';
import { LIMITS } from './btf-layout.ts';
import { skipTypedefs, tooDeep } from './follow.ts';
import { typeAt } from './read-type.ts';

/**
 * Finds a member of a struct or union by name, in anonymous members too, as C does.
 *
 * @param id the struct or union, through typedefs and modifiers
 * @returns the member with its offset from the start of the outermost type, or undefined
 * @throws BtfError `too-deep` if anonymous members nest further than is followed
 */
export function findMember(btf: Btf, id: number, name: string): BtfMember | undefined {
  return search(btf, id, name, 0, new Set());
}

/** @param seen types that have no such member: one that is nested in many places is searched once */
function search(btf: Btf, start: number, name: string, depth: number, seen: Set<number>): BtfMember | undefined {
  const id = skipTypedefs(btf, start);
  const type = typeAt(btf, id);
  if ((type.kind !== 'struct' && type.kind !== 'union') || seen.has(id)) return undefined;
  if (depth > LIMITS.depth) throw tooDeep(btf, start);
  for (const member of type.members) {
    if (member.name === name) return member;
    if (member.name !== '' || !isComposite(btf, member.type)) continue;
    const inner = search(btf, member.type, name, depth + 1, seen);
    if (inner !== undefined) return { ...inner, bitOffset: member.bitOffset + inner.bitOffset };
  }
  seen.add(id);
  return undefined;
}

function isComposite(btf: Btf, id: number): boolean {
  const kind = kindOf(btf, skipTypedefs(btf, id));
  return kind === 'struct' || kind === 'union';
}

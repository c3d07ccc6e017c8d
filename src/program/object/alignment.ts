import type { Btf } from '../../btf/btf.ts';
import { LIMITS } from '../../btf/btf-layout.ts';
import { skipTypedefs, tooDeep } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';

/**
 * The alignment of a type in bytes: btf__align_of(), tools/lib/bpf/btf.c, for objects of BPF, whose pointers have 8.
 *
 * @returns 1 for what has none
 * @throws BtfError `too-deep` if types nest further than is followed
 */
export function alignmentOf(btf: Btf, id: number): number {
  return search(btf, id, 0, new Map());
}

function search(btf: Btf, start: number, depth: number, known: Map<number, number>): number {
  if (depth > LIMITS.depth) throw tooDeep(btf, start);
  const id = skipTypedefs(btf, start);
  const before = known.get(id);
  if (before !== undefined) return before;
  const alignment = ofType(btf, id, depth, known);
  known.set(id, alignment);
  return alignment;
}

function ofType(btf: Btf, id: number, depth: number, known: Map<number, number>): number {
  const type = typeAt(btf, id);
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'enum':
    case 'enum64':
      return Math.max(1, Math.min(8, type.size));
    case 'ptr':
      return 8;
    case 'array':
    case 'var':
      return search(btf, type.type, depth + 1, known);
    case 'struct':
    case 'union':
      return type.members.reduce((most, member) => Math.max(most, search(btf, member.type, depth + 1, known)), 1);
    default:
      return 1;
  }
}

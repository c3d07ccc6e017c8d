import type { Btf } from '../../btf/btf.ts';
import { typeAt } from '../../btf/read-type.ts';

/** MAX_RESOLVE_DEPTH. */
const DEPTH = 32;
const LARGEST = 0xffffffff;

export interface ResolvedSize {
  /** Bytes of the whole. */
  readonly size: number;
  /** The type whose size it is, of arrays that of the innermost elements. */
  readonly element: number;
  /** Elements of all dimensions of an array; 1 for what is none. */
  readonly count: number;
  readonly isArray: boolean;
}

/**
 * The size of a type, arrays of arrays laid flat: __btf_resolve_size(), kernel/bpf/btf.c.
 *
 * @returns undefined if the type has no size, or nests too deep
 */
export function resolveSize(btf: Btf, id: number): ResolvedSize | undefined {
  let current = id;
  let count = 1;
  let isArray = false;
  for (let depth = 0; depth < DEPTH; depth++) {
    const type = typeAt(btf, current);
    switch (type.kind) {
      case 'int':
      case 'struct':
      case 'union':
      case 'enum':
      case 'enum64':
      case 'float':
      case 'ptr': {
        const own = type.kind === 'ptr' ? 8 : type.size;
        const size = own * count;
        return size > LARGEST ? undefined : { size, element: current, count, isArray };
      }
      case 'typedef':
      case 'volatile':
      case 'const':
      case 'restrict':
      case 'type_tag':
        current = type.type;
        break;
      case 'array':
        isArray = true;
        count *= type.length;
        if (count > LARGEST) return undefined;
        current = type.type;
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

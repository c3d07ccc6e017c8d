import type { Btf } from './btf.ts';
import { BtfError } from './btf-error.ts';
import type { BtfPrototype, BtfType } from './btf-type.ts';
import { skipTypedefs } from './follow.ts';
import { typeAt } from './read-type.ts';

/** A type, in the BTF that has it. */
export interface TypeIn {
  readonly btf: Btf;
  readonly id: number;
}

export interface CompatOptions {
  /**
   * How many prototypes may be nested through parameters: 2 in kernels (MAX_TYPES_ARE_COMPAT_DEPTH), 32 in libbpf.
   */
  readonly levels?: number;
  /** Whether enumerations of 32 and of 64 bits are the same; kernels before v6.0 do not know the latter. */
  readonly enum64?: boolean;
}

/** -EINVAL: too deep, or malformed. */
export const INVALID = -22;

const KERNEL_LEVELS = 2;
/** Pointers, arrays and results that are followed from one pair of types. */
const STEPS = 32;
/** Ours: prototypes that share parameters can be made to take for ever. No kernel's types come near. */
const MOST_COMPARISONS = 1_000_000;

/**
 * Whether two types are compatible: bpf_core_types_are_compat(), kernel/bpf/btf.c. Names are not compared: the caller
 * has compared those of the two.
 *
 * @returns 1 if they are, 0 if not, -22 (EINVAL) if that can't be decided
 */
export function typesAreCompatible(local: TypeIn, target: TypeIn, options: CompatOptions = {}): number {
  const { levels = KERNEL_LEVELS, enum64 = true } = options;
  return orInvalid(() => compare(local, target, levels, { enum64, left: MOST_COMPARISONS }));
}

/** What stays the same while types are compared, and how many pairs may still be. */
interface Comparison {
  readonly enum64: boolean;
  left: number;
}

/** What `body` finds; -22 if it meets BTF that can't be followed. */
export function orInvalid(body: () => number): number {
  try {
    return body();
  } catch (error) {
    if (error instanceof BtfError) return INVALID;
    throw error;
  }
}

/** Whether the kinds are those of one question: the same, or two enumerations. */
export function isSameKind(local: BtfType['kind'], target: BtfType['kind'], enum64: boolean): boolean {
  return local === target || (enum64 && isEnum(local) && isEnum(target));
}

export function isEnum(kind: BtfType['kind']): boolean {
  return kind === 'enum' || kind === 'enum64';
}

function compare(local: TypeIn, target: TypeIn, level: number, comparison: Comparison): number {
  const { enum64 } = comparison;
  comparison.left--;
  if (comparison.left < 0) return INVALID;
  // The kinds of the roots count as they are: a typedef is not what it stands for.
  if (!isSameKind(typeAt(local.btf, local.id).kind, typeAt(target.btf, target.id).kind, enum64)) return 0;
  let { id: localId } = local;
  let { id: targetId } = target;
  for (let step = 0; step < STEPS; step++) {
    const one = typeAt(local.btf, skipTypedefs(local.btf, localId));
    const other = typeAt(target.btf, skipTypedefs(target.btf, targetId));
    if (!isSameKind(one.kind, other.kind, enum64)) return 0;
    switch (one.kind) {
      case 'void':
      case 'struct':
      case 'union':
      case 'fwd':
      case 'enum':
      case 'enum64':
        return 1;
      case 'int':
        return Number(other.kind === 'int' && one.bitOffset === 0 && other.bitOffset === 0);
      case 'ptr':
        if (other.kind !== 'ptr') return 0;
        localId = one.type;
        targetId = other.type;
        break;
      case 'array':
        if (other.kind !== 'array') return 0;
        localId = one.type;
        targetId = other.type;
        break;
      case 'func_proto': {
        if (other.kind !== 'func_proto') return 0;
        const [ours, theirs] = [local.btf, target.btf];
        const parameters = comparePrototypes(
          { btf: ours, prototype: one },
          { btf: theirs, prototype: other },
          level,
          comparison,
        );
        if (parameters <= 0) return parameters;
        localId = one.returns;
        targetId = other.returns;
        break;
      }
      default:
        return 0;
    }
  }
  return INVALID;
}

interface PrototypeIn {
  readonly btf: Btf;
  readonly prototype: BtfPrototype;
}

function comparePrototypes(local: PrototypeIn, target: PrototypeIn, level: number, comparison: Comparison): number {
  const ours = parameterTypes(local.prototype);
  const theirs = parameterTypes(target.prototype);
  if (ours.length !== theirs.length) return 0;
  for (const [index, id] of ours.entries()) {
    if (level <= 0) return INVALID;
    const one = { btf: local.btf, id: skipTypedefs(local.btf, id) };
    const other = { btf: target.btf, id: skipTypedefs(target.btf, theirs[index] ?? 0) };
    const result = compare(one, other, level - 1, comparison);
    if (result <= 0) return result;
  }
  return 1;
}

/** The types of the parameters; `...` is one, of type void. */
export function parameterTypes({ parameters, isVariadic }: BtfPrototype): readonly number[] {
  return [...parameters.map(({ type }) => type), ...(isVariadic ? [0] : [])];
}

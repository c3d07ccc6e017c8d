import type { AttachType } from '../../../../generated/types/prog-type.ts';
import { kindOf, nameOf, targetOf, type Btf } from '../../../btf/btf.ts';
import type { BtfType } from '../../../btf/btf-type.ts';
import { findIdByName } from '../../../btf/find.ts';
import { skipTypedefs } from '../../../btf/follow.ts';
import { typeAt } from '../../../btf/read-type.ts';
import type { Kernel } from '../kernel.ts';
import { isIn, type VersionNumber } from '../version.ts';
import type { AttachedTo } from './attach-target.ts';
import { SCALAR_LOAD, structLoad, type ContextLoad, type ContextLoadFlag } from './context-load.ts';
import { STRUCT_ARGUMENTS } from './signature.ts';

/** Pointers to numbers behind typedefs and any modifiers are numbers, and not refused. */
const INT_POINTER_TYPEDEFS = { since: 'v6.1' };
/** BTF_KIND_ENUM64 counts as a number. */
const ENUM64 = { since: 'v6.0' };

/** The arguments that a program gets of what it is attached to, by slots of eight bytes. */
export interface Arguments {
  /** By slot; undefined: refused. */
  readonly slots: readonly (ContextLoad | undefined)[];
}

/**
 * What the arguments of a function are to a program that is attached to it: btf_ctx_access(), kernel/bpf/btf.c.
 *
 * @param promote structs that count as others, by name
 */
export function layOutArguments(
  kernel: Kernel,
  target: AttachedTo,
  attachType: AttachType | undefined,
  promote: Readonly<Record<string, string>> = {},
): Arguments {
  const { btf } = target.home;
  const { version } = kernel;
  const types = target.prototype.parameters.map(({ type }) => type);
  // A tracepoint's first parameter is not its caller's.
  const arguments_ = target.kind === 'tracepoint' ? types.slice(1) : types;
  const give = (type: number): ContextLoad | undefined => argument(kernel, target, type, promote);
  const slots = arguments_.flatMap((type) => repeat(give(type), slotsOf(btf, type, version)));
  const result = target.prototype.returns;
  if (seesResult(attachType)) {
    slots.push(attachType === 'modify_return' && !isSmallInt(btf, result) ? undefined : give(result));
  }
  return { slots };
}

/** An access to the arguments that a program gets: what it gives, or undefined where it is refused. */
export function accessArguments(
  { slots }: Arguments,
  offset: number,
  size: number,
  isWrite: boolean,
): ContextLoad | undefined {
  if (offset < 0 || isWrite || (offset & (size - 1)) !== 0 || (offset & 7) !== 0) return undefined;
  return slots[offset >>> 3];
}

/** Whether what the function returned follows the arguments. */
function seesResult(attachType: AttachType | undefined): boolean {
  switch (attachType) {
    case 'trace_fexit':
    case 'trace_fsession':
    case 'modify_return':
    case 'lsm_mac':
    case 'lsm_cgroup':
      return true;
    default:
      return false;
  }
}

function argument(
  kernel: Kernel,
  target: AttachedTo,
  id: number,
  promote: Readonly<Record<string, string>>,
): ContextLoad | undefined {
  const { btf } = target.home;
  const type = typeAt(btf, skipTypedefs(btf, id));
  if (isNumber(type, kernel.version)) return SCALAR_LOAD;
  if (type.kind !== 'ptr') return undefined;
  if (type.type === 0 || isIntPointer(btf, type.type, kernel.version)) return SCALAR_LOAD;
  const flags = tagFlags(btf, type.type);
  const structId = skipTypedefs(btf, type.type);
  const kind = kindOf(btf, structId);
  if (kind !== 'struct' && kind !== 'union') return undefined;
  const promoted = kind === 'struct' && flags.length === 0 ? promotedId(btf, structId, promote) : undefined;
  return structLoad(target.home, promoted ?? structId, flags);
}

/** The struct that an argument of another counts as: a sock is a tcp_sock to bpf_tcp_ca_is_valid_access(). */
function promotedId(btf: Btf, structId: number, promote: Readonly<Record<string, string>>): number | undefined {
  for (const [from, to] of Object.entries(promote)) {
    if (findIdByName(btf, from, 'struct') === structId) return findIdByName(btf, to, 'struct');
  }
  return undefined;
}

function isSmallInt(btf: Btf, id: number): boolean {
  const type = typeAt(btf, skipTypedefs(btf, id));
  return type.kind === 'int' && type.size <= 8;
}

/** Slots of an argument: structs may take two from STRUCT_ARGUMENTS on (get_ctx_arg_idx()). */
function slotsOf(btf: Btf, id: number, version: VersionNumber): number {
  if (!isIn(STRUCT_ARGUMENTS, version)) return 1;
  const type = typeAt(btf, skipTypedefs(btf, id));
  return 'size' in type ? Math.ceil(type.size / 8) : 1;
}

function repeat<T>(value: T, count: number): readonly T[] {
  return Array.from({ length: count }, () => value);
}

function isNumber(type: BtfType, version: VersionNumber): boolean {
  switch (type.kind) {
    case 'int':
      return type.size <= 8;
    case 'enum':
      return true;
    case 'enum64':
      return isIn(ENUM64, version);
    case 'struct':
      return isIn(STRUCT_ARGUMENTS, version);
    default:
      return false;
  }
}

/** is_int_ptr(): up to v6.0 a const may stand before the number, and nothing else. */
function isIntPointer(btf: Btf, pointee: number, version: VersionNumber): boolean {
  if (isIn(INT_POINTER_TYPEDEFS, version)) return kindOf(btf, skipTypedefs(btf, pointee)) === 'int';
  return kindOf(btf, kindOf(btf, pointee) === 'const' ? targetOf(btf, pointee) : pointee) === 'int';
}

/** Only a tag that the pointer's target begins with counts. */
function tagFlags(btf: Btf, pointee: number): readonly ContextLoadFlag[] {
  if (kindOf(btf, pointee) !== 'type_tag') return [];
  const tag = nameOf(btf, pointee);
  return tag === 'user' || tag === 'percpu' ? [tag] : [];
}

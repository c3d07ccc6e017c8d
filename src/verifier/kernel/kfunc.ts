import { kindOf, nameOf, targetOf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { prototypeOf } from '../../btf/prototype.ts';
import { typeAt } from '../../btf/read-type.ts';
import type { Program } from '../../program/program.ts';
import { kfuncFlags, kfuncSetContains } from '../../tables/lookup.ts';
import type { FilteredProgram } from '../../tables/set-filter.ts';
import { attachTypeOf } from './contexts/program-types.ts';
import { isContextPointer } from './contexts.ts';
import type { Kernel, KernelBtf } from './kernel.ts';

/** A kfunc as a program of one type sees it: its prototype, and what is registered about it. */
export interface Kfunc {
  readonly name: string;
  readonly btf: KernelBtf;
  /** Its FUNC. */
  readonly id: number;
  readonly parameters: readonly KfuncParameter[];
  readonly isVariadic: boolean;
  /** The type that it returns, without typedefs and modifiers; 0: void. */
  readonly returns: number;
  readonly flags: KfuncFlags;
}

export interface KfuncParameter {
  readonly name: string;
  /** Without typedefs and modifiers. */
  readonly type: number;
  readonly shape: 'scalar' | 'pointer' | 'other';
  /** Whether it is the context of the program. */
  readonly isContext: boolean;
  /** Of pointers: what it points to, without typedefs and modifiers. */
  readonly pointee: number;
}

/** KF_ flags; on kernels with a set for each, the sets it is in. */
export interface KfuncFlags {
  /** Whether programs of the type may call it at all. */
  readonly allowed: boolean;
  readonly acquire: boolean;
  readonly release: boolean;
  readonly retNull: boolean;
  readonly kptrGet: boolean;
  readonly trustedArgs: boolean;
  readonly sleepable: boolean;
  readonly destructive: boolean;
  readonly rcu: boolean;
  readonly iterNew: boolean;
  readonly iterNext: boolean;
  readonly iterDestroy: boolean;
  readonly rcuProtected: boolean;
}

/** What of a program decides which kfuncs it may call, and what is a context to it. */
export type KfuncCaller = Pick<Program, 'progType' | 'expectedAttachType'>;

/**
 * Describes a FUNC of a kernel for a program.
 *
 * @param id a FUNC
 * @throws BtfError if it is none, or its types can't be followed
 */
export function describeKfunc(kernel: Kernel, owner: KernelBtf, id: number, caller: KfuncCaller): Kfunc {
  const known = described.get(owner) ?? new Map<string, Kfunc>();
  described.set(owner, known);
  const key = `${caller.progType} ${String(caller.expectedAttachType)} ${String(id)}`;
  const kfunc = known.get(key) ?? describe(kernel, owner, id, caller);
  known.set(key, kfunc);
  return kfunc;
}

/** A KernelBtf belongs to one kernel, whose registrations are done when it has booted. */
const described = new WeakMap<KernelBtf, Map<string, Kfunc>>();

function describe(kernel: Kernel, owner: KernelBtf, id: number, caller: KfuncCaller): Kfunc {
  const { btf } = owner;
  const prototype = prototypeOf(btf, id);
  return {
    name: nameOf(btf, id),
    btf: owner,
    id,
    parameters: prototype.parameters.map(({ name, type }) =>
      describeParameter(kernel, owner, caller.progType, name, type),
    ),
    isVariadic: prototype.isVariadic,
    returns: skipTypedefs(btf, prototype.returns),
    flags: flagsOf(kernel, owner, id, caller),
  };
}

function describeParameter(
  kernel: Kernel,
  { btf }: KernelBtf,
  progType: string,
  name: string,
  declared: number,
): KfuncParameter {
  const type = skipTypedefs(btf, declared);
  const shape = isScalarType(btf, type) ? 'scalar' : kindOf(btf, type) === 'ptr' ? 'pointer' : 'other';
  const isPointer = shape === 'pointer';
  const isContext = isPointer && isContextPointer(kernel, progType, btf, type);
  return { name, type, shape, isContext, pointee: isPointer ? skipTypedefs(btf, targetOf(btf, type)) : 0 };
}

/** btf_type_is_scalar(): an integer or an enum. */
export function isScalarType(btf: KernelBtf['btf'], type: number): boolean {
  const kind = kindOf(btf, type);
  return kind === 'int' || kind === 'enum' || kind === 'enum64';
}

/** btf_type_is_struct(): a struct or a union. */
export function isStructType(btf: KernelBtf['btf'], type: number): boolean {
  const kind = kindOf(btf, type);
  return kind === 'struct' || kind === 'union';
}

/** A type as messages name it: `struct nf_conn`, `int`, `void`. */
export function typeText(btf: KernelBtf['btf'], id: number): string {
  const kind = kindOf(btf, id);
  // Without reading the members.
  if (kind === 'struct' || kind === 'union') return `${kind} ${nameOf(btf, id) || '(anonymous)'}`;
  const type = typeAt(btf, id);
  switch (type.kind) {
    case 'void':
      return 'void';
    case 'ptr':
      return `${typeText(btf, skipTypedefs(btf, type.type))} *`;
    case 'enum':
      return `${type.kind} ${type.name === '' ? '(anonymous)' : type.name}`;
    case 'int':
    case 'float':
      return type.name;
    default:
      return type.kind;
  }
}

/** A program as the filters of kfunc sets see it. */
function filteredProgram(caller: KfuncCaller): FilteredProgram {
  const { progType, expectedAttachType } = caller;
  return { progType, attachType: attachTypeOf(caller) ?? String(expectedAttachType) };
}

function flagsOf(kernel: Kernel, owner: KernelBtf, id: number, caller: KfuncCaller): KfuncFlags {
  const { progType } = caller;
  const { state, profile } = kernel;
  const { object } = owner;
  if (object === undefined) return NOT_REGISTERED;
  if (profile.layout === 'id_set') {
    const isIn = (type: 'check' | 'acquire' | 'release' | 'ret_null' | 'kptr_acquire'): boolean =>
      kfuncSetContains(state, object, progType, type, id);
    return {
      ...NOT_REGISTERED,
      allowed: isIn('check'),
      acquire: isIn('acquire'),
      release: isIn('release'),
      retNull: isIn('ret_null'),
      kptrGet: isIn('kptr_acquire'),
    };
  }
  const word = kfuncFlags(state, object, progType, id, filteredProgram(caller));
  if (word === undefined) return NOT_REGISTERED;
  const has = (flag: string): boolean => {
    const bit = profile.flags[flag];
    return bit !== undefined && (word & (1 << bit)) !== 0;
  };
  return {
    allowed: true,
    acquire: has('acquire'),
    release: has('release'),
    retNull: has('ret_null'),
    kptrGet: has('kptr_get'),
    trustedArgs: has('trusted_args'),
    sleepable: has('sleepable'),
    destructive: has('destructive'),
    rcu: has('rcu'),
    iterNew: has('iter_new'),
    iterNext: has('iter_next'),
    iterDestroy: has('iter_destroy'),
    rcuProtected: has('rcu_protected'),
  };
}

const NOT_REGISTERED: KfuncFlags = {
  allowed: false,
  acquire: false,
  release: false,
  retNull: false,
  kptrGet: false,
  trustedArgs: false,
  sleepable: false,
  destructive: false,
  rcu: false,
  iterNew: false,
  iterNext: false,
  iterDestroy: false,
  rcuProtected: false,
};

import { checkArgumentOffset } from './argument-offset.ts';
import { checkFixedMemory, checkKfuncMemory } from './helper-memory.ts';
import { useIterator } from './iterators.ts';
import type { KfuncArgument } from './kfunc-arguments.ts';
import { matchTrustedObject } from './kfunc-trusted-object.ts';
import { isConvertible, isRcu, isTrusted } from './trust.ts';
import { kindOf, nameOf } from '../../btf/btf.ts';
import { isScalarType, isStructType, typeText, type Kfunc, type KfuncParameter } from '../kernel/kfunc.ts';
import { kfuncArgumentKind } from '../rules/kfunc/argument-kind.rule.ts';
import { kfuncTooManyArguments } from '../rules/kfunc/arguments.rule.ts';
import { kfuncBufferSizes } from '../rules/kfunc/buffer-size.rule.ts';
import { kfuncConstant } from '../rules/kfunc/constant-argument.rule.ts';
import { kfuncContext } from '../rules/kfunc/context-argument.rule.ts';
import { kfuncMemorySize } from '../rules/kfunc/memory-size.rule.ts';
import { kfuncMemoryType } from '../rules/kfunc/memory-type.rule.ts';
import { kfuncObjectParameter } from '../rules/kfunc/object-parameter.rule.ts';
import { kfuncPossiblyNull } from '../rules/kfunc/possibly-null.rule.ts';
import { kfuncRcu } from '../rules/kfunc/rcu-argument.rule.ts';
import { kfuncScalar } from '../rules/kfunc/scalar-argument.rule.ts';
import { kfuncTrusted } from '../rules/kfunc/trusted-argument.rule.ts';
import { releaseUnreferenced } from '../rules/ref/release-unreferenced.rule.ts';
import { twoReferences } from '../rules/ref/two-arguments.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { constantNumber, isConstant } from '../scalar/scalar.ts';
import { briefly } from '../state/describe.ts';
import { isNull, mayBeNull, type Register } from '../state/register.ts';
import { resolveSize } from '../types/resolve-size.ts';
import { isScalarStruct } from '../types/scalar-struct.ts';
import { markPrecise } from '../walk/precision.ts';
import { readRegister, type Walk } from '../walk/walk.ts';

const MAX_ARGUMENTS = 5;
const U32_MAX = 0xffffffff;

/** What the arguments of a kfunc tell of the call: struct bpf_kfunc_call_arg_meta. */
export interface KfuncMeta {
  /** The reference that an argument holds; 0: none. */
  refId: number;
  /** The register whose reference is released; 0: none. */
  releases: number;
  /** Bytes that the kfunc returns; 0: no argument says. */
  bufferSize: number;
  isReadOnly: boolean;
  /** The value of the `__k` or `__szk` argument. */
  constant: number | undefined;
  /** The iterator: its frame, and its slot. */
  iterator: { readonly frame: number; readonly slot: number } | undefined;
}

/**
 * The arguments of a kfunc fit its prototype: check_kfunc_args(), kernel/bpf/verifier.c, from v6.2 on.
 *
 * @throws Rejection if they do not
 */
export function checkTrustedArguments(walk: Walk, kfunc: Kfunc): KfuncMeta {
  const { parameters, name } = kfunc;
  if (parameters.length > MAX_ARGUMENTS) reject(kfuncTooManyArguments, { kfunc: name, count: parameters.length });
  const meta: KfuncMeta = {
    refId: 0,
    releases: 0,
    bufferSize: 0,
    isReadOnly: false,
    constant: undefined,
    iterator: undefined,
  };
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index] as KfuncParameter;
    if (parameter.name.endsWith('__ign')) continue;
    const number = index + 1;
    const argument = { walk, kfunc, parameter, index, number, register: readRegister(walk, number) };
    if (parameter.shape === 'scalar') {
      checkNumber(argument, meta);
    } else if (parameter.shape === 'other') {
      const values = { argument: number, kfunc: name, type: typeText(kfunc.btf.btf, parameter.type) };
      reject(kfuncArgumentKind, values);
    } else if (checkPointer(argument, meta) === 'pair') {
      index++;
    }
  }
  if (kfunc.flags.release && meta.releases === 0)
    reject(releaseUnreferenced, { function: name, argument: 'its argument' });
  return meta;
}

function checkNumber(argument: KfuncArgument, meta: KfuncMeta): void {
  const { kfunc, parameter, number, register } = argument;
  if (register.type !== 'scalar') {
    const values = { argument: number, kfunc: kfunc.name, what: briefly(register), parameter: parameter.name };
    reject(kfuncScalar, values, { registers: [number] });
  }
  if (parameter.name.endsWith('__k')) {
    if (meta.constant !== undefined) throw new NotModelled('a kfunc with two constant arguments');
    meta.constant = constantOf(argument);
    return;
  }
  const isReadOnly = parameter.name === 'rdonly_buf_size';
  if (!isReadOnly && parameter.name !== 'rdwr_buf_size') return;
  const refuse = (why: string): never =>
    reject(
      kfuncBufferSizes,
      { argument: number, kfunc: kfunc.name, parameter: parameter.name, why },
      { registers: [number] },
    );
  if (isReadOnly) meta.isReadOnly = true;
  if (meta.bufferSize !== 0) refuse('is the second such size');
  if (!isConstant(register.scalar)) refuse('is not constant');
  const size = constantNumber(register.scalar);
  if (size < 0 || size > U32_MAX) refuse('is more than 32 bits hold');
  meta.bufferSize = size;
  markPrecise(argument.walk, number);
}

function constantOf({ walk, kfunc, parameter, number, register }: KfuncArgument): number {
  if (!isConstant(register.scalar)) {
    const values = { argument: number, kfunc: kfunc.name, parameter: parameter.name };
    reject(kfuncConstant, values, { registers: [number] });
  }
  markPrecise(walk, number);
  return constantNumber(register.scalar);
}

type ArgumentKind = 'context' | 'null' | 'map' | 'object' | 'iterator' | 'memory' | 'sized-memory';

function checkPointer(argument: KfuncArgument, meta: KfuncMeta): 'single' | 'pair' {
  const { kfunc, parameter, number, register } = argument;
  const { flags, name } = kfunc;
  const needsTrust = flags.trustedArgs || flags.release;
  const isNullable = parameter.name.endsWith('__nullable');
  if ((needsTrust || flags.rcu) && (isNull(register) || mayBeNull(register)) && !isNullable) {
    reject(kfuncPossiblyNull, { argument: number, kfunc: name, what: briefly(register) }, { registers: [number] });
  }
  if (register.refId !== 0) {
    if (flags.release && meta.refId !== 0) reject(twoReferences, { register: number }, { registers: [number] });
    meta.refId = register.refId;
    if (flags.release) meta.releases = number;
  }
  const kind = kindOfArgument(argument);
  if (kind === 'null') return 'single';
  if (kind === 'map' && register.map === undefined) {
    throw new NotModelled('a kfunc that takes a map, without one');
  }
  if ((kind === 'map' || kind === 'object') && (needsTrust || flags.rcu)) checkTrust(argument);
  const isRelease = flags.release && register.refId !== 0;
  checkArgumentOffset(number, register, { isRelease, whateverItIs: true, isDynptr: false, isAllocated: false });
  switch (kind) {
    case 'context':
      if (register.type !== 'ctx' || register.flags !== 0) {
        const values = { argument: number, kfunc: name, what: briefly(register) };
        reject(kfuncContext, values, { registers: [number] });
      }
      return 'single';
    case 'iterator':
      meta.iterator = useIterator(argument, meta);
      return 'single';
    case 'memory':
      checkMemory(argument);
      return 'single';
    case 'sized-memory':
      checkSized(argument, meta);
      return 'pair';
    default:
      matchTrustedObject(argument, kind === 'map');
      return 'single';
  }
}

function checkTrust({ kfunc, number, register }: KfuncArgument): void {
  if (isTrusted(register)) return;
  const values = { argument: number, kfunc: kfunc.name, what: briefly(register) };
  if (!kfunc.flags.rcu) reject(kfuncTrusted, values, { registers: [number] });
  if (!isRcu(register)) reject(kfuncRcu, values, { registers: [number] });
}

/** Parameters by the struct that they point to, which are of a kind of their own, and not modelled. */
const OWN_KINDS = new Set([
  'bpf_dynptr',
  'bpf_dynptr_kern',
  'bpf_list_head',
  'bpf_list_node',
  'bpf_rb_root',
  'bpf_rb_node',
  'bpf_wq',
]);
const OWN_SUFFIXES = ['__alloc', '__refcounted_kptr', '__str'];

/** get_kfunc_ptr_arg_type(). */
function kindOfArgument(argument: KfuncArgument): ArgumentKind {
  const { kfunc, parameter, index, register } = argument;
  const { btf } = kfunc.btf;
  const { pointee, name } = parameter;
  if (kfunc.name === 'bpf_cast_to_kern_ctx') return 'context';
  if (parameter.isContext) return 'context';
  if (name.endsWith('__nullable') && isNull(register)) return 'null';
  if (OWN_SUFFIXES.some((suffix) => name.endsWith(suffix)))
    throw new NotModelled(`arguments called …${name.slice(-8)}`);
  if (isStructType(btf, pointee) && OWN_KINDS.has(nameOf(btf, pointee))) {
    throw new NotModelled(`arguments of type ${typeText(btf, pointee)}`);
  }
  if (isIteratorArgument(kfunc, parameter, index)) return 'iterator';
  if (name.endsWith('__map')) return 'map';
  if (register.type === 'btf' || isConvertible(register)) {
    if (!isStructType(btf, pointee)) {
      const expected = typeText(btf, pointee);
      const values = { argument: index + 1, kfunc: kfunc.name, what: briefly(register), expected };
      reject(kfuncObjectParameter, values, { registers: [index + 1] });
    }
    return 'object';
  }
  if (kindOf(btf, pointee) === 'func_proto') throw new NotModelled('callbacks of kfuncs');
  return kindOfMemory(argument);
}

function isIteratorArgument({ flags }: Kfunc, parameter: KfuncParameter, index: number): boolean {
  if (flags.iterNew || flags.iterNext || flags.iterDestroy) return index === 0;
  return parameter.name.endsWith('__iter');
}

function kindOfMemory({ walk, kfunc, parameter, index, register }: KfuncArgument): ArgumentKind {
  const { btf } = kfunc.btf;
  const { pointee } = parameter;
  const next = kfunc.parameters[index + 1];
  const isSized =
    next?.shape === 'scalar' &&
    (next.name.endsWith('__sz') || next.name.endsWith('__szk')) &&
    readRegister(walk, index + 2).type === 'scalar';
  const isMemory =
    isScalarType(btf, pointee) || isScalarStruct(btf, pointee) || (isSized && kindOf(btf, pointee) === 'void');
  if (!isMemory) {
    const expected = typeText(btf, pointee);
    const values = {
      argument: index + 1,
      kfunc: kfunc.name,
      what: briefly(register),
      expected,
      help: helpFor(register, expected),
    };
    reject(kfuncMemoryType, values, { registers: [index + 1] });
  }
  return isSized ? 'sized-memory' : 'memory';
}

function helpFor(register: Register, expected: string): string {
  if (mayBeNull(register)) return 'compare the pointer with NULL first, and pass it in the branch where it is not';
  return `pass a pointer to ${expected} that a kfunc or helper returned`;
}

function checkMemory({ walk, kfunc, parameter, number }: KfuncArgument): void {
  const { btf } = kfunc.btf;
  const size = resolveSize(btf, parameter.pointee)?.size;
  if (size === undefined) {
    reject(kfuncMemorySize, { type: typeText(btf, parameter.pointee), argument: number, kfunc: kfunc.name });
  }
  checkFixedMemory(walk, number, size);
}

function checkSized(argument: KfuncArgument, meta: KfuncMeta): void {
  const { walk, kfunc, parameter, index, number, register } = argument;
  if (!(isNull(register) && parameter.name.endsWith('__opt'))) checkKfuncMemory(walk, number + 1);
  const next = kfunc.parameters[index + 1];
  if (next?.name.endsWith('__szk') !== true) return;
  if (meta.constant !== undefined) throw new NotModelled('a kfunc with two constant arguments');
  const size = readRegister(walk, number + 1);
  if (!isConstant(size.scalar)) {
    const values = { argument: number + 1, kfunc: kfunc.name, parameter: next.name };
    reject(kfuncConstant, values, { registers: [number + 1] });
  }
  meta.constant = constantNumber(size.scalar);
}

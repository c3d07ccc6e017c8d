import { checkArgumentOffset } from './argument-offset.ts';
import { checkKptrSlot } from './kfunc-kptr-get.ts';
import { checkMemoryParameter } from './kfunc-memory.ts';
import { matchObject } from './kfunc-object.ts';
import { typeText, type Kfunc, type KfuncParameter } from '../kernel/kfunc.ts';
import { twoReferences } from '../rules/ref/two-arguments.rule.ts';
import { kfuncArgumentKind } from '../rules/kfunc/argument-kind.rule.ts';
import { kfuncTooManyArguments } from '../rules/kfunc/arguments.rule.ts';
import { kfuncBufferSizes } from '../rules/kfunc/buffer-size.rule.ts';
import { kfuncContext } from '../rules/kfunc/context-argument.rule.ts';
import { kfuncScalar } from '../rules/kfunc/scalar-argument.rule.ts';
import { kfuncSleeps } from '../rules/kfunc/sleepable.rule.ts';
import { kfuncTrusted } from '../rules/kfunc/trusted-argument.rule.ts';
import { releaseUnreferenced } from '../rules/ref/release-unreferenced.rule.ts';
import { reject } from '../rules/rule.ts';
import { constantNumber, isConstant } from '../scalar/scalar.ts';
import { briefly } from '../state/describe.ts';
import type { Register } from '../state/register.ts';
import { markPrecise } from '../walk/precision.ts';
import { readRegister, type Walk } from '../walk/walk.ts';

const MAX_ARGUMENTS = 5;
const U32_MAX = 0xffffffff;

/** What the arguments of a kfunc tell of the call. */
export interface KfuncArguments {
  /** The register whose reference is released; 0: none. */
  readonly releases: number;
  /** The reference that an argument holds; 0: none. */
  readonly refId: number;
  /** The buffer that is returned, where its size is an argument. */
  readonly buffer: { readonly size: number; readonly isReadOnly: boolean } | undefined;
}

/** One argument of a call that is looked at. */
export interface KfuncArgument {
  readonly walk: Walk;
  readonly kfunc: Kfunc;
  readonly parameter: KfuncParameter;
  /** From 0. */
  readonly index: number;
  /** R1 to R5. */
  readonly number: number;
  readonly register: Register;
}

/** What is found along the way. */
interface Found {
  releases: number;
  refId: number;
  buffer: { size: number; isReadOnly: boolean } | undefined;
}

/**
 * The arguments of a kfunc fit its prototype: btf_check_func_arg_match(), kernel/bpf/btf.c, up to v6.1.
 *
 * @throws Rejection if they do not
 */
export function checkKfuncArguments(walk: Walk, kfunc: Kfunc): KfuncArguments {
  const { parameters, flags, name } = kfunc;
  if (parameters.length > MAX_ARGUMENTS) reject(kfuncTooManyArguments, { kfunc: name, count: parameters.length });
  const found: Found = { releases: 0, refId: 0, buffer: undefined };
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index] as KfuncParameter;
    const number = index + 1;
    const argument = { walk, kfunc, parameter, index, number, register: readRegister(walk, number) };
    // A buffer and its size are looked at together.
    if (checkArgument(argument, found) === 'pair') index++;
  }
  if (flags.release && found.refId === 0) reject(releaseUnreferenced, { function: name, argument: 'its argument' });
  if (flags.sleepable && !walk.prepared.program.sleepable) reject(kfuncSleeps, { kfunc: name });
  return { releases: flags.release ? found.releases : 0, refId: found.refId, buffer: found.buffer };
}

function checkArgument(argument: KfuncArgument, found: Found): 'single' | 'pair' {
  const { walk, kfunc, parameter, index, number, register } = argument;
  const { behaviours } = walk.prepared;
  const { btf } = kfunc.btf;
  const { flags } = kfunc;
  if (parameter.shape === 'scalar') {
    checkScalar(argument, found);
    return 'single';
  }
  if (parameter.shape === 'other') {
    const values = { argument: number, kfunc: kfunc.name, type: typeText(btf, parameter.type) };
    reject(kfuncArgumentKind, values);
  }
  const isTrusted = flags.trustedArgs && needsTrust(argument);
  const isReleased = flags.release && register.refId !== 0;
  checkArgumentOffset(number, register, { isRelease: isTrusted || isReleased, isDynptr: false, isAllocated: false });
  if (behaviours.anyReferencedArgument) noteReference(argument, found);
  if (index === 0 && flags.kptrGet) {
    checkKptrSlot(argument);
    return 'single';
  }
  if (parameter.isContext) {
    if (register.type !== 'ctx' || register.flags !== 0) {
      const values = { argument: number, kfunc: kfunc.name, what: briefly(register) };
      reject(kfuncContext, values, { registers: [number] });
    }
    return 'single';
  }
  if (isObject(register)) {
    if (!behaviours.anyReferencedArgument && register.type === 'btf') noteReference(argument, found);
    const strict = behaviours.strictRelease && (flags.trustedArgs || isReleased);
    matchObject(argument, strict);
    return 'single';
  }
  return checkMemoryParameter(argument);
}

/** A register that holds an object: of BTF, or a socket, of which the type in BTF is known (reg2btf_ids[]). */
function isObject({ type, flags }: Register): boolean {
  return flags === 0 && (type === 'btf' || type === 'socket' || type === 'sock_common' || type === 'tcp_sock');
}

/** KF_TRUSTED_ARGS. @returns whether the offset is looked at as strictly as that of what is released */
function needsTrust({ walk, kfunc, number, register }: KfuncArgument): boolean {
  const { trustedObjectsOnly } = walk.prepared.behaviours;
  const { type, flags, refId } = register;
  const isSocket = type === 'socket' || type === 'sock_common' || type === 'tcp_sock';
  const isContext = type === 'ctx' && flags === 0;
  const isObjectPointer = isContext || (type === 'btf' && flags === 0) || isSocket;
  const isAsked = trustedObjectsOnly ? isObjectPointer && !isContext : true;
  if (isAsked && refId === 0) {
    const values = { argument: number, kfunc: kfunc.name, what: briefly(register) };
    reject(kfuncTrusted, values, { registers: [number] });
  }
  return trustedObjectsOnly ? isObjectPointer : true;
}

function noteReference({ number, register }: KfuncArgument, found: Found): void {
  if (register.refId === 0) return;
  if (found.refId !== 0) reject(twoReferences, { register: number }, { registers: [number] });
  found.refId = register.refId;
  found.releases = number;
}

function checkScalar(argument: KfuncArgument, found: Found): void {
  const { walk, kfunc, parameter, number, register } = argument;
  if (walk.prepared.behaviours.bufferSizeArguments && register.type === 'scalar') checkBufferSize(argument, found);
  if (register.type === 'scalar') return;
  const values = { argument: number, kfunc: kfunc.name, what: briefly(register), parameter: parameter.name };
  reject(kfuncScalar, values, { registers: [number] });
}

/** rdonly_buf_size and rdwr_buf_size. */
function checkBufferSize({ walk, kfunc, parameter, number, register }: KfuncArgument, found: Found): void {
  const isReadOnly = parameter.name === 'rdonly_buf_size';
  if (!isReadOnly && parameter.name !== 'rdwr_buf_size') return;
  const refuse = (why: string): never =>
    reject(
      kfuncBufferSizes,
      { argument: number, kfunc: kfunc.name, parameter: parameter.name, why },
      { registers: [number] },
    );
  const wasReadOnly = found.buffer?.isReadOnly === true;
  if (found.buffer !== undefined && found.buffer.size !== 0) refuse('is the second such size');
  if (!isConstant(register.scalar)) refuse('is not constant');
  const size = constantNumber(register.scalar);
  if (size < 0 || size > U32_MAX) refuse('is more than 32 bits hold');
  found.buffer = { size, isReadOnly: isReadOnly || wasReadOnly };
  markPrecise(walk, number);
}

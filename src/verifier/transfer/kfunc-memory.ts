import { dynptrAt } from './dynptr.ts';
import { checkFixedMemory, checkKfuncMemory } from './helper-memory.ts';
import type { KfuncArgument } from './kfunc-arguments.ts';
import { kindOf, nameOf } from '../../btf/btf.ts';
import { isScalarType, isStructType, typeText } from '../kernel/kfunc.ts';
import { kfuncDynptr } from '../rules/kfunc/dynptr.rule.ts';
import { kfuncMemoryPair } from '../rules/kfunc/memory-size-pair.rule.ts';
import { kfuncMemorySize } from '../rules/kfunc/memory-size.rule.ts';
import { kfuncMemoryType } from '../rules/kfunc/memory-type.rule.ts';
import { kfuncMemory } from '../rules/kfunc/memory.rule.ts';
import { reject, Rejection } from '../rules/rule.ts';
import { briefly } from '../state/describe.ts';
import { mayBeNull, FLAG, type Register } from '../state/register.ts';
import { resolveSize } from '../types/resolve-size.ts';
import { isScalarStruct } from '../types/scalar-struct.ts';
import { readRegister } from '../walk/walk.ts';

/**
 * What is neither context nor object is memory: a fixed size, or with the size in the next argument.
 * btf_check_func_arg_match(), kernel/bpf/btf.c.
 *
 * @returns `pair` if the next argument was looked at as well
 * @throws Rejection
 */
export function checkMemoryParameter(argument: KfuncArgument): 'single' | 'pair' {
  const { walk, kfunc, parameter, number, register } = argument;
  const { btf } = kfunc.btf;
  const { pointee } = parameter;
  const isPair = hasSize(argument);
  const isDynptr =
    walk.prepared.behaviours.bufferSizeArguments &&
    isStructType(btf, pointee) &&
    nameOf(btf, pointee) === 'bpf_dynptr_kern';
  const isMemory =
    isScalarType(btf, pointee) ||
    isScalarStruct(btf, pointee) ||
    isDynptr ||
    (isPair && kindOf(btf, pointee) === 'void');
  if (!isMemory) {
    const values = {
      argument: number,
      kfunc: kfunc.name,
      what: briefly(register),
      expected: typeText(btf, pointee),
      help: helpFor(register, typeText(btf, pointee)),
    };
    reject(kfuncMemoryType, values, { registers: [number] });
  }
  if (isDynptr) {
    checkDynptr(argument);
    return 'single';
  }
  if (isPair) {
    checkPair(argument);
    return 'pair';
  }
  checkFixed(argument);
  return 'single';
}

function helpFor(register: Register, expected: string): string {
  if (mayBeNull(register)) return 'compare the pointer with NULL first, and pass it in the branch where it is not';
  if ((register.flags & FLAG.untrusted) !== 0) {
    return 'a pointer loaded from a map may be gone at any time: take it out with bpf_kptr_xchg(), or get a reference of your own';
  }
  return `pass a pointer to ${expected} that a kfunc or helper returned`;
}

/** is_kfunc_arg_mem_size(): the next parameter is a number called …__sz, and a number is passed. */
function hasSize({ walk, kfunc, index }: KfuncArgument): boolean {
  const next = kfunc.parameters[index + 1];
  if (next?.shape !== 'scalar' || !next.name.endsWith('__sz')) return false;
  return readRegister(walk, index + 2).type === 'scalar';
}

function checkPair({ walk, kfunc, number }: KfuncArgument): void {
  explained(
    () => checkKfuncMemory(walk, number + 1),
    (why, help) => {
      const values = { argument: number, next: number + 1, kfunc: kfunc.name, why, help };
      reject(kfuncMemoryPair, values, { registers: [number, number + 1] });
    },
  );
}

function checkFixed({ walk, kfunc, parameter, number }: KfuncArgument): void {
  const { btf } = kfunc.btf;
  const type = typeText(btf, parameter.pointee);
  const size = resolveSize(btf, parameter.pointee)?.size;
  if (size === undefined) reject(kfuncMemorySize, { type, argument: number, kfunc: kfunc.name });
  explained(
    () => checkFixedMemory(walk, number, size),
    (why, help) => {
      reject(kfuncMemory, { argument: number, kfunc: kfunc.name, type, why, help }, { registers: [number] });
    },
  );
}

/** The kernel returns its own errno for memory that a kfunc may not have, whatever is wrong with it. */
function explained(check: () => void, refuse: (why: string, help: string) => never): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    refuse(error.message, error.suggestion);
  }
}

function checkDynptr({ walk, kfunc, number, register }: KfuncArgument): void {
  const isLocal = register.type === 'stack' && register.flags === 0 && dynptrAt(walk, register)?.type === 'local';
  if (isLocal) return;
  reject(kfuncDynptr, { argument: number, kfunc: kfunc.name, what: briefly(register) }, { registers: [number] });
}

import { checkArgumentOffset } from './argument-offset.ts';
import { checkFixedMemory } from './helper-memory.ts';
import { kindOf, nameOf, targetOf, type Btf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { prototypeOf } from '../../btf/prototype.ts';
import { typeAt } from '../../btf/read-type.ts';
import { isContextPointer } from '../kernel/contexts.ts';
import { isScalarType, isStructType, typeText } from '../kernel/kfunc.ts';
import { globalArguments } from '../rules/subprogram/arguments.rule.ts';
import { globalPrototype } from '../rules/subprogram/prototype.rule.ts';
import { NotModelled, Rejection, reject } from '../rules/rule.ts';
import { briefly } from '../state/describe.ts';
import { registerOf, type Frame } from '../state/frame.ts';
import { FLAG, pointer, UNKNOWN_REGISTER } from '../state/register.ts';
import { resolveSize } from '../types/resolve-size.ts';
import { nextId, readRegister, type Subprogram, type Walk } from '../walk/walk.ts';

const MAX_ARGUMENTS = 5;

/** What a function takes: struct bpf_subprog_arg_info. */
interface Argument {
  readonly kind: 'number' | 'context' | 'memory';
  /** Of memory: bytes. */
  readonly size: number;
}

/**
 * What the arguments of a global function are: btf_prepare_func_args(), kernel/bpf/btf.c, since tags say more of them.
 *
 * @throws Rejection if its prototype is none that can be checked
 */
function argumentsOf(walk: Walk, callee: Subprogram): readonly Argument[] {
  const { kernel, program } = walk.prepared;
  const { btf } = program;
  if (btf === undefined) throw new NotModelled('a global function without BTF');
  const refuse = (why: string): never => reject(globalPrototype, { function: callee.name, why });
  if (hasDeclarationTag(btf, callee.typeId)) throw new NotModelled('arguments with tags');
  const { parameters, returns } = prototypeOf(btf, callee.typeId);
  if (parameters.length > MAX_ARGUMENTS) refuse('it has more than five arguments');
  if (!isScalarType(btf, skipTypedefs(btf, returns))) refuse('it does not return a number');
  return parameters.map(({ type: declared }, index) => {
    const type = skipTypedefs(btf, declared);
    if (isScalarType(btf, type)) return { kind: 'number', size: 0 };
    if (kindOf(btf, type) !== 'ptr') refuse(`argument ${String(index + 1)} is a ${typeText(btf, type)}`);
    const pointee = skipTypedefs(btf, targetOf(btf, type));
    if (isContextPointer(kernel, program.progType, btf, type)) return { kind: 'context', size: 0 };
    if (isDynptr(btf, pointee)) throw new NotModelled('dynamic pointers');
    const size = resolveSize(btf, pointee)?.size;
    const what = `argument ${String(index + 1)} points to ${typeText(btf, pointee)}, whose size is not known`;
    return size === undefined ? refuse(what) : { kind: 'memory', size };
  });
}

function isDynptr(btf: Btf, pointee: number): boolean {
  if (!isStructType(btf, pointee)) return false;
  const name = nameOf(btf, pointee);
  return name === 'bpf_dynptr' || name === 'bpf_dynptr_kern';
}

function hasDeclarationTag(btf: Btf, functionId: number): boolean {
  for (let id = btf.firstId; ; id++) {
    let type;
    try {
      type = typeAt(btf, id);
    } catch {
      return false;
    }
    if (type.kind === 'decl_tag' && type.type === functionId) return true;
  }
}

/**
 * The arguments of a call fit the prototype of a global function: btf_check_func_arg_match(), kernel/bpf/verifier.c.
 *
 * @throws Rejection if they do not; the prototype then is not relied on any more
 */
export function checkFunctionArguments(walk: Walk, callee: Subprogram): void {
  const refuse = (argument: number, why: string): never =>
    reject(globalArguments, { argument, function: callee.name, why }, { registers: [argument] });
  if (callee.unreliable) refuse(0, 'another call does not');
  for (const [index, argument] of argumentsOf(walk, callee).entries()) {
    const number = index + 1;
    const register = readRegister(walk, number);
    if (argument.kind === 'number') {
      if (register.type !== 'scalar') refuse(number, `it is ${briefly(register)} and no number`);
      continue;
    }
    checkArgumentOffset(number, register, { isRelease: false, isDynptr: false, isAllocated: false });
    if (argument.kind === 'context') {
      if (register.type !== 'ctx') refuse(number, `it is ${briefly(register)} and not the context`);
      continue;
    }
    try {
      checkFixedMemory(walk, number, argument.size);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      refuse(number, error.message);
    }
  }
}

/** The registers with which a global function begins: do_check_common(). @throws Rejection */
export function prepareFunctionArguments(walk: Walk, frame: Frame, callee: Subprogram): void {
  for (const [index, argument] of argumentsOf(walk, callee).entries()) {
    const cell = registerOf(frame, index + 1);
    if (argument.kind === 'number') {
      cell.register = UNKNOWN_REGISTER;
    } else if (argument.kind === 'context') {
      cell.register = pointer('ctx');
    } else {
      cell.register = pointer('mem', { flags: FLAG.maybeNull, memSize: argument.size, id: nextId(walk) });
    }
  }
}

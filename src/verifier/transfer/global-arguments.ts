import { checkArgumentOffset } from './argument-offset.ts';
import { checkFixedMemory } from './helper-memory.ts';
import { kindOf, targetOf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { prototypeOf } from '../../btf/prototype.ts';
import { isContextPointer } from '../kernel/contexts.ts';
import { isScalarType, typeText } from '../kernel/kfunc.ts';
import { globalArguments } from '../rules/subprogram/arguments.rule.ts';
import { globalPrototype } from '../rules/subprogram/prototype.rule.ts';
import { NotModelled, Rejection, reject } from '../rules/rule.ts';
import { briefly } from '../state/describe.ts';
import { registerOf, type Frame } from '../state/frame.ts';
import { FLAG, pointer } from '../state/register.ts';
import { resolveSize } from '../types/resolve-size.ts';
import { nextId, readRegister, unknownScalar, type Subprogram, type Walk } from '../walk/walk.ts';

const MAX_ARGUMENTS = 5;

/**
 * The arguments of a call fit the prototype of a global function: btf_check_subprog_arg_match() and
 * btf_check_func_arg_match(), kernel/bpf/btf.c.
 *
 * @throws Rejection if they do not; the prototype then is not relied on any more
 */
export function checkGlobalArguments(walk: Walk, callee: Subprogram): void {
  const refuse = (argument: number, why: string): never =>
    reject(globalArguments, { argument, function: callee.name, why }, { registers: [argument] });
  if (callee.unreliable) refuse(0, 'another call does not');
  const { kernel, program } = walk.prepared;
  const { btf } = program;
  if (btf === undefined) throw new NotModelled('a global function without BTF');
  const { parameters } = prototypeOf(btf, callee.typeId);
  if (parameters.length > MAX_ARGUMENTS) refuse(MAX_ARGUMENTS + 1, 'there are more than five');
  try {
    for (const [index, { type: declared }] of parameters.entries()) {
      const number = index + 1;
      const register = readRegister(walk, number);
      const type = skipTypedefs(btf, declared);
      if (isScalarType(btf, type)) {
        if (register.type !== 'scalar') refuse(number, `it is ${briefly(register)} and no number`);
        continue;
      }
      if (kindOf(btf, type) !== 'ptr') refuse(number, `type ${typeText(btf, type)} is not taken`);
      const pointee = skipTypedefs(btf, targetOf(btf, type));
      checkArgumentOffset(number, register, { isRelease: false, isDynptr: false, isAllocated: false });
      if (isContextPointer(kernel, program.progType, btf, type)) {
        if (register.type !== 'ctx') refuse(number, `it is ${briefly(register)} and not the context`);
        continue;
      }
      const size = resolveSize(btf, pointee)?.size;
      if (size === undefined) refuse(number, `the size of ${typeText(btf, pointee)} is not known`);
      try {
        checkFixedMemory(walk, number, size ?? 0);
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        refuse(number, error.message);
      }
    }
  } catch (error) {
    if (error instanceof Rejection) callee.unreliable = true;
    throw error;
  }
}

/**
 * The registers with which a global function begins: btf_prepare_func_args().
 *
 * @throws Rejection if its prototype is none that can be checked
 */
export function prepareGlobalArguments(walk: Walk, frame: Frame, callee: Subprogram): void {
  const { kernel, program } = walk.prepared;
  const { btf } = program;
  if (btf === undefined) throw new NotModelled('a global function without BTF');
  const refuse = (why: string): never => reject(globalPrototype, { function: callee.name, why });
  if (callee.unreliable) throw new NotModelled(`arguments of ${callee.name}() that do not fit its prototype`);
  const { parameters, returns } = prototypeOf(btf, callee.typeId);
  if (parameters.length > MAX_ARGUMENTS) refuse('it has more than five arguments');
  if (!isScalarType(btf, skipTypedefs(btf, returns))) refuse('it does not return a number');
  for (const [index, { type: declared }] of parameters.entries()) {
    const type = skipTypedefs(btf, declared);
    const cell = registerOf(frame, index + 1);
    if (isScalarType(btf, type)) {
      cell.register = unknownScalar(walk);
      continue;
    }
    if (kindOf(btf, type) !== 'ptr') refuse(`argument ${String(index + 1)} is a ${typeText(btf, type)}`);
    const pointee = skipTypedefs(btf, targetOf(btf, type));
    if (isContextPointer(kernel, program.progType, btf, type)) {
      cell.register = pointer('ctx');
      continue;
    }
    const size = resolveSize(btf, pointee)?.size;
    if (size === undefined)
      refuse(`argument ${String(index + 1)} points to ${typeText(btf, pointee)}, whose size is not known`);
    // Two ids are given out, of which the register gets the second.
    nextId(walk);
    cell.register = pointer('mem', { flags: FLAG.maybeNull, memSize: size ?? 0, id: nextId(walk) });
  }
}

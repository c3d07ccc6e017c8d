import {
  ALU,
  accessBytes,
  ATOMIC,
  CALL,
  CLASS,
  JUMP,
  LD_IMM64,
  MODE,
  PSEUDO,
  SOURCE_REGISTER,
} from '../../../src/program/encoding.ts';
import { compute, isTaken, swapBytes } from './arithmetic.ts';
import { callHelper, callKfunc, numberOf, type Arguments } from './call-kernel.ts';
import { checkEnd, countStep, newThing, type Machine } from './machine.ts';
import { mapOf } from './map-helpers.ts';
import { load, store } from './memory.ts';
import { bitsOf, createThing, isPointer, pointerTo, type Value } from './things.ts';
import { unsound } from './unsound.ts';

const STACK_BYTES = 512;
const HELPER = { tailCall: 12, loop: 181 } as const;

/** A program that a tail call ended. */
const ENDED = Symbol('ended');

interface Frame {
  readonly machine: Machine;
  readonly registers: (Value | undefined)[];
}

/**
 * Runs a program once in an environment.
 *
 * @throws Unsound if it does what no accepted program does; RangeError if it takes too long
 */
export function run(machine: Machine): void {
  try {
    const result = callFunction(machine, 0, [pointerTo(machine.context)]);
    if (result === undefined) unsound('the program returns what was never written');
  } catch (error) {
    if (error === ENDED) return;
    throw error;
  }
  checkEnd(machine, 'the program ends');
}

/** One function, from its first slot to its exit. @returns R0 */
function callFunction(machine: Machine, start: number, args: Arguments): Value | undefined {
  const stack = newThing(machine, 'stack', `of the function at ${String(start)}`, STACK_BYTES);
  const registers: (Value | undefined)[] = [undefined, ...args];
  registers[10] = pointerTo(stack, STACK_BYTES);
  const frame = { machine, registers };
  for (let insn = start; insn >= 0;) {
    countStep(machine);
    try {
      insn = step(frame, insn);
    } catch (error) {
      if (error instanceof Error && !error.message.startsWith('slot'))
        error.message = `slot ${String(insn)}: ${error.message}`;
      throw error;
    }
  }
  stack.isFreed = true;
  return registers[0];
}

function read({ registers }: Frame, number: number): Value {
  return registers[number] ?? unsound(`R${String(number)} was never written`);
}

/** @returns the slot that follows; -1: the function ends */
function step(frame: Frame, insn: number): number {
  const { machine, registers } = frame;
  const { code } = machine.program;
  const opcode = code.opcode[insn] ?? 0;
  const dst = code.dst[insn] ?? 0;
  const src = code.src[insn] ?? 0;
  const off = code.off[insn] ?? 0;
  const imm = code.imm[insn] ?? 0;
  switch (opcode & 7) {
    case CLASS.alu:
    case CLASS.alu64:
      registers[dst] = arithmetic(frame, opcode, dst, src, imm);
      return insn + 1;
    case CLASS.ldx:
      registers[dst] = load(machine, read(frame, src), off, accessBytes(opcode));
      return insn + 1;
    case CLASS.stx:
      if ((opcode & 0xe0) === MODE.atomic) atomic(frame, opcode, dst, src, off, imm);
      else store(read(frame, dst), off, accessBytes(opcode), read(frame, src));
      return insn + 1;
    case CLASS.st:
      store(read(frame, dst), off, accessBytes(opcode), BigInt.asUintN(64, BigInt(imm)));
      return insn + 1;
    case CLASS.ld:
      if (opcode !== LD_IMM64) throw new RangeError(`opcode ${String(opcode)}`);
      registers[dst] = wideLoad(machine, insn, src);
      return insn + 2;
    default:
      return jump(frame, insn, opcode, dst, src, off, imm);
  }
}

function arithmetic(frame: Frame, opcode: number, dst: number, src: number, imm: number): Value {
  const operation = opcode & 0xf0;
  const isWide = (opcode & 7) === CLASS.alu64;
  if (operation === ALU.end) return swapBytes((opcode & SOURCE_REGISTER) !== 0, imm, read(frame, dst));
  const right = (opcode & SOURCE_REGISTER) === 0 ? BigInt.asUintN(64, BigInt(imm)) : read(frame, src);
  return compute(operation, isWide, operation === ALU.mov ? 0n : read(frame, dst), right);
}

function atomic(frame: Frame, opcode: number, dst: number, src: number, off: number, imm: number): void {
  const { machine, registers } = frame;
  const size = accessBytes(opcode);
  const base = read(frame, dst);
  const operand = read(frame, src);
  const old = load(machine, base, off, size);
  if (imm === ATOMIC.cmpxchg) {
    const expected = read(frame, 0);
    const isSame = BigInt.asUintN(size * 8, bitsOf(expected)) === BigInt.asUintN(size * 8, bitsOf(old));
    if (isSame) store(base, off, size, operand);
    registers[0] = old;
    return;
  }
  const isExchange = imm === ATOMIC.xchg;
  store(base, off, size, isExchange ? operand : bitsOf(compute(imm & 0xf0, true, bitsOf(old), bitsOf(operand))));
  if ((imm & ATOMIC.fetch) !== 0) registers[src] = old;
}

function wideLoad({ program, maps }: Machine, insn: number, src: number): Value {
  const { code, mapReferences } = program;
  const reference = mapReferences.get(insn);
  if (reference !== undefined) {
    const map = maps[reference.map];
    return map === undefined ? unsound('a map that there is not') : pointerTo(map.thing);
  }
  const low = code.imm[insn] ?? 0;
  if (src === PSEUDO.func) return pointerTo(createThing('function', String(insn + low + 1), 0, BigInt(insn)));
  return ((BigInt(code.imm[insn + 1] ?? 0) << 32n) & ((1n << 64n) - 1n)) | BigInt(low >>> 0);
}

function jump(frame: Frame, insn: number, opcode: number, dst: number, src: number, off: number, imm: number): number {
  const operation = opcode & 0xf0;
  if (operation === JUMP.exit) return -1;
  if (operation === JUMP.ja) return insn + 1 + off;
  if (operation === JUMP.call) {
    call(frame, insn, src, imm);
    return insn + 1;
  }
  const right = (opcode & SOURCE_REGISTER) === 0 ? BigInt.asUintN(64, BigInt(imm)) : read(frame, src);
  return isTaken(operation, (opcode & 7) === CLASS.jmp, read(frame, dst), right) ? insn + 1 + off : insn + 1;
}

function call({ machine, registers }: Frame, insn: number, kind: number, imm: number): void {
  const args = registers.slice(1, 6);
  let result: Value | undefined;
  if (kind === CALL.subprogram) {
    if (machine.lock !== undefined) unsound('a function is called under a spin lock');
    result = callFunction(machine, insn + 1 + imm, args);
  } else if (kind === CALL.kfunc) {
    result = callKfunc(machine, machine.program.kfuncCalls.get(insn)?.name ?? '', args);
  } else if (imm === HELPER.loop) {
    result = callBack(machine, args);
  } else if (imm === HELPER.tailCall) {
    result = tailCall(machine, args);
  } else {
    result = callHelper(machine, imm, args);
  }
  for (let number = 1; number <= 5; number++) registers[number] = undefined;
  registers[0] = result;
}

/** bpf_loop(). */
function callBack(machine: Machine, args: Arguments): Value {
  const rounds = numberOf(args, 0);
  const [, target, context] = args;
  if (target === undefined || !isPointer(target) || target.thing.kind !== 'function') unsound('a callback is none');
  if (numberOf(args, 3) !== 0n) return BigInt.asUintN(64, -22n);
  if (BigInt.asUintN(32, rounds) > 1n << 23n) return BigInt.asUintN(64, -7n);
  let done = 0n;
  for (; done < BigInt.asUintN(32, rounds); done++) {
    const result = callFunction(machine, Number(target.thing.name), [done, context]);
    if (result !== 0n && result !== 1n) unsound(`a callback returns ${String(result)}`);
    if (result === 1n) return done + 1n;
  }
  return done;
}

/** bpf_tail_call(): what is called does not come back; often there is nothing to call. */
function tailCall(machine: Machine, args: Arguments): Value {
  const map = mapOf(machine, args[1]);
  if (map.type !== 'prog_array') unsound(`a tail call into ${map.type}`);
  numberOf(args, 2);
  if (machine.random.below(2) === 0) return BigInt.asUintN(64, -2n);
  checkEnd(machine, 'a tail call');
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- no error: it leaves all functions at once
  throw ENDED;
}

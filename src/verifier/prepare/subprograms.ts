import { CALL, CALL_OPCODE, CLASS, JUMP, LD_IMM64, MODE, PSEUDO } from '../../program/encoding.ts';
import type { Code } from '../../program/code.ts';
import type { Program } from '../../program/program.ts';
import { HELPER } from '../kernel/helper-ids.ts';
import type { Behaviours } from '../kernel/behaviours.ts';
import { callOutOfRange } from '../rules/flow/call-out-of-range.rule.ts';
import { lastInstruction } from '../rules/flow/end-of-function.rule.ts';
import { tooManyFunctions } from '../rules/flow/functions.rule.ts';
import { jumpOutOfRange } from '../rules/flow/jump-out-of-range.rule.ts';
import { functionInfo } from '../rules/load/func-info.rule.ts';
import { loadAbsInFunction } from '../rules/load/load-abs.rule.ts';
import { tailCallInFunction } from '../rules/load/tail-call.rule.ts';
import { reject } from '../rules/rule.ts';
import { isScalarType } from '../kernel/kfunc.ts';
import { prototypeOf } from '../../btf/prototype.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import type { Subprogram } from '../walk/walk.ts';

/** BPF_MAX_SUBPROGS. */
const LIMIT = 256;

/** Whether an instruction names a function of the program: calls it, or takes its address. */
export function namesFunction(code: Code, insn: number): boolean {
  const opcode = code.opcode[insn];
  const src = code.src[insn];
  return (opcode === CALL_OPCODE && src === CALL.subprogram) || (opcode === LD_IMM64 && src === PSEUDO.func);
}

/** add_subprog(): the first slots of all functions, ascending. @throws Rejection */
export function findFunctions(code: Code): readonly number[] {
  const starts = new Set([0]);
  for (let insn = 0; insn < code.length; insn++) {
    if (!namesFunction(code, insn)) continue;
    const target = insn + (code.imm[insn] ?? 0) + 1;
    if (target < 0 || target >= code.length) reject(callOutOfRange, { insn, target }, { insn });
    starts.add(target);
    if (starts.size > LIMIT) reject(tooManyFunctions, { limit: LIMIT });
  }
  return [...starts].sort((a, b) => a - b);
}

/** check_subprogs() and check_btf_func(), kernel/bpf/verifier.c. @throws Rejection */
export function describeFunctions(program: Program, starts: readonly number[], behaviours: Behaviours): Subprogram[] {
  const { code, functions } = program;
  const found = starts.map((start, index) => {
    const end = starts[index + 1] ?? code.length;
    const info = functions[index];
    return {
      start,
      end,
      ...lookThrough(code, start, end, behaviours),
      typeId: info?.typeId ?? 0,
      linkage: info?.linkage ?? 'static',
      name: info?.name ?? (index === 0 ? 'the program' : `function at ${String(start)}`),
      unreliable: false,
      isAsyncCallback: false,
      stackDepth: 0,
    };
  });
  checkFunctionInfo(program, found);
  return found;
}

function lookThrough(
  code: Code,
  start: number,
  end: number,
  behaviours: Behaviours,
): { readonly hasTailCall: boolean; readonly hasLoadAbs: boolean } {
  let hasTailCall = false;
  let hasLoadAbs = false;
  for (let insn = start; insn < end; insn++) {
    const opcode = code.opcode[insn] ?? 0;
    const kind = opcode & 7;
    const mode = opcode & 0xe0;
    if (opcode === CALL_OPCODE && code.imm[insn] === HELPER.tail_call && code.src[insn] !== CALL.subprogram) {
      hasTailCall = true;
    }
    if (kind === CLASS.ld && (mode === MODE.abs || mode === MODE.ind)) hasLoadAbs = true;
    const operation = opcode & 0xf0;
    const isJump = (kind === CLASS.jmp || kind === CLASS.jmp32) && operation !== JUMP.call && operation !== JUMP.exit;
    if (isJump) checkTarget(code, insn, start, end, behaviours);
  }
  const last = code.opcode[end - 1];
  const isLong = behaviours.longJumps && last === (CLASS.jmp32 | JUMP.ja);
  if (last !== (CLASS.jmp | JUMP.exit) && last !== (CLASS.jmp | JUMP.ja) && !isLong) {
    reject(lastInstruction, { insn: end - 1 }, { insn: end - 1 });
  }
  return { hasTailCall, hasLoadAbs };
}

function checkTarget(code: Code, insn: number, start: number, end: number, { longJumps }: Behaviours): void {
  const isLong = longJumps && code.opcode[insn] === (CLASS.jmp32 | JUMP.ja);
  const target = insn + 1 + ((isLong ? code.imm[insn] : code.off[insn]) ?? 0);
  if (target < start || target >= end) reject(jumpOutOfRange, { insn, target }, { insn });
}

function checkFunctionInfo({ functions, btf }: Program, found: readonly Subprogram[]): void {
  const others = found.slice(1);
  if (functions.length === 0) {
    for (const each of others) {
      if (each.hasLoadAbs) reject(loadAbsInFunction, { function: each.name, why: 'the program is loaded without BTF' });
      if (each.hasTailCall)
        reject(tailCallInFunction, { function: each.name, why: 'the program is loaded without BTF' });
    }
    return;
  }
  const isSame =
    functions.length === found.length && functions.every((each, index) => each.slot === found[index]?.start);
  if (!isSame || btf === undefined) reject(functionInfo, {});
  for (const each of others) {
    const returnsNumber = isScalarType(btf, skipTypedefs(btf, prototypeOf(btf, each.typeId).returns));
    if (returnsNumber) continue;
    if (each.hasLoadAbs) reject(loadAbsInFunction, { function: each.name, why: 'it does not return int' });
    if (each.hasTailCall) reject(tailCallInFunction, { function: each.name, why: 'it does not return int' });
  }
}

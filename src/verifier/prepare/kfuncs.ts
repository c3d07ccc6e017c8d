import { findIdByName } from '../../btf/find.ts';
import { kindOf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { prototypeOf } from '../../btf/prototype.ts';
import { CALL, CALL_OPCODE } from '../../program/encoding.ts';
import type { Program } from '../../program/program.ts';
import type { Behaviours } from '../kernel/behaviours.ts';
import { describeKfunc, isScalarType, isStructType, typeText, type Kfunc } from '../kernel/kfunc.ts';
import type { Kernel, KernelBtf } from '../kernel/kernel.ts';
import { isGplCompatible } from '../kernel/license.ts';
import { kfuncWithoutGpl } from '../rules/kfunc/gpl.rule.ts';
import { kfuncNotFound } from '../rules/kfunc/not-found.rule.ts';
import { kfuncModel } from '../rules/kfunc/prototype.rule.ts';
import { kfuncTooManyModules } from '../rules/kfunc/too-many-modules.rule.ts';
import { kfuncTooMany } from '../rules/kfunc/too-many.rule.ts';
import { reject } from '../rules/rule.ts';
import { resolveSize } from '../types/resolve-size.ts';

/** A struct that is passed by value takes at most two registers. */
const STRUCT_BYTES = 16;

/**
 * The kfuncs that a program calls, by slot: what the loader finds, and add_kfunc_call(), kernel/bpf/verifier.c. Calls
 * that are never reached count as well.
 *
 * @throws Rejection
 */
export function resolveKfuncs(
  program: Program,
  kernel: Kernel,
  behaviours: Behaviours,
): readonly (Kfunc | undefined)[] {
  const { code } = program;
  const found: (Kfunc | undefined)[] = new Array<Kfunc | undefined>(code.length).fill(undefined);
  const known = new Map<string, Kfunc>();
  const modules = new Set<string>();
  for (let insn = 0; insn < code.length; insn++) {
    if (code.opcode[insn] !== CALL_OPCODE || code.src[insn] !== CALL.kfunc) continue;
    const target = locate(program, kernel, insn);
    if (!isGplCompatible(program.license)) {
      reject(kfuncWithoutGpl, { kfunc: target?.name ?? 'a kfunc', license: program.license }, { insn });
    }
    if (target === undefined) continue;
    const key = `${target.owner.name} ${String(target.id)}`;
    const seen = known.get(key);
    if (seen !== undefined) {
      found[insn] = seen;
      continue;
    }
    if (target.owner !== kernel.vmlinux) modules.add(target.owner.name);
    const { kfunc_btfs: moduleLimit, kfunc_descs: limit } = kernel.profile.limits;
    if (modules.size > moduleLimit) reject(kfuncTooManyModules, { limit: moduleLimit }, { insn });
    if (known.size >= limit) reject(kfuncTooMany, { limit }, { insn });
    checkModel(target, behaviours, insn);
    const kfunc = describeKfunc(kernel, target.owner, target.id, program);
    known.set(key, kfunc);
    found[insn] = kfunc;
  }
  return found;
}

interface Located {
  readonly name: string;
  readonly owner: KernelBtf;
  readonly id: number;
}

/** The FUNC that a call means; undefined: a weak one that is missing. */
function locate(program: Program, kernel: Kernel, insn: number): Located | undefined {
  const call = program.kfuncCalls.get(insn);
  const id = program.code.imm[insn] ?? 0;
  if (call === undefined) {
    return id === 0 ? undefined : { name: `function ${String(id)}`, owner: kernel.vmlinux, id };
  }
  const found = findFunction(kernel, call.name);
  if (found !== undefined) return found;
  if (call.weak) return undefined;
  const where = kernel.modules.length === 0 ? '' : ' and the modules given';
  reject(kfuncNotFound, { kfunc: call.name, where }, { insn });
}

/** What was found in a kernel, by name. */
const functions = new WeakMap<Kernel, Map<string, Located>>();

function findFunction(kernel: Kernel, name: string): Located | undefined {
  const known = functions.get(kernel) ?? new Map<string, Located>();
  functions.set(kernel, known);
  const seen = known.get(name);
  if (seen !== undefined) return seen;
  for (const owner of [kernel.vmlinux, ...kernel.modules]) {
    const id = findIdByName(owner.btf, name, 'func');
    if (id === undefined) continue;
    const found = { name, owner, id };
    known.set(name, found);
    return found;
  }
  return undefined;
}

/** Functions that passed; a KernelBtf belongs to one kernel. */
const checked = new WeakMap<KernelBtf, Set<number>>();

/** btf_distill_func_proto(), kernel/bpf/btf.c. */
function checkModel({ owner, id, name }: Located, behaviours: Behaviours, insn: number): void {
  const known = checked.get(owner) ?? new Set<number>();
  checked.set(owner, known);
  if (known.has(id)) return;
  const { btf } = owner;
  const refuse = (why: string): never => reject(kfuncModel, { kfunc: name, why }, { insn });
  if (kindOf(btf, id) !== 'func') refuse('it is no function');
  const { parameters, returns, isVariadic } = prototypeOf(btf, id);
  if (parameters.length > 12) refuse('it has more than twelve arguments');
  const returned = skipTypedefs(btf, returns);
  const kind = kindOf(btf, returned);
  if (kind !== 'void' && kind !== 'ptr' && !isScalarType(btf, returned)) {
    refuse(`it returns ${typeText(btf, returned)}`);
  }
  for (const [index, { type }] of parameters.entries()) {
    const plain = skipTypedefs(btf, type);
    const isSmallStruct =
      behaviours.acquireReturnsStruct &&
      isStructType(btf, plain) &&
      (resolveSize(btf, plain)?.size ?? STRUCT_BYTES + 1) <= STRUCT_BYTES;
    if (kindOf(btf, plain) !== 'ptr' && !isScalarType(btf, plain) && !isSmallStruct) {
      refuse(`argument ${String(index + 1)} is of type ${typeText(btf, plain)}`);
    }
  }
  if (isVariadic) refuse('it takes a variable number of arguments');
  known.add(id);
}

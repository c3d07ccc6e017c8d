import { LD_IMM64, PSEUDO } from '../../program/encoding.ts';
import { reservedFields } from '../rules/insn/reserved-fields.rule.ts';
import { wideLoad } from '../rules/insn/wide-load.rule.ts';
import { callbackNoInfo } from '../rules/callback/func-info.rule.ts';
import { callbackMain } from '../rules/callback/main.rule.ts';
import { callbackNotStatic } from '../rules/callback/static.rule.ts';
import { reject } from '../rules/rule.ts';
import { constant } from '../scalar/scalar.ts';
import { pointer, scalarRegister } from '../state/register.ts';
import { setRegister, writeUnknown } from '../walk/registers.ts';
import { nextId, unknownScalar, type Walk } from '../walk/walk.ts';

/** BPF_LD_IMM64: check_ld_imm(), kernel/bpf/verifier.c. @throws Rejection */
export function executeWideLoad(walk: Walk, opcode: number): void {
  const { code, loads } = walk.prepared;
  const { insn } = walk;
  if (opcode !== LD_IMM64) reject(wideLoad, {});
  if (code.off[insn] !== 0) reject(reservedFields, {});
  const dst = code.dst[insn] ?? 0;
  writeUnknown(walk, dst);
  const kind = code.src[insn] ?? 0;
  if (kind === 0) {
    const scalar = constant(code.imm[insn] ?? 0, code.imm[insn + 1] ?? 0);
    setRegister(walk, dst, scalarRegister(scalar, 0, unknownScalar(walk).precise));
    return;
  }
  if (kind === PSEUDO.func) {
    loadFunction(walk, dst);
    return;
  }
  const loaded = loads[insn];
  if (loaded === undefined) reject(wideLoad, {});
  const mayHoldLock =
    !walk.prepared.behaviours.linksScalars && loaded.type === 'map_value' && loaded.map?.spinLockOffset !== undefined;
  setRegister(walk, dst, mayHoldLock ? { ...loaded, id: nextId(walk) } : loaded);
}

function loadFunction(walk: Walk, dst: number): void {
  const { code, subprograms, hasFunctionInfo, behaviours } = walk.prepared;
  const start = walk.insn + (code.imm[walk.insn] ?? 0) + 1;
  const index = subprograms.findIndex((each) => each.start === start);
  const subprogram = subprograms[index];
  if (!hasFunctionInfo || subprogram === undefined) reject(callbackNoInfo, {});
  if (subprogram.linkage !== 'static') reject(callbackNotStatic, { function: subprogram.name });
  if (index === 0 && behaviours.mainIsNoCallback) reject(callbackMain, {});
  setRegister(walk, dst, pointer('func', { subprogram: index }));
}

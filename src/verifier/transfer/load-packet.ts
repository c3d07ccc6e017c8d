import { returnToCaller } from './exit.ts';
import { describeReference, findLeak } from './leaks.ts';
import { checkPointerOffset } from './pointer-offset.ts';
import { MODE, SIZE } from '../../program/encoding.ts';
import { reservedFields } from '../rules/insn/reserved-fields.rule.ts';
import { loadAbsContext } from '../rules/load-abs/context.rule.ts';
import { loadAbsProgram } from '../rules/load-abs/program-type.rule.ts';
import { sectionOpen } from '../rules/section/open.rule.ts';
import { loadAbsUnderLock } from '../rules/lock/load-abs.rule.ts';
import { loadAbsLeak } from '../rules/ref/load-abs.rule.ts';
import { reject } from '../rules/rule.ts';
import { ZERO } from '../scalar/scalar.ts';
import { briefly } from '../state/describe.ts';
import { scalarRegister } from '../state/register.ts';
import { pushPending } from '../walk/pending.ts';
import { clearCallerSaved, readSource, setRegister } from '../walk/registers.ts';
import { frameOf, readRegister, unknownScalar, type Walk } from '../walk/walk.ts';

/** The register that holds the context. */
const CONTEXT = 6;

/**
 * BPF_LD_ABS and BPF_LD_IND: check_ld_abs(), kernel/bpf/verifier.c.
 *
 * @returns the slot that follows
 * @throws Rejection
 */
export function executePacketLoad(walk: Walk, opcode: number): number {
  const { code, typeInfo, program, behaviours } = walk.prepared;
  const { insn, state } = walk;
  if (!typeInfo.ldAbs) reject(loadAbsProgram, { progType: program.progType });
  if (behaviours.walksCallbacksAsLoops && state.frames.some(({ inCallback }) => inCallback)) {
    reject(loadAbsProgram, { progType: `${program.progType}, in a callback` });
  }
  const isIndirect = (opcode & 0xe0) === MODE.ind;
  const isUnused = code.dst[insn] === 0 && code.off[insn] === 0 && (isIndirect || code.src[insn] === 0);
  if (!isUnused || (opcode & 0x18) === SIZE.dw) reject(reservedFields, {});
  readSource(walk, CONTEXT);
  const leak = findLeak(walk);
  if (leak !== undefined) reject(loadAbsLeak, describeReference(walk, leak));
  if (state.spinLock !== 0 || state.lockOwner !== undefined) reject(loadAbsUnderLock, {});
  if (state.inRcu || state.preemptOff > 0) reject(sectionOpen, { where: 'a load from the packet' });
  const context = readRegister(walk, CONTEXT);
  if (context.type !== 'ctx') reject(loadAbsContext, { what: briefly(context) }, { registers: [CONTEXT] });
  if (isIndirect) readSource(walk, code.src[insn] ?? 0);
  checkPointerOffset(CONTEXT, context, false);
  clearCallerSaved(walk, frameOf(walk));
  setRegister(walk, 0, unknownScalar(walk));
  if (!behaviours.loadAbsMayReturn || state.frames.length === 1) return insn + 1;
  // It ends the function with 0 where there is no such packet data.
  pushPending(walk, insn + 1, insn);
  setRegister(walk, 0, scalarRegister(ZERO));
  return returnToCaller(walk);
}

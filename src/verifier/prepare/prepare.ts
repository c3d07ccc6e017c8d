import { checkControlFlow } from './control-flow.ts';
import { findPacketMovers } from './packet-movers.ts';
import { resolveKfuncs } from './kfuncs.ts';
import { describeFunctions, findFunctions } from './subprograms.ts';
import { resolveWideLoads } from './wide-loads.ts';
import type { Program } from '../../program/program.ts';
import { kfuncSetContains } from '../../tables/lookup.ts';
import type { FilteredProgram } from '../../tables/set-filter.ts';
import { settingOf } from './program-setting.ts';
import { isGplCompatible } from '../kernel/license.ts';
import { programGpl } from '../rules/load/gpl.rule.ts';
import { programTypeInfo, type AttachResult } from '../kernel/contexts.ts';
import type { Kfunc } from '../kernel/kfunc.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { BpfMap } from '../maps/bpf-map.ts';
import { attachTargetRefused } from '../rules/load/attach-target.rule.ts';
import { emptyProgram } from '../rules/load/empty.rule.ts';
import { negative, NotModelled, reject } from '../rules/rule.ts';
import type { Prepared } from '../walk/walk.ts';

/** BPF_COMPLEXITY_LIMIT_INSNS. */
const MAX_INSTRUCTIONS = 1_000_000;

/**
 * All that is checked before the walk: bpf_prog_load(), kernel/bpf/syscall.c, and the beginning of bpf_check(),
 * kernel/bpf/verifier.c, in their order.
 *
 * @param maps the program's maps, created
 * @throws Rejection, NotModelled
 */
export function prepare(program: Program, kernel: Kernel, maps: readonly BpfMap[]): Prepared {
  const { code, progType } = program;
  const { behaviours } = kernel;
  if (code.length === 0 || code.length > MAX_INSTRUCTIONS) reject(emptyProgram, { count: code.length });
  const typeInfo = programTypeInfo(progType);
  if (typeInfo === undefined) throw new NotModelled(`programs of type ${progType}`);
  if (progType === 'ext') throw new NotModelled('programs that replace others');
  const { refused, attached, context, returns, caller } = settingOf(kernel, program);
  refuseAttach(refused);
  const starts = findFunctions(code);
  const kfuncs = resolveKfuncs(program, kernel, behaviours);
  if (kfuncs.some((kfunc) => kfunc?.name === 'bpf_throw')) throw new NotModelled('exceptions');
  const subprograms = describeFunctions(program, starts, behaviours);
  if (typeInfo.needsGpl && !isGplCompatible(program.license))
    reject(programGpl, { progType, license: program.license });
  if (!behaviours.attachesAfterFlow) refuseAttach(attached);
  const loads = resolveWideLoads(program, kernel, behaviours, maps);
  const flow = checkControlFlow(code, behaviours, kfuncs);
  if (behaviours.attachesAfterFlow) refuseAttach(attached);
  if ('unsupported' in context) throw new NotModelled(context.unsupported);
  return {
    kernel,
    behaviours,
    scalars: kernel.scalars,
    helpers: kernel.helpers,
    program,
    typeInfo,
    attached,
    caller,
    context,
    contextIsMemory: behaviours.contextIsMemory && !typeInfo.isConverted,
    returns,
    code,
    subprograms,
    maps,
    kfuncs,
    mayCall: (kfunc, type) => mayCall(kernel, kfunc, type),
    loads,
    ...flow,
    changesPacket: behaviours.functionsMovePackets ? findPacketMovers(program, kernel, subprograms) : [],
    hasFunctionInfo: program.functions.length > 0,
  };
}

function refuseAttach(result: AttachResult | undefined): void {
  if (result?.kind === 'rejected') {
    reject(attachTargetRefused, { why: result.reason }, { errno: negative(result.errno) });
  }
  if (result?.kind === 'unsupported') throw new NotModelled(result.reason);
}

/** Whether some program of a type may. */
function mayCall({ state }: Kernel, { btf, id }: Kfunc, progType: string): boolean {
  const program: FilteredProgram = { progType, attachType: undefined };
  return btf.object !== undefined && kfuncSetContains(state, btf.object, progType, 'check', id, program);
}

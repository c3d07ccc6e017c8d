import type { Program } from '../../program/program.ts';
import {
  attachTarget,
  checkLoadAttributes,
  checkReturnRange,
  openContext,
  type AttachResult,
  type OpenContext,
  type ReturnRange,
} from '../kernel/contexts.ts';
import type { HelperCaller } from '../kernel/helpers.ts';
import type { Kernel } from '../kernel/kernel.ts';

/** What a program's type and its target decide, before its instructions are looked at. */
export interface ProgramSetting {
  /** Why it is not loaded at all; undefined: it is. */
  readonly refused: AttachResult | undefined;
  readonly attached: AttachResult;
  readonly context: OpenContext | { readonly unsupported: string };
  readonly returns: ReturnRange;
  /** The program as helpers are asked for it: with the name of its target as BTF has it. */
  readonly caller: HelperCaller;
}

const settings = new WeakMap<Kernel, Map<string, ProgramSetting>>();

/** The setting of a program; programs of one kind share it, since making it takes longer than walking a small program. */
export function settingOf(kernel: Kernel, program: Program): ProgramSetting {
  const known = settings.get(kernel) ?? new Map<string, ProgramSetting>();
  settings.set(kernel, known);
  const { progType, expectedAttachType, sleepable, attach } = program;
  const key = JSON.stringify([progType, expectedAttachType, sleepable, attach]);
  const setting = known.get(key) ?? makeSetting(kernel, program);
  known.set(key, setting);
  return setting;
}

function callerOf({ progType, expectedAttachType, sleepable, attach }: Program, attached: AttachResult): HelperCaller {
  const target = attached.kind === 'function' ? ({ kind: 'function', name: attached.name } as const) : attach;
  return { progType, expectedAttachType, sleepable, attach: target };
}

function makeSetting(kernel: Kernel, program: Program): ProgramSetting {
  const refused = checkLoadAttributes(kernel, program);
  const attached = attachTarget(kernel, program);
  return {
    refused,
    attached,
    context: openContext(kernel, program, attached),
    returns: checkReturnRange(kernel, program, attached),
    caller: callerOf(program, attached),
  };
}

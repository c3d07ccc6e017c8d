import { contextLayouts, progTypeRules } from '../../../../generated/contexts/contexts.ts';
import type { ContextLayout } from '../../../../generated/types/context.ts';
import type { AttachType, ProgTypeRules } from '../../../../generated/types/prog-type.ts';
import type { Program } from '../../../program/program.ts';
import { attachTypeName, attachTypeNumber } from './attach-types.ts';

/** What of a program decides about its context, its return value and its target. */
export type ContextProgram = Pick<Program, 'progType' | 'expectedAttachType' | 'attach' | 'sleepable'>;

/** What holds for all programs of a type in a kernel. */
export interface ProgramTypeInfo {
  /** The name in BTF of the type that counts as this program type's context; undefined: no type does. */
  readonly contextStruct: string | undefined;
  /** may_access_direct_pkt_data() for reading and for helpers' packet arguments. */
  readonly directPacketRead: boolean;
  readonly directPacketWrite: boolean;
  /** may_access_skb(): whether BPF_LD_ABS and BPF_LD_IND are allowed. */
  readonly ldAbs: boolean;
  /** What attach_btf_id has to name. */
  readonly target: 'function' | 'struct_ops' | undefined;
  /** Whether the licence has to be compatible with the GPL: else EINVAL, where the target is checked. */
  readonly needsGpl: boolean;
  /** Whether the verifier's operations have convert_ctx_access: the context is then no memory to helpers. */
  readonly isConverted: boolean;
}

const RULES: ReadonlyMap<string, ProgTypeRules> = new Map(progTypeRules.map((rules) => [rules.prog_type, rules]));
const LAYOUTS: ReadonlyMap<string, ContextLayout> = new Map(contextLayouts.map((layout) => [layout.context, layout]));
const INFOS: ReadonlyMap<string, ProgramTypeInfo> = new Map(
  progTypeRules.map((rules) => [rules.prog_type, info(rules)]),
);

/** The rules of a program type; undefined if there are none for it. */
export function rulesOf(progType: string): ProgTypeRules | undefined {
  return RULES.get(progType);
}

/** A layout of registry/contexts by its name. */
export function layoutOf(context: string): ContextLayout | undefined {
  return LAYOUTS.get(context);
}

/** What is known of a program type; undefined where nothing is: whatever a program of it does is unsupported. */
export function programTypeInfo(progType: string): ProgramTypeInfo | undefined {
  return INFOS.get(progType);
}

/** The expected attach type as bpf_prog_load_fixup_attach_type(), kernel/bpf/syscall.c, leaves it. */
export function attachTypeOf({
  progType,
  expectedAttachType,
}: Pick<Program, 'progType' | 'expectedAttachType'>): AttachType | undefined {
  const fallback = RULES.get(progType)?.default_attach_type;
  if (expectedAttachType === 0 && fallback !== undefined) return fallback;
  return attachTypeName(expectedAttachType);
}

/** The same as a number. */
export function attachNumberOf(program: ContextProgram): number {
  const fallback = RULES.get(program.progType)?.default_attach_type;
  return program.expectedAttachType === 0 && fallback !== undefined
    ? attachTypeNumber(fallback)
    : program.expectedAttachType;
}

function info(rules: ProgTypeRules): ProgramTypeInfo {
  return Object.freeze({
    contextStruct: rules.context_type,
    directPacketRead: rules.packet !== undefined,
    directPacketWrite: rules.packet === 'write',
    ldAbs: rules.ld_abs ?? false,
    target: rules.target,
    needsGpl: rules.gpl_only ?? false,
    isConverted: LAYOUTS.get(rules.context)?.converted ?? false,
  });
}

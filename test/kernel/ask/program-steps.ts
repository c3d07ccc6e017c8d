import type { Btf } from '../../../src/btf/btf.ts';
import { findIdByName } from '../../../src/btf/find.ts';
import { typeAt } from '../../../src/btf/read-type.ts';
import { encodeCode, SLOT_BYTES } from '../../../src/program/code.ts';
import { ATTACH_TYPE } from '../../../src/program/object/attach-types.ts';
import type { AttachTarget, Program } from '../../../src/program/program.ts';
import type { Step } from '../machine/jobs.ts';
import { Attributes, COMMAND, type Descriptor } from './attributes.ts';
import { createStep } from './map-steps.ts';
import { numberOf, PROGRAM_TYPES } from './program-types.ts';

const SLEEPABLE = 0x10;
const LOG_BYTES = 1 << 20;
const FUNC_INFO_BYTES = 8;

export interface LoadQuestion {
  /** The kernel's BTF, for what a program names. */
  readonly kernel: Btf;
  /** Those of loaded modules, with the steps that got hold of them. */
  readonly modules: readonly { readonly btf: Btf; readonly fd: number }[];
  /** The step that loaded a BTF. */
  readonly btfOf: (btf: Btf) => Descriptor;
  /** 4: the statistics and what is wrong; 1: every instruction too. */
  readonly logLevel: number;
}

/** Steps that make the maps and load the program; the last is the load. A name that the kernel has not: what it is. */
export function programSteps(program: Program, question: LoadQuestion): readonly Step[] | { readonly unknown: string } {
  const steps: Step[] = [];
  /** By map, the step that makes it. */
  const made: number[] = [];
  for (const map of program.maps) {
    const btf = map.btf === undefined ? undefined : question.btfOf(map.btf);
    const inner = map.innerMap === undefined ? undefined : made[map.innerMap];
    const step = steps.push(createStep(map, btf, inner, true)) - 1;
    made.push(step);
    if (map.contents !== undefined) {
      const update = new Attributes(32).descriptor(0, step).pointer(8, new Uint8Array(8)).pointer(16, map.contents);
      steps.push(update.step(COMMAND.mapUpdate));
    }
    if (map.frozen) steps.push(new Attributes(4).descriptor(0, step).step(COMMAND.mapFreeze));
  }
  const bytes = encodeCode(program.code);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const descriptors: (readonly [number, Descriptor])[] = [...program.mapReferences].map(([slot, { map }]) => [
    slot * SLOT_BYTES + 4,
    made[map] ?? -1,
  ]);
  for (const [slot, { name, weak }] of program.kfuncCalls) {
    const found = findInKernel(question, name, ['func']);
    if (found === undefined && !weak) return { unknown: name };
    // What is weak and missing stays 0, and has to be dead code.
    if (found === undefined) continue;
    view.setInt32(slot * SLOT_BYTES + 4, found.id, true);
    // A position in fd_array; in it, vmlinux has none.
    if (found.module !== undefined) view.setInt16(slot * SLOT_BYTES + 2, found.module + 1, true);
  }
  for (const [slot, { name }] of program.kernelVariables) {
    const found = findInKernel(question, name, ['var', 'func']);
    if (found === undefined) return { unknown: name };
    view.setInt32(slot * SLOT_BYTES + 4, found.id, true);
    const module = found.module === undefined ? undefined : question.modules[found.module];
    if (module !== undefined) descriptors.push([(slot + 1) * SLOT_BYTES + 4, { ofSetup: module.fd }]);
  }
  const attributes = new Attributes(144)
    .u32(0, numberOf(PROGRAM_TYPES, program.progType))
    .u32(4, program.code.length)
    .pointer(8, bytes, descriptors)
    .pointer(16, Buffer.from(`${program.license}\0`, 'latin1'))
    .u32(24, question.logLevel)
    .u32(28, LOG_BYTES)
    .log(32)
    .u32(44, program.sleepable ? SLEEPABLE : 0)
    .u32(68, program.expectedAttachType);
  if (question.modules.length > 0) {
    const entries = question.modules.map(({ fd }, at) => [4 * (at + 1), { ofSetup: fd }] as const);
    attributes.pointer(120, new Uint8Array(4 * (entries.length + 1)), entries);
  }
  if (program.btf !== undefined && program.functions.length > 0) {
    const info = new DataView(new ArrayBuffer(program.functions.length * FUNC_INFO_BYTES));
    for (const [at, { slot, typeId }] of program.functions.entries()) {
      info.setUint32(at * FUNC_INFO_BYTES, slot, true);
      info.setUint32(at * FUNC_INFO_BYTES + 4, typeId, true);
    }
    attributes
      .descriptor(72, question.btfOf(program.btf))
      .u32(76, FUNC_INFO_BYTES)
      .pointer(80, new Uint8Array(info.buffer))
      .u32(88, program.functions.length);
  }
  const { attach } = program;
  if (attach !== undefined) {
    const unknown = attachTo(attributes, program.expectedAttachType, attach, question.kernel);
    if (unknown !== undefined) return { unknown };
  }
  return [...steps, attributes.step(COMMAND.progLoad)];
}

/** How the functions behind LSM hooks and iterators begin. */
const PREFIXES: ReadonlyMap<number, string> = new Map([
  [ATTACH_TYPE.LSM_MAC, 'bpf_lsm_'],
  [ATTACH_TYPE.LSM_CGROUP, 'bpf_lsm_'],
  [ATTACH_TYPE.TRACE_ITER, 'bpf_iter_'],
]);

/** @returns the name that the kernel has not */
function attachTo(attributes: Attributes, attachType: number, attach: AttachTarget, kernel: Btf): string | undefined {
  if (attach.kind === 'function') {
    const tracepoint = findIdByName(kernel, `btf_trace_${attach.name}`, 'typedef');
    const named = findIdByName(kernel, (PREFIXES.get(attachType) ?? '') + attach.name, 'func');
    const id = named ?? findIdByName(kernel, attach.name, 'func');
    return attachToId(
      attributes,
      attach.name,
      attachType === ATTACH_TYPE.TRACE_RAW_TP ? (tracepoint ?? id) : (id ?? tracepoint),
    );
  }
  const id = findIdByName(kernel, attach.struct, 'struct');
  const type = id === undefined ? undefined : typeAt(kernel, id);
  if (id === undefined || type?.kind !== 'struct') return attach.struct;
  const member = type.members.findIndex(({ name }) => name === attach.member);
  if (member < 0) return `${attach.struct}.${attach.member}`;
  attributes.u32(108, id).u32(68, member);
  return undefined;
}

/** In vmlinux, or else in the first module that has it, whose position is told. */
function findInKernel(
  { kernel, modules }: LoadQuestion,
  name: string,
  kinds: readonly ('func' | 'var')[],
): { readonly id: number; readonly module: number | undefined } | undefined {
  for (const [at, btf] of [kernel, ...modules.map((module) => module.btf)].entries()) {
    const id = kinds.map((kind) => findIdByName(btf, name, kind)).find((each) => each !== undefined);
    if (id !== undefined) return { id, module: at === 0 ? undefined : at - 1 };
  }
  return undefined;
}

function attachToId(attributes: Attributes, name: string, id: number | undefined): string | undefined {
  if (id === undefined) return name;
  attributes.u32(108, id);
  return undefined;
}

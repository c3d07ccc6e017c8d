import { kindOf, targetOf, type Btf } from '../../btf/btf.ts';
import { typesAreCompatible } from '../../btf/compat.ts';
import { findIdByName } from '../../btf/find.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import type { KernelBtf } from '../../btf/resolver.ts';
import { joinCode, SLOT_BYTES, type Code } from '../code.ts';
import { patchCore } from '../core/patch-core.ts';
import { resolveCore, type CandidateCache } from '../core/resolve-core.ts';
import { OPCODE, PSEUDO_CALL, PSEUDO_LOAD } from '../opcodes.ts';
import type { AttachTarget, KernelVariable, KfuncCall, MapReference, MapSpec, Program } from '../program.ts';
import { configContents } from './config-values.ts';
import { essentialName } from './essential-name.ts';
import type { Extern } from './externs.ts';
import { functionAt } from './functions.ts';
import { linkProgram, type LinkedProgram } from './link-program.ts';
import { ObjectError } from './object-error.ts';
import type { BpfObject, ObjectProgram } from './open-object.ts';
import { programFunctions, programLines } from './program-info.ts';
import type { SectionType } from './section-types.ts';

/** The kernel that programs are loaded for. */
export interface LoadOptions {
  readonly kernelBtf: KernelBtf;
  /** `v6.1`, or with a patch level. */
  readonly kernelVersion: string;
  /** See KernelConfigValues. */
  readonly config?: ReadonlyMap<string, string> | undefined;
  /** Which programs; all if left out, also those that loaders load only when asked to. */
  readonly select?: ((program: ObjectProgram) => boolean) | undefined;
}

/** What has been made of an object so far. */
interface Loading {
  readonly object: BpfObject;
  readonly kernelBtf: KernelBtf;
  readonly sections: ReadonlyMap<number, Code>;
  readonly maps: readonly MapSpec[];
  readonly texts: Map<number, string>;
  slots: number;
}

/** Of all programs together: what an object of ordinary size can be made to take otherwise has no bound. */
const MOST_SLOTS = 1 << 25;

/**
 * The programs of an object as a kernel would get them from libbpf: linked, CO-RE relocations done for that kernel's BTF.
 *
 * @returns in the order of the object
 * @throws ObjectError; BtfError where types can't be followed
 */
export function loadPrograms(object: BpfObject, options: LoadOptions): readonly Program[] {
  const { kernelBtf, kernelVersion, config = new Map<string, string>(), select = () => true } = options;
  const { configMap } = object;
  const maps = object.maps.map((map, index) => {
    if (index !== configMap) return map;
    return { ...map, contents: configContents(object.externs, map.valueSize, { version: kernelVersion, config }) };
  });
  const sections = relocateCore(object, kernelBtf);
  const loading: Loading = { object, kernelBtf, sections, maps, texts: new Map(), slots: 0 };
  return object.programs.filter(select).map((program) => loadProgram(loading, program));
}

function loadProgram(loading: Loading, program: ObjectProgram): Program {
  const { object, maps, sections } = loading;
  const { type, name } = program;
  if (type === undefined) {
    const message = 'the name of the section stands for no type of program';
    throw new ObjectError('unknown-section', { section: program.section, name }, message);
  }
  const linked = linkProgram(object, program.function, sections);
  loading.slots += linked.code.length;
  if (loading.slots > MOST_SLOTS) throw new ObjectError('too-big', {}, 'the programs have too many instructions');
  const { btf, ext } = object;
  const hasInfo = btf !== undefined && ext !== undefined;
  const functions = hasInfo ? programFunctions(ext, btf, linked.parts) : [];
  return {
    id: name,
    progType: type.progType,
    expectedAttachType: type.expectedAttachType,
    attach: attachTarget(object, program, type),
    sleepable: type.sleepable,
    license: object.license,
    code: linked.code,
    ...fillReferences(loading, linked),
    maps,
    btf: functions.length === 0 ? undefined : btf,
    functions,
    lines: hasInfo ? programLines(ext, btf, linked.parts, loading.texts) : [],
  };
}

/** Copies of the code, with what CO-RE relocations make of it. */
function relocateCore(object: BpfObject, kernel: KernelBtf): ReadonlyMap<number, Code> {
  const { btf, ext, codeSections, functions } = object;
  const sections = new Map<number, Code>();
  const done = new Set<string>();
  const cache: CandidateCache = new Map();
  for (const { index, name, code: original } of codeSections) {
    const code = joinCode([original]);
    sections.set(index, code);
    const relocations = done.has(name) ? [] : (ext?.relocations.get(name) ?? []);
    done.add(name);
    for (const relocation of btf === undefined ? [] : relocations) {
      const slot = relocation.offset / SLOT_BYTES;
      const place = { section: name, offset: relocation.offset };
      if (!Number.isInteger(slot)) throw new ObjectError('core-malformed', place, 'a CO-RE relocation inside a slot');
      // Linkers leave those of functions that another took the place of.
      if (btf === undefined || functionAt(functions, index, slot) === undefined) continue;
      patchCore(code, slot, resolveCore(btf, relocation, kernel, cache, place), name);
    }
  }
  return sections;
}

function attachTarget(object: BpfObject, program: ObjectProgram, type: SectionType): AttachTarget | undefined {
  if (type.progType === 'struct_ops') {
    for (const { struct, members } of object.structOps) {
      const found = members.find(({ implementation }) => implementation === program.function);
      if (found !== undefined) return { kind: 'member', struct, member: found.member };
    }
    return undefined;
  }
  const { targetKind } = type;
  // `MODULE:FUNCTION` says where a function is; its name alone finds it, too.
  const target = type.target.slice(type.target.indexOf(':') + 1);
  if (targetKind === undefined || target === '') return undefined;
  switch (targetKind) {
    case 'function':
      return { kind: 'function', name: target };
    case 'lsm':
      return { kind: 'function', name: `bpf_lsm_${target}` };
    case 'iterator':
      return { kind: 'function', name: `bpf_iter_${target}` };
    case 'tracepoint':
    case 'program':
      return { kind: targetKind, name: target };
  }
}

/** Fills in maps and externs: bpf_object__relocate_data(), tools/lib/bpf/libbpf.c. */
function fillReferences(
  { object, kernelBtf }: Loading,
  { code, references }: LinkedProgram,
): Pick<Program, 'kfuncCalls' | 'mapReferences' | 'kernelVariables'> {
  const kfuncCalls = new Map<number, KfuncCall>();
  const mapReferences = new Map<number, MapReference>();
  const kernelVariables = new Map<number, KernelVariable>();
  const setLoad = (slot: number, src: number, low: number, high: number): void => {
    code.src[slot] = src;
    code.imm[slot] = low;
    code.imm[slot + 1] = high;
  };
  const referToMap = (slot: number, map: number, valueOffset: number | undefined): void => {
    mapReferences.set(slot, { map, valueOffset });
    setLoad(slot, valueOffset === undefined ? PSEUDO_LOAD.MAP_FD : PSEUDO_LOAD.MAP_VALUE, 0, valueOffset ?? 0);
  };
  const referToKernel = (slot: number, { name, weak }: Extern, kind: 'func' | 'var'): void => {
    if (weak && !isInKernel(kernelBtf, name, kind)) {
      setLoad(slot, PSEUDO_LOAD.NUMBER, 0, 0);
    } else {
      kernelVariables.set(slot, { name: essentialName(name), weak });
      setLoad(slot, PSEUDO_LOAD.BTF_ID, 0, 0);
    }
  };
  for (const [slot, reference] of references) {
    // A poisoned instruction is no load any more.
    const isLoad = code.opcode[slot] === OPCODE.LD_IMM64;
    if (reference.kind === 'map' && isLoad) referToMap(slot, reference.map, undefined);
    if (reference.kind === 'data' && isLoad) referToMap(slot, reference.map, reference.offset >>> 0);
    if (reference.kind !== 'extern') continue;
    const { extern } = reference;
    switch (extern.kind) {
      case 'function':
        requireCompatible(object, kernelBtf, extern);
        // What asks whether a kfunc exists takes its address (bpf_ksym_exists()).
        if (isLoad) {
          referToKernel(slot, extern, 'func');
          break;
        }
        code.src[slot] = PSEUDO_CALL.KFUNC;
        code.imm[slot] = 0;
        code.off[slot] = 0;
        kfuncCalls.set(slot, { name: essentialName(extern.name), weak: extern.weak });
        break;
      case 'config':
        referToMap(slot, object.configMap ?? 0, extern.offset);
        break;
      case 'variable':
        requireCompatible(object, kernelBtf, extern);
        referToKernel(slot, extern, 'var');
        break;
      case 'address': {
        const exists =
          !extern.weak || (['func', 'var'] as const).some((kind) => isInKernel(kernelBtf, extern.name, kind));
        setLoad(slot, PSEUDO_LOAD.NUMBER, exists ? SOME_ADDRESS.low : 0, exists ? SOME_ADDRESS.high : 0);
        break;
      }
    }
  }
  return { kfuncCalls, mapReferences, kernelVariables };
}

/** Stands for the address of a symbol of the kernel, which BTF does not tell: halves of 0xffffffff81000000. */
const SOME_ADDRESS = { low: 0x81000000 | 0, high: -1 } as const;

function isInKernel(kernel: KernelBtf, name: string, kind: 'func' | 'var'): boolean {
  return findInKernel(kernel, essentialName(name), kind) !== undefined;
}

function findInKernel(
  { vmlinux, modules }: KernelBtf,
  name: string,
  kind: 'func' | 'var',
): { readonly btf: Btf; readonly id: number } | undefined {
  for (const btf of [vmlinux, ...modules.values()]) {
    const id = findIdByName(btf, name, kind);
    if (id !== undefined) return { btf, id };
  }
  return undefined;
}

/**
 * An extern that is declared otherwise than the kernel has it is refused by libbpf, before the kernel sees the program
 * (bpf_object__resolve_ksym_func_btf_id()). What the kernel does not have is for the kernel's own checks to tell.
 */
function requireCompatible({ btf }: BpfObject, kernel: KernelBtf, extern: Extern): void {
  const isFunction = extern.kind === 'function';
  const found = findInKernel(kernel, essentialName(extern.name), isFunction ? 'func' : 'var');
  if (btf === undefined || found === undefined || extern.weak) return;
  const localId = extern.kind === 'variable' ? extern.valueType : targetOf(btf, extern.typeId);
  let kernelId = targetOf(found.btf, found.id);
  if (extern.kind === 'variable') kernelId = skipTypedefs(found.btf, kernelId);
  const result = typesAreCompatible({ btf, id: localId }, { btf: found.btf, id: kernelId }, { levels: LEVELS });
  if (result > 0) return;
  const ours = typeAt(btf, localId).kind;
  const message = `declared in another way than the kernel has it (${ours} against ${kindOf(found.btf, kernelId)})`;
  throw new ObjectError('extern-incompatible', { name: extern.name }, message);
}

const LEVELS = 32;

import type { KernelBtf } from '../../btf/resolver.ts';
import { joinCode, SLOT_BYTES, type Code } from '../code.ts';
import { patchCore } from '../core/patch-core.ts';
import { resolveCore, type CoreCache } from '../core/resolve-core.ts';
import type { AttachTarget, MapSpec, Program } from '../program.ts';
import { configContents } from './config-values.ts';
import { fillReferences } from './fill-references.ts';
import { functionAt, type ObjectFunction } from './functions.ts';
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
  /** By section and slot in it, what CO-RE relocations have no answer to. */
  readonly unresolved: ReadonlyMap<number, ReadonlyMap<number, string>>;
  readonly maps: readonly MapSpec[];
  readonly texts: Map<number, string>;
  slots: number;
}

/** Of all programs together: what an object of ordinary size can be made to take otherwise has no bound. */
const MOST_SLOTS = 1 << 24;

/**
 * The programs of an object as a kernel would get them from libbpf: linked, CO-RE relocations done for that kernel's BTF.
 *
 * @returns in the order of the object
 * @throws ObjectError; BtfError where types can't be followed
 */
export function loadPrograms(object: BpfObject, options: LoadOptions): readonly Program[] {
  const { kernelBtf, kernelVersion, config = new Map<string, string>(), select = () => true } = options;
  const { configMap } = object;
  if (object.isBtfRefused && object.structOps.length > 0) {
    throw new ObjectError('bad-struct-ops', {}, 'kernels refuse the BTF of the object, and operations structs need it');
  }
  const maps = object.maps.map((given, index) => {
    const map = object.isBtfRefused ? { ...given, btf: undefined, keyTypeId: 0, valueTypeId: 0 } : given;
    if (index !== configMap) return map;
    return { ...map, contents: configContents(object.externs, map.valueSize, { version: kernelVersion, config }) };
  });
  const programs = object.programs.filter(select);
  const selected = new Set(programs.map((program) => program.function));
  const { sections, unresolved } = relocateCore(object, kernelBtf, selected);
  const loading: Loading = { object, kernelBtf, sections, unresolved, maps, texts: new Map(), slots: 0 };
  return programs.map((program) => loadProgram(loading, program));
}

function loadProgram(loading: Loading, program: ObjectProgram): Program {
  const { object, maps, sections } = loading;
  const { type, name } = program;
  if (type === undefined) {
    const message = 'the name of the section stands for no type of program';
    throw new ObjectError('unknown-section', { section: program.section, name }, message);
  }
  const linked = linkProgram(object, program.function, sections);
  const { btf, ext } = object;
  const hasInfo = btf !== undefined && ext !== undefined;
  const functions = hasInfo && !object.isBtfRefused ? programFunctions(ext, btf, linked.parts) : [];
  const lines = hasInfo ? programLines(ext, btf, linked.parts, loading.texts) : [];
  loading.slots += linked.code.length + functions.length + lines.length;
  if (loading.slots > MOST_SLOTS) throw new ObjectError('too-big', {}, 'the programs have too many instructions');
  return {
    id: name,
    progType: type.progType,
    expectedAttachType: type.expectedAttachType,
    attach: attachTarget(object, program, type),
    sleepable: type.sleepable,
    license: object.license,
    code: linked.code,
    ...fillReferences(object, loading.kernelBtf, linked),
    unresolved: movedTexts(loading, linked),
    maps,
    btf: functions.length === 0 ? undefined : btf,
    functions,
    lines,
  };
}

/** Copies of the code, with what CO-RE relocations make of the programs that are loaded and of all subprograms. */
function relocateCore(
  object: BpfObject,
  kernel: KernelBtf,
  selected: ReadonlySet<ObjectFunction>,
): Pick<Loading, 'sections' | 'unresolved'> {
  const { btf, ext, codeSections, functions } = object;
  const sections = new Map<number, Code>();
  const unresolved = new Map<number, Map<number, string>>();
  const done = new Set<string>();
  const cache: CoreCache = { candidates: new Map(), answers: new Map() };
  for (const { index, name, code: original } of codeSections) {
    const code = joinCode([original]);
    const texts = new Map<number, string>();
    sections.set(index, code);
    unresolved.set(index, texts);
    const relocations = done.has(name) ? [] : (ext?.relocations.get(name) ?? []);
    done.add(name);
    for (const relocation of btf === undefined ? [] : relocations) {
      const slot = relocation.offset / SLOT_BYTES;
      const place = { section: name, offset: relocation.offset };
      if (!Number.isInteger(slot)) throw new ObjectError('core-malformed', place, 'a CO-RE relocation inside a slot');
      // Linkers leave those of functions that another took the place of.
      const owner = functionAt(functions, index, slot);
      if (btf === undefined || owner === undefined || !(owner.isSubprogram || selected.has(owner))) continue;
      const result = resolveCore(btf, relocation, kernel, cache, place);
      if (!patchCore(code, slot, result, name)) texts.set(slot, result.text);
    }
  }
  return { sections, unresolved };
}

function movedTexts({ unresolved }: Loading, { parts }: LinkedProgram): ReadonlyMap<number, string> {
  const moved = new Map<number, string>();
  for (const { function: part, slot } of parts) {
    const texts = unresolved.get(part.section);
    for (let at = 0; texts !== undefined && texts.size > 0 && at < part.length; at++) {
      const text = texts.get(part.slot + at);
      if (text !== undefined) moved.set(slot + at, text);
    }
  }
  return moved;
}

function attachTarget(object: BpfObject, program: ObjectProgram, type: SectionType): AttachTarget | undefined {
  if (type.progType === 'struct_ops') {
    for (const { struct, members } of object.structOps) {
      const found = members.find(({ implementation }) => implementation === program.function);
      if (found !== undefined) return { kind: 'member', struct, member: found.member };
    }
    return undefined;
  }
  // `MODULE:FUNCTION` says where a function is; its name alone finds it, too.
  const name = type.target.slice(type.target.indexOf(':') + 1);
  return type.hasTarget && name !== '' ? { kind: 'function', name } : undefined;
}

import { readBtfExt, type BtfExt } from '../../btf/btf-ext.ts';
import type { Btf } from '../../btf/btf.ts';
import { LIMITS } from '../../btf/btf-layout.ts';
import { ELF } from '../../elf/elf-constants.ts';
import { openElf, type Elf } from '../../elf/open-elf.ts';
import { readString } from '../../elf/elf-strings.ts';
import { findSection, sectionData, sectionName } from '../../elf/sections.ts';
import type { MapSpec } from '../program.ts';
import { configMap } from './config-map.ts';
import { readDataMaps } from './data-maps.ts';
import { readExterns, type Extern } from './externs.ts';
import { finalizeBtf } from './finalize-btf.ts';
import { readCodeSections, readFunctions, type CodeSection, type ObjectFunction } from './functions.ts';
import { readMapDefinitions } from './map-definitions.ts';
import { ObjectError } from './object-error.ts';
import { openObjectBtf } from './object-btf.ts';
import { hasSection, readSymbols, SYMBOL, type ObjectSymbol } from './object-symbols.ts';
import { readCodeRelocations, type CodeRelocations } from './relocations.ts';
import { sectionType, type SectionType } from './section-types.ts';
import { readStructOps, type StructOps } from './struct-ops.ts';

/** What is in a BPF object, before it is loaded for a kernel. */
export interface BpfObject {
  /** Empty if it says none. */
  readonly license: string;
  /** By section and place. */
  readonly programs: readonly ObjectProgram[];
  /** Programs and subprograms, by section and place. */
  readonly functions: readonly ObjectFunction[];
  /** In the order of creation; a template of a map-in-map comes right before it, `.kconfig` at the end. */
  readonly maps: readonly MapSpec[];
  /** Position of `.kconfig` in `maps`. */
  readonly configMap: number | undefined;
  readonly externs: readonly Extern[];
  readonly structOps: readonly StructOps[];
  /** As the kernel gets it; undefined if the object has none. */
  readonly btf: Btf | undefined;
  /** Whether kernels refuse the BTF, so that programs and maps are loaded without. See ObjectBtf. */
  readonly isBtfRefused: boolean;
  /** Where functions and lines begin, and CO-RE relocations. */
  readonly ext: BtfExt | undefined;
  readonly codeSections: readonly CodeSection[];
  readonly relocations: CodeRelocations;
}

/** A program of its own. */
export interface ObjectProgram {
  readonly name: string;
  /** Its section, without a leading `?`. */
  readonly section: string;
  /** Undefined if the section's name is none that loaders know. */
  readonly type: SectionType | undefined;
  /** Whether loaders load it without being asked; false where the section begins with `?`. */
  readonly autoload: boolean;
  readonly function: ObjectFunction;
}

/** EM_BPF. */
const MACHINE_BPF = 247;
const LICENSE = 'license';
const LEGACY_MAPS = 'maps';
const MAPS = '.maps';

/**
 * Opens a BPF object as clang or gcc write it.
 *
 * @param bytes the whole file; must not change as long as the result is in use
 * @throws ObjectError; ElfError and BtfError, where the file is malformed as such
 */
export function openObject(bytes: Uint8Array): BpfObject {
  const elf = openElf(bytes);
  requireBpf(elf);
  const symbols = readSymbols(elf);
  const codeSections = readCodeSections(elf);
  const functions = readFunctions(codeSections, symbols);
  const opened = openObjectBtf(elf);
  const original = opened?.btf;
  const externs = readExterns(symbols, original);
  const btf =
    original === undefined
      ? undefined
      : finalizeBtf({ btf: original, externs, functions, ...placesOfVariables(elf, symbols) });
  const maps = readMaps(elf, btf, externs);
  const extSection = findSection(elf, '.BTF.ext');
  return {
    license: readLicense(elf),
    programs: toPrograms(functions),
    functions,
    maps: maps.specs,
    configMap: maps.config,
    externs,
    structOps: readStructOps(elf, btf, symbols, functions),
    btf,
    isBtfRefused: opened?.isRefused === true,
    ext:
      original === undefined || extSection === undefined
        ? undefined
        : readBtfExt(sectionData(elf, extSection), original),
    codeSections,
    relocations: readCodeRelocations(codeSections, { elf, symbols, functions, externs, maps: maps.places }),
  };
}

function requireBpf(elf: Elf): void {
  if (elf.machine !== MACHINE_BPF && elf.machine !== 0) {
    throw new ObjectError('not-bpf', {}, `an ELF file for machine ${String(elf.machine)}, not for BPF`);
  }
  if (elf.type !== ELF.TYPE_RELOCATABLE) throw new ObjectError('not-bpf', {}, 'no relocatable object');
  if (elf.layout.word !== 8) throw new ObjectError('not-bpf', {}, 'a 32-bit ELF file; objects of BPF have 64');
  if (!elf.littleEndian) throw new ObjectError('not-bpf', {}, 'a big-endian object; compile with -target bpfel');
  if (findSection(elf, LEGACY_MAPS) !== undefined) {
    const message =
      'definitions of maps as they were before BTF are not supported: write them as BTF-defined maps in .maps';
    throw new ObjectError('legacy-maps', { section: LEGACY_MAPS }, message);
  }
}

function toPrograms(functions: readonly ObjectFunction[]): readonly ObjectProgram[] {
  const types = new Map<string, SectionType | undefined>();
  return functions.flatMap((target) => {
    const { name, sectionName: section, isSubprogram } = target;
    if (isSubprogram) return [];
    if (!types.has(section)) types.set(section, sectionType(section));
    const autoload = !section.startsWith('?');
    const type = types.get(section);
    return [{ name, section: autoload ? section : section.slice(1), type, autoload, function: target }];
  });
}

function readLicense(elf: Elf): string {
  const section = findSection(elf, LICENSE);
  if (section === undefined) return '';
  const bytes = sectionData(elf, section);
  return readString(bytes, 0, Math.min(bytes.length, MOST_LICENSE_BYTES));
}

const MOST_LICENSE_BYTES = 63;

function placesOfVariables(
  elf: Elf,
  symbols: readonly ObjectSymbol[],
): { readonly sectionSizes: ReadonlyMap<string, number>; readonly variableOffsets: ReadonlyMap<string, number> } {
  const variableOffsets = new Map<string, number>();
  for (const symbol of symbols) {
    const isVariable = symbol.type === SYMBOL.TYPE_OBJECT && symbol.binding !== SYMBOL.BINDING_LOCAL;
    if (isVariable && hasSection(symbol) && !variableOffsets.has(symbol.name)) {
      variableOffsets.set(symbol.name, symbol.offset);
    }
  }
  return {
    // Of a name the first; data sections of BTF have no longer names.
    sectionSizes: new Map(
      elf.sections
        .map((section) => [sectionName(elf, section), section.size] as const)
        .filter(([name]) => name.length <= LIMITS.identifierBytes)
        .reverse(),
    ),
    variableOffsets,
  };
}

function readMaps(
  elf: Elf,
  btf: Btf | undefined,
  externs: readonly Extern[],
): {
  readonly specs: readonly MapSpec[];
  readonly config: number | undefined;
  readonly places: { readonly definitions: Map<number, Map<number, number>>; readonly data: Map<number, number> };
} {
  const specs: MapSpec[] = [];
  const add = (spec: MapSpec): number => specs.push(spec) - 1;
  const definitions = new Map<number, Map<number, number>>();
  const section = findSection(elf, MAPS);
  if (section !== undefined) {
    if (btf === undefined) throw new ObjectError('bad-map', { section: MAPS }, 'maps need BTF: compile with -g');
    const byOffset = new Map<number, number>();
    for (const { offset, spec, inner } of readMapDefinitions(btf, section.size)) {
      const innerMap = inner === undefined ? undefined : add({ ...inner, innerMap: undefined });
      byOffset.set(offset, add({ ...spec, innerMap }));
    }
    definitions.set(section.index, byOffset);
  }
  const data = new Map(readDataMaps(elf, btf).map(({ section: index, spec }) => [index, add(spec)]));
  const config = configMap(externs, btf);
  return { specs, config: config === undefined ? undefined : add(config), places: { definitions, data } };
}

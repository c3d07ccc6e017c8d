import type { Btf } from '../../btf/btf.ts';
import { kindOf } from '../../btf/btf.ts';
import type { BtfDataSection } from '../../btf/btf-type.ts';
import { typeAt } from '../../btf/read-type.ts';
import { ELF } from '../../elf/elf-constants.ts';
import type { Elf } from '../../elf/open-elf.ts';
import { sectionData, sectionName } from '../../elf/sections.ts';
import type { MapSpec } from '../program.ts';
import { dataSections } from './data-sections.ts';
import { MAP_FLAG } from './map-types.ts';
import { ObjectError } from './object-error.ts';

/** A section of global variables, which loaders make a map with one value of. */
export interface DataMap {
  /** Index of the ELF section. */
  readonly section: number;
  readonly spec: MapSpec;
}

/** SHF_EXECINSTR. */
const FLAG_EXECUTABLE = 4;
const KEY_BYTES = 4;
const LARGEST_VALUE = 0xffffffff;

/**
 * The maps of `.data`, `.rodata`, `.bss`, and of sections whose names continue these with a dot, in their order
 * (bpf_object__init_global_data_maps(), tools/lib/bpf/libbpf.c).
 *
 * @param btf as finalizeBtf() leaves it
 */
export function readDataMaps(elf: Elf, btf: Btf | undefined): readonly DataMap[] {
  const described = btf === undefined ? new Map<string, BtfDataSection>() : dataSections(btf);
  return elf.sections.flatMap((section) => {
    const name = sectionName(elf, section);
    const isBss = section.type === ELF.SECTION_NOBITS && isNamed(name, '.bss');
    const isReadOnly = isNamed(name, '.rodata');
    const hasBytes = section.type === ELF.SECTION_PROGBITS && (section.flags & FLAG_EXECUTABLE) === 0;
    if (section.size === 0 || !(isBss || (hasBytes && (isReadOnly || isNamed(name, '.data'))))) return [];
    if (section.size > LARGEST_VALUE)
      throw new ObjectError('too-big', { section: name }, 'too many bytes of variables');
    const contents = isBss ? undefined : sectionData(elf, section);
    const spec = dataMap(name, { size: section.size, contents, isReadOnly, btf, section: described.get(name) });
    return [{ section: section.index, spec }];
  });
}

/** The map of a section of global variables. */
export function dataMap(
  name: string,
  {
    size,
    contents,
    isReadOnly,
    btf,
    section,
  }: {
    readonly size: number;
    readonly contents: Uint8Array | undefined;
    readonly isReadOnly: boolean;
    readonly btf: Btf | undefined;
    readonly section: BtfDataSection | undefined;
  },
): MapSpec {
  const isVisible =
    btf !== undefined && section !== undefined && section.variables.some(({ type }) => isShown(btf, type));
  return {
    name,
    type: 'array',
    keySize: KEY_BYTES,
    valueSize: size,
    maxEntries: 1,
    flags: (isReadOnly ? MAP_FLAG.RDONLY_PROG : 0) | (isVisible ? MAP_FLAG.MMAPABLE : 0),
    btf: section === undefined ? undefined : btf,
    keyTypeId: 0,
    valueTypeId: section?.id ?? 0,
    innerMap: undefined,
    frozen: isReadOnly,
    contents,
  };
}

/** A map of static variables alone is not shown to the loader's user (map_is_mmapable(), libbpf 1.0). */
function isShown(btf: Btf, id: number): boolean {
  if (kindOf(btf, id) !== 'var') return false;
  const type = typeAt(btf, id);
  return type.kind === 'var' && type.linkage !== 'static';
}

function isNamed(name: string, stem: string): boolean {
  return name === stem || name.startsWith(`${stem}.`);
}

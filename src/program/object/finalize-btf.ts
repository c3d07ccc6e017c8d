import { kindOf, wordIndex, type Btf } from '../../btf/btf.ts';
import { INFO, RECORD_WORDS } from '../../btf/btf-layout.ts';
import { KIND } from '../../btf/kinds.ts';
import type { BtfDataSection } from '../../btf/btf-type.ts';
import { typeAt } from '../../btf/read-type.ts';
import { encodeString } from '../../elf/elf-strings.ts';
import type { Extern } from './externs.ts';
import type { ObjectFunction } from './functions.ts';
import { ObjectError } from './object-error.ts';

/** What a loader knows about an object and its compiler did not, or what kernels want otherwise. */
export interface FinalizeInput {
  readonly btf: Btf;
  /** Bytes of sections by name. */
  readonly sectionSizes: ReadonlyMap<string, number>;
  /** Offsets in their sections of global variables. */
  readonly variableOffsets: ReadonlyMap<string, number>;
  readonly externs: readonly Extern[];
  readonly functions: readonly ObjectFunction[];
}

/** The record that is being changed, in words. */
interface Draft {
  readonly btf: Btf;
  readonly words: Uint32Array;
  /** Stands for a kfunc where kernels take variables only; undefined without kfuncs. */
  readonly dummy: { readonly id: number; readonly name: number } | undefined;
}

const DUMMY = 'dummy_ksym';
const VAR_WORDS = RECORD_WORDS + 1;
const LINKAGE = { static: 0, global: 1 } as const;
/** Kernels see an extern of `.ksyms` as a variable of that size. */
const KSYM_BYTES = 4;

/**
 * The BTF of an object as libbpf hands it to the kernel (tools/lib/bpf/libbpf.c, btf_fixup_datasec() and
 * bpf_object__collect_externs()): sections get their size, variables their place, externs become variables and
 * functions that exist, hidden functions static ones.
 *
 * @throws ObjectError `bad-info`; BtfError
 */
export function finalizeBtf({ btf, sectionSizes, variableOffsets, externs, functions }: FinalizeInput): Btf {
  const draft = createDraft(btf, externs);
  const configs = new Map(externs.flatMap((one) => (one.kind === 'config' ? [[one.typeId, one] as const] : [])));
  const hidden = new Set(functions.filter(({ isHidden }) => isHidden).map(({ name }) => name));
  const int = findInt(btf);
  for (let id = 1; id < btf.typeCount; id++) {
    const kind = kindOf(btf, id);
    if (kind === 'func' && hidden.size > 0) hideFunction(draft, id, hidden);
    if (kind !== 'datasec') continue;
    const section = typeAt(btf, id);
    if (section.kind !== 'datasec') continue;
    if (section.name === '.ksyms') finalizeKsyms(draft, section, int);
    else if (section.name === '.kconfig') finalizeKconfig(draft, section, configs);
    else if (section.size === 0) finalizeData(draft, section, sectionSizes, variableOffsets);
    sortVariables(draft, section);
  }
  return toBtf(draft);
}

function createDraft(btf: Btf, externs: readonly Extern[]): Draft {
  if (!externs.some(({ kind }) => kind === 'function')) return { btf, words: btf.words.slice(), dummy: undefined };
  const name = btf.strings.length;
  const words = new Uint32Array(btf.words.length + VAR_WORDS);
  words.set(btf.words);
  words.set([name, KIND.VAR << INFO.kindShift, findInt(btf), LINKAGE.global], btf.words.length);
  return { btf, words, dummy: { id: btf.typeCount, name } };
}

function toBtf({ btf, words, dummy }: Draft): Btf {
  if (dummy === undefined) return { ...btf, words };
  const offsets = new Uint32Array(btf.offsets.length + 1);
  offsets.set(btf.offsets);
  offsets[btf.offsets.length] = btf.words.length;
  const name = encodeString(DUMMY);
  const strings = new Uint8Array(btf.strings.length + name.length + 1);
  strings.set(btf.strings);
  strings.set(name, btf.strings.length);
  return { ...btf, words, offsets, strings, typeCount: btf.typeCount + 1 };
}

/** The first integer of 32 bits; 0 if there is none. */
function findInt(btf: Btf): number {
  for (let id = 1; id < btf.typeCount; id++) {
    if (kindOf(btf, id) !== 'int') continue;
    const type = typeAt(btf, id);
    if (type.kind === 'int' && type.bits === 32) return id;
  }
  return 0;
}

function hideFunction({ btf, words }: Draft, id: number, hidden: ReadonlySet<string>): void {
  const type = typeAt(btf, id);
  if (type.kind === 'func' && hidden.has(type.name)) setVlen(words, wordIndex(btf, id), LINKAGE.static);
}

function finalizeKsyms(draft: Draft, section: BtfDataSection, int: number): void {
  const { btf, words, dummy } = draft;
  const prototypes = new Set<number>();
  section.variables.forEach((variable, index) => {
    const at = variableIndex(btf, section, index);
    const record = wordIndex(btf, variable.type);
    if (kindOf(btf, variable.type) === 'func') {
      setVlen(words, record, LINKAGE.global);
      prototypes.add(words[record + 2] ?? 0);
      words[at] = dummy?.id ?? variable.type;
    } else if (kindOf(btf, variable.type) === 'var') {
      words[record + 2] = int;
      words[record + RECORD_WORDS] = LINKAGE.global;
    }
    words[at + 1] = index * KSYM_BYTES;
    words[at + 2] = KSYM_BYTES;
  });
  for (const id of prototypes) nameParameters(draft, id);
  words[wordIndex(btf, section.id) + 2] = section.variables.length * KSYM_BYTES;
}

/** Parameters of a global function need names. */
function nameParameters({ btf, words, dummy }: Draft, id: number): void {
  if (kindOf(btf, id) !== 'func_proto') return;
  const record = wordIndex(btf, id);
  const count = (words[record + 1] ?? 0) & INFO.vlenMask;
  for (let index = 0; index < count; index++) {
    const at = record + RECORD_WORDS + 2 * index;
    if (words[at] === 0 && words[at + 1] !== 0) words[at] = dummy?.name ?? 0;
  }
}

function finalizeKconfig(
  { btf, words }: Draft,
  section: BtfDataSection,
  configs: ReadonlyMap<number, { readonly offset: number; readonly size: number }>,
): void {
  let size = 0;
  section.variables.forEach((variable, index) => {
    const config = configs.get(variable.type);
    // Declared and not used: without a symbol there is no extern.
    if (config === undefined) throw bad(section.name, 'declares a value that no symbol names');
    size = Math.max(size, config.offset + config.size);
    words[variableIndex(btf, section, index) + 1] = config.offset;
    words[wordIndex(btf, variable.type) + RECORD_WORDS] = LINKAGE.global;
  });
  words[wordIndex(btf, section.id) + 2] = size;
}

function finalizeData(
  { btf, words }: Draft,
  section: BtfDataSection,
  sectionSizes: ReadonlyMap<string, number>,
  variableOffsets: ReadonlyMap<string, number>,
): void {
  const size = sectionSizes.get(section.name) ?? 0;
  if (size === 0) throw bad(section.name, 'the BTF has a section that the object has not, or that is empty');
  words[wordIndex(btf, section.id) + 2] = size;
  section.variables.forEach((variable, index) => {
    const type = typeAt(btf, variable.type);
    if (type.kind !== 'var') throw bad(section.name, `the BTF has a ${type.kind} among its variables`);
    if (type.linkage === 'static') return;
    const offset = variableOffsets.get(type.name);
    if (offset === undefined) throw bad(section.name, `no symbol says where ${type.name} is`);
    words[variableIndex(btf, section, index) + 1] = offset;
  });
}

function sortVariables({ btf, words }: Draft, section: BtfDataSection): void {
  const start = variableIndex(btf, section, 0);
  const rows = section.variables.map((_, index) =>
    Array.from(words.subarray(start + 3 * index, start + 3 * index + 3)),
  );
  rows.sort((a, b) => (a[1] ?? 0) - (b[1] ?? 0));
  words.set(rows.flat(), start);
}

function variableIndex(btf: Btf, section: BtfDataSection, index: number): number {
  return wordIndex(btf, section.id) + RECORD_WORDS + 3 * index;
}

function setVlen(words: Uint32Array, record: number, vlen: number): void {
  words[record + 1] = (((words[record + 1] ?? 0) & ~INFO.vlenMask) | vlen) >>> 0;
}

function bad(section: string, message: string): ObjectError {
  return new ObjectError('bad-info', { section }, message);
}

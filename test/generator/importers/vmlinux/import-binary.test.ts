import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../../../generated/types/declaration.ts';
import type { Kernel } from '../../../../generated/types/kernel.ts';
import { loadProfiles, loadRegistry } from '../../../../generator/declarations/load.ts';
import { validateRegistry } from '../../../../generator/rules/validate.ts';
import { resolveBtfIds } from '../../../../generator/btf-ids/resolve-btf-ids.ts';
import type { BinaryImport } from '../../../../generator/importers/vmlinux/binary-model.ts';
import { importBinary } from '../../../../generator/importers/vmlinux/import-binary.ts';
import { printDeclaration } from '../../../../generator/importers/merge/print-declaration.ts';
import { isBtfError } from '../../../../src/btf/btf-error.ts';
import { writeBtf, type NewType } from '../../../../src/btf/write-btf.ts';
import { writeElf } from '../../../../src/elf/write-elf.ts';
import { kernel as kernelProfile } from '../../../tables/profiles.ts';
import { missingTools, temporaryFolder } from '../../../c/toolchain.ts';
import { compileKfuncs, link } from './compile-kfuncs.ts';

const TOOLS = ['gcc', 'pahole', 'ld'];

/** What the registry says of the set: the program types, and the source file, which a binary has not. */
const known: Declaration = {
  source: 'drivers/acme/acme.c',
  owner: 'acme',
  sets: [{ name: 'acme_kfunc_set', hooks: ['xdp', 'tc'], kfuncs: ['acme_release'] }],
};

const flaggedSet = {
  name: 'acme_kfunc_set',
  hooks: ['xdp', 'tc'],
  kfuncs: [
    { name: 'acme_release', flags: ['release'] },
    'acme_number',
    { name: 'acme_acquire', flags: ['acquire', 'ret_null'] },
  ],
};

const prototypes = [
  'void acme_release(struct acme *acme)',
  'int acme_number(struct acme *acme)',
  'struct acme *acme_acquire(unsigned long number, const char *name)',
];

function importInto(bytes: Uint8Array, kernel: Kernel, declarations: readonly Declaration[] = [known]): BinaryImport {
  return importBinary(bytes, { base: undefined, version: kernel.version, kernels: [kernel], declarations });
}

describe('a module with symbols', () => {
  const v61 = kernelProfile('v6.1');

  it.for([
    { how: 'as compiled', prepare: (bytes: Uint8Array) => bytes },
    { how: 'with ids filled in, and so sorted', prepare: (bytes: Uint8Array) => resolveBtfIds(bytes, undefined).bytes },
    { how: 'linked', prepare: (bytes: Uint8Array, folder: string) => link(folder, bytes) },
  ])('has its sets in the order of the source, $how', ({ prepare }, { skip }) => {
    const missing = missingTools(...TOOLS);
    skip(missing !== undefined, missing);
    const folder = temporaryFolder();
    const { declarations, unknown, problems } = importInto(prepare(compileKfuncs(folder, v61), folder), v61);
    expect(declarations).toEqual([{ source: known.source, owner: 'acme', sets: [flaggedSet], prototypes }]);
    expect({ unknown, problems }).toEqual({ unknown: [], problems: [] });
  });

  it('has flags by the sets that the struct points to, where each flag is a set', ({ skip }) => {
    const missing = missingTools(...TOOLS);
    skip(missing !== undefined, missing);
    const kernel = kernelProfile('v5.19');
    const { declarations, problems } = importInto(compileKfuncs(temporaryFolder(), kernel), kernel);
    expect(declarations.map(({ sets }) => sets)).toEqual([
      [
        {
          name: 'acme_kfunc_set',
          hooks: ['xdp', 'tc'],
          kfuncs: [
            { name: 'acme_release', flags: ['release'] },
            { name: 'acme_acquire', flags: ['acquire', 'ret_null'] },
            { name: 'acme_number', flags: ['acquire', 'ret_null'], check: false },
          ],
        },
      ],
    ]);
    expect(problems).toEqual([]);
  });

  it('that the registry does not know is told apart, with all that is known', ({ skip }) => {
    const missing = missingTools(...TOOLS);
    skip(missing !== undefined, missing);
    const { declarations, unknown, problems } = importInto(compileKfuncs(temporaryFolder(), v61), v61, []);
    expect(declarations).toEqual([]);
    expect(unknown).toMatchObject([{ name: 'acme_kfunc_set', idSets: ['acme_ids'], kfuncs: [{}, {}, {}] }]);
    expect(problems).toEqual([
      'what acme_kfunc_set is registered for is not known: program types stand in code, and the registry has no one ' +
        'set for v6.1 with these kfuncs: acme_release, acme_number, acme_acquire',
    ]);
  });

  it.for([
    { how: 'a relocation', prepare: (bytes: Uint8Array) => bytes },
    { how: 'an address', prepare: (bytes: Uint8Array, folder: string) => link(folder, bytes) },
  ])('has the filter that the struct points to by $how', ({ prepare }, { skip }) => {
    const missing = missingTools(...TOOLS);
    skip(missing !== undefined, missing);
    const kernel: Kernel = { ...v61, layout: 'kfuncs' };
    const folder = temporaryFolder();
    const bytes = prepare(compileKfuncs(folder, kernel), folder);
    const [set] = importInto(bytes, kernel, []).unknown;
    expect(set).toMatchObject({ name: 'acme_kfunc_set', filter: 'acme_filter', kfuncs: [{ name: 'acme_number' }] });
  });

  it('gives a declaration that is valid', ({ skip }) => {
    const missing = missingTools(...TOOLS);
    skip(missing !== undefined, missing);
    const folder = temporaryFolder();
    const { declarations } = importInto(compileKfuncs(folder, v61), v61);
    for (const declaration of declarations) {
      const path = join(folder, 'registry/kfuncs', declaration.source.replace(/c$/, 'yaml'));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, printDeclaration(declaration));
    }
    const loaded = loadRegistry([join(folder, 'registry')], loadProfiles(), ['v6.1']);
    expect(loaded.registry.model.kernels.flatMap(({ sources }) => sources)).toHaveLength(1);
    expect(validateRegistry(loaded)).toEqual([]);
  });
});

describe('a binary without symbols', () => {
  const kernel: Kernel = { ...kernelProfile('v6.1'), layout: 'kfuncs' };
  const func = (name: string): NewType => ({ kind: 'func', name, type: 1, linkage: 'static' });
  const tag = (type: number, text = 'bpf_kfunc'): NewType => ({
    ...{ kind: 'decl_tag', text, type, component: undefined, isAttribute: false },
  });
  const prototype: NewType = { kind: 'func_proto', returns: 0, parameters: [], isVariadic: false };
  /** Ids 2, 3 and 4. */
  const functions = [prototype, func('acme_acquire'), func('acme_release'), func('no_kfunc')];
  const binary = (words: readonly number[], types: readonly NewType[]): Uint8Array =>
    writeElf({
      ...{ bits: 64, littleEndian: true, type: 2, machine: 62 },
      sections: [
        { name: '.BTF_ids', data: new Uint8Array(Uint32Array.from(words).buffer) },
        { name: '.BTF', data: writeBtf(types) },
      ],
    });
  const setsOf = ({ declarations }: BinaryImport): unknown => declarations.flatMap(({ sets }) => sets);

  it.each([
    { how: 'with tags', types: [...functions, tag(2), tag(3)] },
    { how: 'without tags, as old versions of pahole leave them', types: functions },
  ])('has the sets that are marked as sets of kfuncs, $how', ({ types }) => {
    const imported = importInto(binary([4, 3, 2, 1, 2, 5, 3, 2, 2, 4], types), kernel);
    expect(setsOf(imported)).toEqual([
      {
        name: 'acme_kfunc_set',
        hooks: ['xdp', 'tc'],
        kfuncs: [
          { name: 'acme_acquire', flags: ['acquire', 'ret_null'] },
          { name: 'acme_release', flags: ['release'] },
        ],
      },
    ]);
    expect(imported.problems).toEqual([]);
  });

  it.each([
    { what: 'are not marked', words: [2, 0, 2, 5, 3, 2] },
    { what: 'are not ascending', words: [2, 1, 3, 2, 2, 5] },
    { what: 'hold what is no function', words: [2, 1, 1, 5, 3, 2] },
    { what: 'hold a function that is not tagged', words: [2, 1, 3, 5, 4, 2] },
    { what: 'end outside of the section', words: [3, 1, 2, 5, 3, 2] },
  ])('has no sets of words that $what', ({ words }) => {
    const imported = importInto(binary(words, [...functions, tag(2), tag(3), tag(4, 'other')]), kernel);
    expect(setsOf(imported)).toEqual([]);
    expect(imported.problems).toEqual([
      'these kfuncs are tagged in the BTF, and no set in .BTF_ids tells their flags: acme_acquire, acme_release',
    ]);
  });

  it('says so where nothing tells the kfuncs', () => {
    const { problems } = importInto(binary([2, 0, 2, 5, 3, 2], functions), kernelProfile('v6.1'));
    expect(problems).toEqual([
      'there are no symbols, no marked sets and no tags of kfuncs in the BTF: nothing tells the kfuncs',
    ]);
  });

  it('names flag bits that the kernel has not', () => {
    const { problems } = importInto(binary([1, 1, 3, 0x8002], functions), kernel);
    expect(problems).toEqual(['acme_release has flag bits that this kernel has no names for: 0x8000']);
  });
});

describe('a module whose BTF continues that of a kernel', () => {
  it('can not be read without it', () => {
    const base = writeBtf([{ kind: 'struct', name: 'x', size: 0, members: [] }]);
    // Strings of split BTF do not begin with an empty one.
    const split = base.slice();
    split[split.length - 3] = 0x79;
    const bytes = writeElf({
      ...{ bits: 64, littleEndian: true, type: 1, machine: 62 },
      sections: [{ name: '.BTF', data: split }],
    });
    expect(() => importInto(bytes, kernelProfile('v6.1'))).toThrow(
      expect.toSatisfy((error) => isBtfError(error) && error.code === 'bad-base'),
    );
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveBtfIds } from '../../../generator/btf-ids/resolve-btf-ids.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { writeBtf } from '../../../src/btf/write-btf.ts';
import { missingTools, temporaryFolder } from '../../c/toolchain.ts';
import { typesOf, writeObject, type BtfIdsObject } from './btf-ids-object.ts';
import { compileBase, compileModule } from './compile-module.ts';
import { buildKernelTool, runKernelTool, type KernelTool } from './kernel-tool.ts';

let tool: KernelTool = { missing: 'was not built' };
beforeAll(() => {
  tool = buildKernelTool();
}, 300_000);

const KINDS = ['func', 'struct', 'union', 'typedef'] as const;
/** Few, so that some occur in several places, some in several types, and some in none. */
const NAMES = ['a', 'b', 'c_d', 'e__f', 'g'] as const;

const typeName = fc.tuple(fc.constantFrom(...KINDS), fc.constantFrom(...NAMES));
/** A set with its kind, or a list of ids without. */
const group = fc.record({
  kind: fc.constantFrom('set', 'set8', undefined),
  entries: fc.array(fc.tuple(typeName, fc.nat(0xffff_ffff)), { maxLength: 6 }),
});
const anyObject = fc.record({
  groups: fc.array(group, { maxLength: 4 }),
  types: fc.array(typeName, { maxLength: 12 }),
  baseTypes: fc.option(fc.array(typeName, { maxLength: 6 }), { nil: undefined }),
  bits: fc.constantFrom(32, 64),
  littleEndian: fc.boolean(),
  isLinked: fc.boolean(),
});
type AnyObject = typeof anyObject extends fc.Arbitrary<infer T> ? T : never;

describe('the kernel tool and we make the same', () => {
  it('of a module that gcc and pahole made', ({ skip }) => {
    skip('missing' in tool, 'missing' in tool ? tool.missing : undefined);
    const missing = missingTools('gcc', 'pahole', 'objcopy');
    skip(missing !== undefined, missing);
    const folder = temporaryFolder();
    const basePath = compileBase(folder);
    const base = openBtf(readFileSync(basePath));
    const object = compileModule(folder, basePath);
    expect(resolveBtfIds(object, base).warnings).toEqual([
      expect.stringMatching(/^WARN: multiple IDs found for 'in_both': \d+, \d+ - using \d+$/),
      'WARN: resolve_btfids: unresolved symbol gone_for_good',
      'WARN: resolve_btfids: unresolved symbol also_gone',
    ]);
    expectSame(pathOf(tool), folder, { bytes: object, base, basePath });
  });

  it('of objects of both classes and byte orders, with and without a base', ({ skip }) => {
    skip('missing' in tool, 'missing' in tool ? tool.missing : undefined);
    const folder = temporaryFolder();
    fc.assert(
      fc.property(anyObject, (object) => {
        expectSame(pathOf(tool), folder, write(object, folder));
      }),
      { numRuns: 300, seed: 0x5e78 },
    );
  });

  it('of a compressed section that is aligned as old linkers did', ({ skip }) => {
    skip('missing' in tool, 'missing' in tool ? tool.missing : undefined);
    // An Elf64_Chdr of the type ELFCOMPRESS_ZLIB, alignment 1.
    const data = new Uint8Array(64);
    data[0] = 1;
    data[16] = 1;
    const others = [{ name: '.debug_info', data, flags: 0x800, alignment: 1 }];
    const bytes = writeObject({
      ...{ words: [0, 0], symbols: [['__BTF_ID__set8__s', 0, 8]], types: typesOf('func f'), others },
    });
    const folder = temporaryFolder();
    expectSame(pathOf(tool), folder, { bytes, base: undefined, basePath: undefined });
    expect(Buffer.from(resolveBtfIds(bytes, undefined).bytes).equals(bytes)).toBe(false);
  });
});

interface Input {
  readonly bytes: Uint8Array;
  readonly base: Btf | undefined;
  readonly basePath: string | undefined;
}

/** Has both resolve a file, and expects the same bytes and the same words. */
function expectSame(path: string, folder: string, { bytes, base, basePath }: Input): void {
  const file = join(folder, 'resolved');
  writeFileSync(file, bytes);
  const run = runKernelTool(path, file, basePath);
  const ours = resolveBtfIds(bytes, base);
  expect(run).toEqual({ status: 0, lines: ours.warnings });
  expect(Buffer.from(ours.bytes).equals(readFileSync(file))).toBe(true);
}

function write({ groups, types, baseTypes, isLinked, ...order }: AnyObject, folder: string): Input {
  const named = (each: AnyObject['types']): ReturnType<typeof typesOf> =>
    typesOf(...each.map(([kind, name]) => `${kind} ${name}` as const));
  const basePath = baseTypes === undefined ? undefined : join(folder, 'base.btf');
  const baseBytes = baseTypes === undefined ? undefined : writeBtf(named(baseTypes), order);
  if (basePath !== undefined && baseBytes !== undefined) {
    writeFileSync(basePath, baseBytes);
  }
  const base = baseBytes === undefined ? undefined : openBtf(baseBytes);
  // The prototype that functions refer to is that of the base, where there is one.
  const own = base === undefined ? named(types) : named(types).slice(1);
  const address = isLinked ? 0x8123_4000n : undefined;
  const bytes = writeObject({
    ...{ ...sectionOf(groups), types: own, ...order },
    ...(base === undefined ? {} : { base }),
    ...(address === undefined ? {} : { address }),
  });
  return { bytes, base, basePath };
}

function sectionOf(groups: AnyObject['groups']): Pick<BtfIdsObject, 'words' | 'symbols'> {
  const words: number[] = [];
  const symbols: [string, number, number][] = [];
  for (const [number, { kind, entries }] of groups.entries()) {
    if (kind !== undefined) {
      const entryBytes = kind === 'set' ? 4 : 8;
      symbols.push([`__BTF_ID__${kind}__s${String(number)}`, words.length, entryBytes * (entries.length + 1)]);
      words.push(0, ...(kind === 'set' ? [] : [1]));
    }
    for (const [[type, name], flags] of entries) {
      symbols.push([`__BTF_ID__${type}__${name}__${String(words.length)}`, words.length, 4]);
      words.push(0, ...(kind === 'set8' ? [flags] : []));
    }
  }
  return { words: [...words, 0], symbols };
}

function pathOf(built: KernelTool): string {
  if ('missing' in built) throw new Error(built.missing);
  return built.path;
}

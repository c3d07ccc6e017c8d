import { beforeAll, describe, expect, it } from 'vitest';
import { tablesTarget } from '../../../generator/targets/tables.ts';
import { conntrackModel } from '../conntrack-model.ts';
import { makeKernel, makeKernelModel, makeKfunc, makeSet, makeSource } from '../model-factory.ts';
import { contentOf, makeInput } from '../target-input.ts';
import { typeCheck } from './type-check.ts';

const IMPORT = `import { kfuncs, table, type DtorType, type FlagName, type HookName, type KfuncName } from './v6.1.ts';
import type { KernelTable } from '../../src/tables/kernel-table.ts';
declare function isCallable<K extends string, H extends string>(t: KernelTable<K, H>, k: NoInfer<K>, h: NoInfer<H>): boolean;
`;

const GOOD = {
  'a name': `export const name: KfuncName = 'bpf_ct_release';`,
  'a name as a property': `export const name: KfuncName = kfuncs.bpf_ct_release;`,
  'a hook, a flag and a type': `export const all: [HookName, FlagName, DtorType] = ['tc', 'ret_null', 'nf_conn'];`,
  'names given to a function': `isCallable(table, 'bpf_ct_release', 'xdp');`,
  'the bit of a flag': `export const bit: number = table.profile.flags.release;`,
};

const BAD: Readonly<Record<string, readonly [code: string, error: string]>> = {
  'a misspelt kfunc': [
    `export const name: KfuncName = 'bpf_ct_relase';`,
    `Type '"bpf_ct_relase"' is not assignable to type 'KfuncName'. Did you mean '"bpf_ct_release"'?`,
  ],
  'a misspelt property': [`export const name = kfuncs.bpf_ct_relase;`, `Did you mean 'bpf_ct_release'?`],
  'a misspelt hook': [`export const hook: HookName = 'xpd';`, `Type '"xpd"' is not assignable to type 'HookName'`],
  'a misspelt flag': [`export const flag: FlagName = 'aquire';`, `Did you mean '"acquire"'?`],
  'a misspelt type': [`export const type: DtorType = 'nf_con';`, `Type '"nf_con"' is not assignable`],
  'a misspelt kfunc given to a function': [
    `isCallable(table, 'bpf_ct_relase', 'xdp');`,
    `Argument of type '"bpf_ct_relase"' is not assignable to parameter of type 'KfuncName'`,
  ],
  'a misspelt hook given to a function': [`isCallable(table, 'bpf_ct_release', 'xpd');`, `Argument of type '"xpd"'`],
  'a kfunc of another kernel': [
    `export const name: KfuncName = 'bpf_ct_hidden';`,
    `is not assignable to type 'KfuncName'`,
  ],
  'a change of the table': [`table.sets.pop();`, `Property 'pop' does not exist`],
  'a change of a name': [`kfuncs.bpf_ct_release = 'bpf_ct_release';`, `it is a read-only property`],
};

const HOSTILE = makeKernelModel(makeKernel('v6.2'), [
  makeSource(`it's */ a\\path\n.c`, [
    makeSet('empty', [], []),
    makeSet(
      'odd',
      [['xdp', 'xdp']],
      ['__proto__', 'constructor', 'void *class(int *a)'].map((name) => makeKfunc(name)),
    ),
  ]),
]);

let errors: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  const kernels = [...conntrackModel.kernels, makeKernelModel(makeKernel('v6.0'), []), HOSTILE];
  const files = await tablesTarget.emit(makeInput({ kernels }));
  const modules = files.map(({ path }): [string, string] => [path.replace('tables/', ''), contentOf(files, path)]);
  const good = Object.entries(GOOD).map(([name, code]): [string, string] => [`${name}.ts`, IMPORT + code]);
  const bad = Object.entries(BAD).map(([name, [code]]): [string, string] => [`${name}.ts`, IMPORT + code]);
  errors = typeCheck(new Map([...modules, ...good, ...bad]));
}, 60_000);

describe('a table module', () => {
  it.each([
    ['v5.19.ts', 'a set for each flag'],
    ['v6.1.ts', 'flags'],
    ['v6.0.ts', 'nothing registered'],
    ['v6.2.ts', 'names and paths that mean something to TypeScript'],
  ])('%s compiles with %s', (file) => {
    expect(errors.get(file)).toEqual([]);
  });

  it.each(Object.keys(GOOD))('compiles with %s', (name) => {
    expect(errors.get(`${name}.ts`)).toEqual([]);
  });

  it.each(Object.entries(BAD))('does not compile with %s', (name, [, error]) => {
    expect(errors.get(`${name}.ts`)).toEqual([expect.stringContaining(error)]);
  });
});

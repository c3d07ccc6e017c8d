import { expect } from 'vitest';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { SourceModel } from '../../generator/declarations/model.ts';
import { registerName } from '../../generator/targets/include-names.ts';
import { pairsOf, readBtfIds, setsOf, type BtfIds } from './btf-ids.ts';
import { expectedDtors, expectedSets, type ExpectedSet } from './expected.ts';
import { compileWithStandIn, recorderOf, type RecordedCall, type StandInBuild } from './stand-in.ts';
import type { Compiler } from './toolchain.ts';

/** A generated header, and what it was made of. */
export interface HeaderCase {
  readonly kernel: Kernel;
  readonly source: SourceModel;
  readonly header: string;
}

const KERNEL_WITH_BTF = ['CONFIG_BPF_SYSCALL', 'CONFIG_DEBUG_INFO_BTF'];

/** The options on which the macros and functions of a header depend; BTF needs the system call. */
const STATES: readonly (readonly string[])[] = [
  [],
  ['CONFIG_BPF_SYSCALL'],
  ['CONFIG_BPF_SYSCALL', 'CONFIG_DEBUG_INFO_BTF_MODULES', 'MODULE'],
  [...KERNEL_WITH_BTF, 'MODULE'],
  [...KERNEL_WITH_BTF, 'CONFIG_DEBUG_INFO_BTF_MODULES'],
];

/**
 * Compiles a header with the stand-in, with BTF and BTF of modules and without, its register function called and not;
 * no warning may come of it.
 *
 * @param options Further config options that are set.
 */
export function proveClean(of: HeaderCase, compiler: Compiler, options: readonly string[], folder: string): void {
  for (const state of STATES) {
    for (const call of [undefined, registerName(of.source.source)]) {
      const result = compileWithStandIn({ ...of, call, compiler, folder, options: [...state, ...options] });
      expect(result, [compiler, ...state, ...options].join(' ')).not.toHaveProperty('errors');
    }
  }
}

/** Compiles a header with the stand-in and compares what .BTF_ids holds, and what gets registered, with the model. */
export function proveContents(of: HeaderCase, compiler: Compiler, options: readonly string[], folder: string): void {
  const set = [...KERNEL_WITH_BTF, ...options];
  const build = { ...of, call: registerName(of.source.source), compiler, folder, options: set };
  const result = compileWithStandIn(build);
  expect(result).toHaveProperty('object');
  if ('object' in result) {
    expectBtfIds(readBtfIds(result.object, folder), of, new Set(set));
  }
  proveRegistration(build, of);
}

/** Compares the section .BTF_ids of an object with the model. */
export function expectBtfIds(
  ids: BtfIds | undefined,
  { kernel, source }: HeaderCase,
  options: ReadonlySet<string>,
): void {
  const sets = expectedSets(kernel, source, options);
  const dtors = expectedDtors(kernel, source, options);
  if (ids === undefined) {
    expect([sets, dtors]).toEqual([[], []]);
    return;
  }
  const found = setsOf(ids);
  const isFiveSets = kernel.layout === 'id_set';
  expect(found.map(({ kind, entries, head, size }) => ({ kind, entries, head, size }))).toEqual(
    sets.flatMap(({ members }) =>
      Object.values(members).map((entries) => ({
        kind: isFiveSets ? 'set' : 'set8',
        entries: entries.map(([name, flags]) => ({ id: `func ${name}`, flags })),
        head: isFiveSets ? [0] : [0, kernel.layout === 'kfuncs' ? 1 : 0],
        size: isFiveSets ? 4 + 4 * entries.length : 8 + 8 * entries.length,
      })),
    ),
  );
  const owners = sets.flatMap(({ name, members }) => Object.keys(members).map(() => name));
  found.forEach(({ name }, index) => {
    expect(name).toMatch(new RegExp(`^${owners[index] ?? ''}_`));
  });
  expect(new Set(found.map(({ name }) => name)).size).toBe(found.length);
  expect(pairsOf(ids, (name) => name.startsWith(`${registerName(source.source)}_dtors_ids`))).toEqual(dtors);
}

/** Runs the register function: it hands over everything in order, and stops at the first call that fails. */
function proveRegistration(build: StandInBuild, { kernel, source }: HeaderCase): void {
  const numbers = new Map<string, number>();
  const idOf = (id: string): number => {
    const number = numbers.get(id) ?? numbers.size + 1000;
    numbers.set(id, number);
    return number;
  };
  const options = new Set(build.options);
  const owner = options.has('MODULE') ? 'module' : 'vmlinux';
  const dtors = expectedDtors(kernel, source, options);
  const record = recorderOf(build, idOf);
  const recorded = record(0);
  const calls: readonly RecordedCall[] = [
    ...expectedSets(kernel, source, options).flatMap((set) => expectedCalls(kernel, set, owner, idOf)),
    ...(dtors.length === 0 ? [] : [{ owner, dtors: dtors.map((pair) => pair.map(idOf)) }]),
  ];
  expect(recorded).toEqual([...calls, { returned: 0 }]);
  if (calls.length > 0) {
    expect(record(1)).toEqual([calls[0], { returned: -22 }]);
    expect(record(calls.length)).toEqual([...calls, { returned: -22 }]);
  }
}

function expectedCalls(
  kernel: Kernel,
  { progTypes, members }: ExpectedSet,
  owner: string,
  idOf: (id: string) => number,
): readonly RecordedCall[] {
  const pointers: Record<string, number[][]> = {};
  for (const [member, entries] of Object.entries(members)) {
    pointers[member] = entries.map(([name, flags]) => [idOf(`func ${name}`), ...(flags === undefined ? [] : [flags])]);
  }
  const mark = kernel.layout === 'id_set' ? {} : { marked: kernel.layout === 'kfuncs' };
  return progTypes.map((progType) => ({ progType, owner, ...mark, ...pointers }));
}

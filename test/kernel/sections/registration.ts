import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceModel } from '../../../generator/declarations/model.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { prototypeOf } from '../../../src/btf/prototype.ts';
import { typeAt } from '../../../src/btf/read-type.ts';
import { createBtfResolver } from '../../../src/btf/resolver.ts';
import { createKernelState } from '../../../src/tables/kernel-state.ts';
import { moduleComing } from '../../../src/tables/module-lifetime.ts';
import { registerBtfIdDtorKfuncs } from '../../../src/tables/register-dtors.ts';
import { registerBtfKfuncIdSet } from '../../../src/tables/register-kfuncs.ts';
import { resolveDtors, resolveSet } from '../../../src/tables/resolve-set.ts';
import type { KernelTable } from '../../../src/tables/kernel-table.ts';
import { makeDtor, makeKfunc, makeSet, makeSource } from '../../generator/model-factory.ts';
import type { Job, Step } from '../machine/jobs.ts';
import type { RealKernel } from '../machine/kernels.ts';
import { runMachine } from '../machine/run-machine.ts';
import { whatIsMissing } from '../machine/tools.ts';
import { buildModules, type BuiltModule, type ModuleSource } from '../modules/build-modules.ts';
import { emitHeader } from '../modules/emit-header.ts';
import { kernelHeaders } from '../modules/kernel-headers.ts';
import { isMissing, type Outcome, type Section } from './section.ts';
import { TABLES } from './tables.ts';

/** A module that registers something that validation refuses, or just not. */
interface Fault {
  readonly name: string;
  /** `owner` is the name of the module. */
  readonly source: (owner: string) => SourceModel;
  /** What its C file has beside what is declared. */
  readonly code: (owner: string) => string;
}

const TC: readonly (readonly ['sched_cls', string])[] = [['sched_cls', 'tc']];
const kfuncs = (owner: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${owner}_kfunc_${String(at)}`);
const functions = (names: readonly string[]): string =>
  names.map((name) => `int ${name}(int a);\n__used noinline int ${name}(int a) { return a; }\n`).join('');
const destructors = (names: readonly string[]): string =>
  names.map((name) => `void ${name}(void *p);\n__used noinline void ${name}(void *p) { barrier(); }\n`).join('');

function withSets(count: number, perSet: number, types = TC): Fault['source'] {
  return (owner) =>
    makeSource(
      `test/${owner}.c`,
      Array.from({ length: count }, (_, set) =>
        makeSet(
          `${owner}_set_${String(set)}`,
          types,
          kfuncs(owner, perSet).map((name) => makeKfunc(name)),
        ),
      ),
      { owner },
    );
}

function withDtors(count: number, more: string = ''): Pick<Fault, 'source' | 'code'> {
  const names = (owner: string): string[] => Array.from({ length: count }, (_, at) => `${owner}_dtor_${String(at)}`);
  const structs = (owner: string): string =>
    Array.from(
      { length: count },
      (_, at) => `struct ${owner}_object_${String(at)} { int a; } ${owner}_object_${String(at)};\n`,
    ).join('');
  return {
    source: (owner) =>
      makeSource(`test/${owner}.c`, [], {
        owner,
        dtors: names(owner).map((name, at) => makeDtor(`${owner}_object_${String(at)}`, name)),
      }),
    code: (owner) => structs(owner) + (more === '' ? destructors(names(owner)) : more.replaceAll('OWNER', owner)),
  };
}

const FAULTS: readonly Fault[] = [
  { name: 'nothing wrong', source: withSets(1, 3), code: (owner) => functions(kfuncs(owner, 3)) },
  {
    name: 'two hooks',
    source: withSets(1, 2, [...TC, ['xdp' as 'sched_cls', 'xdp']]),
    code: (owner) => functions(kfuncs(owner, 2)),
  },
  { name: 'two sets for one hook', source: withSets(2, 1), code: (owner) => functions(kfuncs(owner, 1)) },
  {
    name: 'one set twice for one hook',
    source: withSets(1, 1, [...TC, ...TC]),
    code: (owner) => functions(kfuncs(owner, 1)),
  },
  { name: 'no function of that name', source: withSets(1, 1), code: () => '' },
  { name: '256 kfuncs', source: withSets(1, 256), code: (owner) => functions(kfuncs(owner, 256)) },
  { name: '257 kfuncs', source: withSets(1, 257), code: (owner) => functions(kfuncs(owner, 257)) },
  {
    name: 'a program type without a hook',
    source: withSets(1, 1, [['sk_reuseport' as 'sched_cls', 'none']]),
    code: (owner) => functions(kfuncs(owner, 1)),
  },
  { name: 'a destructor', ...withDtors(1) },
  { name: '255 destructors', ...withDtors(255) },
  { name: '256 destructors', ...withDtors(256) },
  {
    name: 'a destructor that returns something',
    ...withDtors(1, 'int OWNER_dtor_0(void *p);\n__used noinline int OWNER_dtor_0(void *p) { barrier(); return 0; }\n'),
  },
  {
    name: 'a destructor of two arguments',
    ...withDtors(
      1,
      'void OWNER_dtor_0(void *p, int a);\n__used noinline void OWNER_dtor_0(void *p, int a) { barrier(); }\n',
    ),
  },
  {
    name: 'a destructor of a number',
    ...withDtors(1, 'void OWNER_dtor_0(long p);\n__used noinline void OWNER_dtor_0(long p) { barrier(); }\n'),
  },
  { name: 'a destructor that is not there', ...withDtors(1, '\n') },
];

const TEMPLATE = `// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/module.h>
#include "registered.h"
FUNCTIONS
static int registered = 1;
module_param(registered, int, 0444);
static int __init start(void) { registered = REGISTER(); return 0; }
module_init(start);
MODULE_DESCRIPTION("What is registered wrongly");
MODULE_LICENSE("GPL");
`;

/** What registration returns on a kernel, and what the registry's own registration returns. */
export const registration: Section = {
  name: 'registration',
  run: async ({ kernels, loader }) => {
    const missing = whatIsMissing('make', 'gcc', 'pahole', 'objcopy');
    if (missing !== undefined) return { failures: [], skipped: [`registration: ${missing}`], notes: [] };
    const outcomes: Outcome[] = [];
    for (const kernel of kernels) if (!isMissing(kernel)) outcomes.push(await askOne(kernel, loader));
    return {
      failures: outcomes.flatMap(({ failures }) => failures),
      skipped: outcomes.flatMap(({ skipped }) => skipped),
      notes: outcomes.flatMap(({ notes }) => notes),
    };
  },
};

async function askOne(kernel: RealKernel, loader: string): Promise<Outcome> {
  const table = TABLES.get(kernel.version);
  const headers = kernelHeaders(kernel);
  if (table === undefined || 'missing' in headers) {
    return {
      failures: [],
      skipped: [`registration on ${kernel.version}: ${'missing' in headers ? headers.missing : 'no table'}`],
      notes: [],
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-modules-'));
  try {
    const named = FAULTS.map((fault, at) => ({ ...fault, owner: `kfuncs_fault_${String(at)}` }));
    const sources: ModuleSource[] = [];
    for (const { owner, source, code } of named) {
      sources.push({
        name: owner,
        ...(await emitHeader(table.profile, source(owner))),
        code: TEMPLATE.replace('FUNCTIONS', () => code(owner)),
      });
    }
    const built = buildModules(headers.folder, kernel, folder, sources);
    if ('failed' in built)
      return { failures: [`registration on ${kernel.version}: ${built.failed}`], skipped: [], notes: [] };
    const jobs: Job[] = [{ steps: [] }, ...built.map(({ name, bytes }) => ({ steps: loadSteps(name, bytes) }))];
    const run = await runMachine({ image: kernel.image, loader }, jobs, { seconds: 120 });
    const failures: string[] = [];
    for (const [at, { name, owner, source }] of named.entries()) {
      const module = built[at];
      if (module === undefined) continue;
      const [loaded, parameter] = run.jobs.get(at + 1) ?? [];
      const says =
        loaded?.result === 0
          ? Number(Buffer.from(parameter?.output ?? []).toString())
          : `not loaded (${String(loaded?.result)})`;
      const predicted = predict(table, source(owner), module, kernel.btf);
      if (says !== predicted)
        failures.push(
          `${kernel.version}: registering ${name}: the kernel says ${String(says)}, the registry ${String(predicted)}`,
        );
    }
    const release = run.release ?? kernel.version;
    return {
      failures,
      skipped: [],
      notes: [
        `${release}: ${String(named.length)} modules, each registered with the errno that is predicted: ${String(named.length - failures.length)}`,
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads a module and reads what its registration returned. */
export function loadSteps(name: string, bytes: Uint8Array): Step[] {
  const none = { command: 0, attr: new Uint8Array(), fills: [], report: true };
  return [{ ...none, kind: 'init-module', data: bytes }, readStep(`/sys/module/${name}/parameters/registered`)];
}

export function readStep(path: string): Step {
  return {
    kind: 'read-file',
    command: 0,
    attr: new Uint8Array(),
    data: Buffer.from(`${path}\0`, 'latin1'),
    fills: [],
    report: true,
  };
}

/** What the registry's own registration makes of the same. */
function predict({ profile }: KernelTable, source: SourceModel, { name, btf }: BuiltModule, vmlinux: Btf): number {
  const state = createKernelState(profile);
  const resolve = createBtfResolver({ vmlinux, modules: new Map([[name, btf]]) });
  const coming = moduleComing(state, name);
  if (coming !== 0) return coming;
  const checked = profile.registration.prototypes === 'checked';
  const protoOk = checked ? (id: number): boolean => isFunction(btf, id) : undefined;
  for (const set of source.sets) {
    const words = set.kfuncs.flatMap((kfunc) => [kfunc.name, profile.layout === 'id_set' ? 1 : 0]);
    const progTypes = set.registrations.flatMap(({ progType }) => progType ?? []);
    const resolved = resolveSet(
      profile,
      { name: set.name, owner: name, source: source.source, progTypes, kfuncs: words },
      name,
      resolve,
    );
    for (const progType of progTypes) {
      const errno = registerBtfKfuncIdSet(state, progType, resolved, protoOk);
      if (errno !== 0) return errno;
    }
  }
  if (source.dtors.length === 0) return 0;
  const pairs = source.dtors.map(({ type, kfunc }) => ({ type, kfunc, owner: name, source: source.source }));
  return registerBtfIdDtorKfuncs(state, resolveDtors(pairs, name, resolve), name, (id) => isDestructor(btf, id));
}

function isFunction(btf: Btf, id: number): boolean {
  return id !== 0 && typeAt(btf, id).kind === 'func';
}

/** btf_check_dtor_kfuncs(), kernel/bpf/btf.c */
function isDestructor(btf: Btf, id: number): boolean {
  if (!isFunction(btf, id)) return false;
  const { returns, parameters } = prototypeOf(btf, id);
  const [first] = parameters;
  return returns === 0 && parameters.length === 1 && first !== undefined && typeAt(btf, first.type).kind === 'ptr';
}

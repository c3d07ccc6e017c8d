import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findIdByName } from '../../../src/btf/find.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { writeBtf, type NewType } from '../../../src/btf/write-btf.ts';
import { Attributes, COMMAND } from '../ask/attributes.ts';
import { numberOf, PROGRAM_TYPES, MAP_TYPES } from '../ask/program-types.ts';
import { Assembler, assemble, newLabel } from '../generate/assembler.ts';
import type { Step } from '../machine/jobs.ts';
import type { RealKernel } from '../machine/kernels.ts';
import { runMachine } from '../machine/run-machine.ts';
import { whatIsMissing } from '../machine/tools.ts';
import { buildModules, type BuiltModule } from '../modules/build-modules.ts';
import { kernelHeaders } from '../modules/kernel-headers.ts';
import { MODULE_SOURCE } from '../paths.ts';
import { loadSteps, readStep } from './registration.ts';
import { isMissing, joinOutcomes, type Outcome, type Section } from './section.ts';
import { TABLES } from './tables.ts';

const NAME = 'kfuncs_test';
/** Where in a map's value the kptr is. */
const KPTR = 8;

/**
 * Headers out of a registry of the test's own, in a module that a real kernel loads: its sets are registered, programs
 * call each kfunc, and what they leave in a map is freed by the destructor when the map goes.
 */
export const headers: Section = {
  name: 'headers',
  run: async ({ kernels, loader }) => {
    const missing = whatIsMissing('make', 'gcc', 'pahole', 'objcopy');
    if (missing !== undefined) return { failures: [], skipped: [`headers: ${missing}`], notes: [] };
    const outcomes: Outcome[] = [];
    for (const kernel of kernels) if (!isMissing(kernel)) outcomes.push(await loadOne(kernel, loader));
    return joinOutcomes(outcomes);
  },
};

/** What the module of objects.c has. */
const DECLARATION = `source: test/kfuncs_test.c
owner: ${NAME}
since: v5.19
sets:
  - name: kfuncs_test_set
    hooks: [tc, xdp]
    kfuncs:
      - { name: kfuncs_test_acquire, flags: [acquire, ret_null] }
      - { name: kfuncs_test_release, flags: [release] }
      - { name: kfuncs_test_get, flags: [acquire, kptr_get, ret_null], until: v6.4 }
      - { name: kfuncs_test_number }
      - { name: kfuncs_test_plain }
dtors:
  - { type: kfuncs_test_object, kfunc: kfuncs_test_release }
`;

async function loadOne(kernel: RealKernel, loader: string): Promise<Outcome> {
  const none = { failures: [], skipped: [], notes: [] };
  const build = kernelHeaders(kernel);
  const table = TABLES.get(kernel.version);
  if (table === undefined || 'missing' in build) {
    return { ...none, skipped: [`headers on ${kernel.version}: ${'missing' in build ? build.missing : 'no table'}`] };
  }
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-headers-'));
  try {
    const withGet = 'kptr_get' in table.profile.flags;
    const header = generateHeader(folder, kernel.version);
    if ('failed' in header) return { ...none, failures: [`headers on ${kernel.version}: ${header.failed}`] };
    const code = readFileSync(MODULE_SOURCE, 'utf8');
    const register = 'register_kfuncs_test';
    const built = buildModules(build.folder, kernel, folder, [{ name: NAME, header: header.text, register, code }]);
    if ('failed' in built) return { ...none, failures: [`headers on ${kernel.version}: ${built.failed}`] };
    const [module] = built;
    if (module === undefined) throw new Error('unreachable');
    return await useModule(kernel, loader, module, withGet);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `kfuncs generate` on a registry that holds this declaration alone. */
function generateHeader(folder: string, version: string): { readonly text: string } | { readonly failed: string } {
  const registry = join(folder, 'registry');
  mkdirSync(join(registry, 'kfuncs/test'), { recursive: true });
  writeFileSync(join(registry, 'kfuncs/test/kfuncs_test.yaml'), DECLARATION);
  const out = join(folder, 'generated');
  const args = ['dist/cli/kfuncs.js', 'generate', '--registry', registry, '--out', out, '--target', 'include'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) return { failed: `${stdout}${stderr}` };
  return { text: readFileSync(join(out, 'include', version, 'test/kfuncs_test.h'), 'utf8') };
}

async function useModule(kernel: RealKernel, loader: string, module: BuiltModule, withGet: boolean): Promise<Outcome> {
  const steps: Step[] = loadSteps(NAME, module.bytes);
  const add = (step: Step): number => steps.push(step) - 1;
  // Types of a map with a kptr to the module's object, in the words of this kernel.
  const types = valueTypes(withGet ? 'kptr_ref' : 'kptr');
  const moduleBtf = add(new Attributes(12).u32(0, MODULE_BTF_ID).step(COMMAND.btfGetFdById));
  const typesBtf = add(new Attributes(32).pointer(0, types.bytes).u32(16, types.bytes.length).step(COMMAND.btfLoad));
  const map = add(
    new Attributes(72)
      .u32(0, numberOf(MAP_TYPES, 'array'))
      .u32(4, 4)
      .u32(8, 16)
      .u32(12, 1)
      .descriptor(48, typesBtf)
      .u32(52, types.int)
      .u32(56, types.value)
      .step(COMMAND.mapCreate),
  );
  const load = (code: Assembler): number => add(loadStep(code, module.btf, { map, moduleBtf }));
  const run = (program: number): number =>
    add(
      new Attributes(80)
        .descriptor(0, program)
        .u32(8, 64)
        .pointer(16, new Uint8Array(64))
        .u32(32, 1)
        .step(COMMAND.progTestRun),
    );
  const counters = (): readonly [number, number] => [
    add(readStep(`/sys/module/${NAME}/parameters/acquired`)),
    add(readStep(`/sys/module/${NAME}/parameters/freed`)),
  ];
  const programs = [keepInMap(), takeAndRelease(), ...(withGet ? [getFromMap()] : [])].map(load);
  const [keep = 0, ...others] = programs;
  for (let times = 0; times < 3; times++) run(keep);
  for (const program of others) run(program);
  const before = counters();
  for (const fd of [...programs, map])
    add({
      kind: 'close',
      command: 0,
      attr: new Uint8Array(4),
      data: new Uint8Array(),
      fills: [{ in: 'attr', offset: 0, what: 'result', argument: fd }],
      report: true,
    });
  // Maps are freed by a worker, after a grace period.
  add({
    kind: 'wait',
    command: 0,
    attr: new Uint8Array(new Uint32Array([3000]).buffer),
    data: new Uint8Array(),
    fills: [],
    report: true,
  });
  const after = counters();

  const machine = await runMachine({ image: kernel.image, loader }, [{ steps: [] }, { steps }], { seconds: 120 });
  const results = machine.jobs.get(1) ?? [];
  const at = (step: number): number => Number(Buffer.from(results[step]?.output ?? []).toString());
  const release = machine.release ?? kernel.version;
  const failures = steps.flatMap((step, index) => {
    const { result, log } = results[index] ?? { result: -1, log: 'did not get that far' };
    return result < 0
      ? [
          `headers on ${release}: step ${String(index)} (${step.kind} ${String(step.command)}) gives ${String(result)} ${log}`,
        ]
      : [];
  });
  const expect = (what: string, is: number, wanted: number): void => {
    if (is !== wanted) failures.push(`headers on ${release}: ${what} is ${String(is)} and not ${String(wanted)}`);
  };
  if (failures.length === 0) {
    expect('what registration returns', at(1), 0);
    expect('the number of objects acquired', at(before[0]), 4);
    expect('the number freed while one is in the map', at(before[1]), 3);
    expect('the number acquired in the end', at(after[0]), 4);
    expect('the number freed once the map is gone', at(after[1]), 4);
  }
  const kfuncs = withGet ? 5 : 4;
  return {
    failures,
    skipped: [],
    notes: [
      `${release}: a module out of a generated header, ${String(kfuncs)} kfuncs called, ${String(at(after[1]))} of ${String(at(after[0]))} objects freed, the last by the destructor when the map went`,
    ],
  };
}

/** The kernel's own BTF is 1, and nothing but the module is loaded after it. */
const MODULE_BTF_ID = 2;

function valueTypes(tag: string): { readonly bytes: Uint8Array; readonly int: number; readonly value: number } {
  const types: NewType[] = [
    { kind: 'int', name: 'long', size: 8, bitOffset: 0, bits: 64, encoding: 'signed' },
    { kind: 'int', name: 'int', size: 4, bitOffset: 0, bits: 32, encoding: 'signed' },
    {
      kind: 'struct',
      name: 'kfuncs_test_object',
      size: 8,
      members: [{ name: 'number', type: 2, bitOffset: 0, bitSize: undefined }],
    },
    { kind: 'type_tag', text: tag, type: 3, isAttribute: false },
    { kind: 'ptr', type: 4 },
    {
      kind: 'struct',
      name: 'value',
      size: 16,
      members: [
        { name: 'number', type: 1, bitOffset: 0, bitSize: undefined },
        { name: 'object', type: 5, bitOffset: 8 * KPTR, bitSize: undefined },
      ],
    },
  ];
  const bytes = writeBtf(types);
  return { bytes, int: 2, value: findIdByName(openBtf(bytes), 'value', 'struct') ?? 0 };
}

function loadStep(
  code: Assembler,
  module: Btf,
  { map, moduleBtf }: { readonly map: number; readonly moduleBtf: number },
): Step {
  const { insns, kfunc_calls, map_refs } = assemble(code.slots);
  const bytes = new Uint8Array(Buffer.from(insns, 'hex'));
  const view = new DataView(bytes.buffer);
  for (const [slot, name] of Object.entries(kfunc_calls)) {
    // The second entry of fd_array.
    view.setInt16(Number(slot) * 8 + 2, 1, true);
    view.setInt32(Number(slot) * 8 + 4, findIdByName(module, name, 'func') ?? 0, true);
  }
  const maps = Object.keys(map_refs).map((slot) => [Number(slot) * 8 + 4, map] as const);
  return new Attributes(144)
    .u32(0, numberOf(PROGRAM_TYPES, 'sched_cls'))
    .u32(4, bytes.length / 8)
    .pointer(8, bytes, maps)
    .pointer(16, Buffer.from('GPL\0', 'latin1'))
    .u32(24, 1)
    .u32(28, 1 << 20)
    .log(32)
    .pointer(120, new Uint8Array(8), [[4, moduleBtf]])
    .step(COMMAND.progLoad);
}

/** r6 = the value in the map, or the program ends. */
function lookup(code: Assembler, end: ReturnType<typeof newLabel>): void {
  code.storeImm(4, 10, -4, 0);
  code.map(1, 0);
  code.mov(2, 10);
  code.alu('add', 2, -4);
  code.helper('map_lookup_elem');
  code.jump('eq', 0, 0, end);
  code.mov(6, 0);
}

function ending(code: Assembler, end: ReturnType<typeof newLabel>): Assembler {
  code.place(end);
  code.set(0, 0);
  code.exit();
  return code;
}

/** Puts a new object into the map, and releases what was there. */
function keepInMap(): Assembler {
  const [code, end] = [new Assembler(), newLabel()];
  lookup(code, end);
  code.kfunc('kfuncs_test_acquire');
  code.jump('eq', 0, 0, end);
  code.mov(2, 0);
  code.mov(1, 6);
  code.alu('add', 1, KPTR);
  code.helper('kptr_xchg');
  code.jump('eq', 0, 0, end);
  code.mov(1, 0);
  code.kfunc('kfuncs_test_release');
  return ending(code, end);
}

/** Acquires, reads and releases. */
function takeAndRelease(): Assembler {
  const [code, end] = [new Assembler(), newLabel()];
  code.kfunc('kfuncs_test_acquire');
  code.jump('eq', 0, 0, end);
  code.mov(6, 0);
  code.mov(1, 6);
  code.kfunc('kfuncs_test_number');
  code.set(1, 4);
  code.kfunc('kfuncs_test_plain');
  code.mov(1, 6);
  code.kfunc('kfuncs_test_release');
  return ending(code, end);
}

/** Takes a second reference to what is in the map. */
function getFromMap(): Assembler {
  const [code, end] = [new Assembler(), newLabel()];
  lookup(code, end);
  code.mov(1, 6);
  code.alu('add', 1, KPTR);
  code.set(2, 0);
  code.set(3, 0);
  code.kfunc('kfuncs_test_get');
  code.jump('eq', 0, 0, end);
  code.mov(1, 0);
  code.kfunc('kfuncs_test_release');
  return ending(code, end);
}

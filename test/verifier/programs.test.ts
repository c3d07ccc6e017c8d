import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { table as v519 } from '../../generated/tables/v5.19.ts';
import { table as v61 } from '../../generated/tables/v6.1.ts';
import type { Btf } from '../../src/btf/btf.ts';
import { openBtfFile } from '../../src/btf/open-btf-file.ts';
import { loadPrograms } from '../../src/program/object/load-programs.ts';
import { openObject, type BpfObject } from '../../src/program/object/open-object.ts';
import type { Program } from '../../src/program/program.ts';
import type { KernelTable } from '../../src/tables/kernel-table.ts';
import { bootKernel } from '../../src/verifier/kernel/kernel.ts';
import type { VerifierFinding } from '../../src/verifier/verdict.ts';
import { verify } from '../../src/verifier/verify.ts';
import { realKernel } from '../btf/real-kernel.ts';
import { CLANG, compileSource, readSources, type Expectation, type ExpectedRejection } from './programs/sources.ts';

const real = await realKernel();
const kernels = [
  boot(v519, open(new URL('programs/fixtures/kernel-v5.19.btf', import.meta.url).pathname)),
  typeof real === 'string' ? real : bootReal(real.vmlinux, real.modules),
];

function open(path: string, base?: Btf): Btf {
  return openBtfFile(new Uint8Array(readFileSync(path)), { base });
}

function bootReal(vmlinuxFile: string, moduleFiles: readonly string[]) {
  const vmlinux = open(vmlinuxFile);
  const conntrack = moduleFiles.find((path) => basename(path) === 'nf_conntrack.ko');
  if (conntrack === undefined) return 'needs nf_conntrack.ko of the kernel';
  return boot(v61, vmlinux, new Map([['nf_conntrack', open(conntrack, vmlinux)]]));
}

function boot(table: KernelTable, vmlinux: Btf, modules: ReadonlyMap<string, Btf> = new Map()) {
  const kernel = bootKernel(table, vmlinux, modules);
  const version = table.profile.version;
  const load = (object: BpfObject, name: string): Program => {
    const options = { kernelBtf: { vmlinux, modules }, kernelVersion: version };
    const [program] = loadPrograms(object, { ...options, select: (each) => each.name === name });
    if (program === undefined) throw new RangeError(`there is no program ${name}`);
    return program;
  };
  return { version, judge: (program: Program) => verify(program, kernel), load };
}

/** The line that an instruction was made of. */
function lineAt({ lines }: Program, insn: number | undefined): number | undefined {
  return insn === undefined ? undefined : lines.findLast(({ slot }) => slot <= insn)?.line;
}

function describeFinding(program: Program, finding: VerifierFinding, errno: number, expected: ExpectedRejection) {
  return {
    rule: finding.rule,
    errno,
    // Of the path what is asked for, in its order.
    by: finding.path.map(({ insn }) => lineAt(program, insn)).filter(isIn(expected.by)),
  };
}

function isIn(lines: readonly number[]) {
  let last: number | undefined;
  return (line: number | undefined): line is number => {
    const isNew = line !== undefined && line !== last && lines.includes(line);
    last = line;
    return isNew;
  };
}

/** Rules that are broken by holding a reference: the finding has to say where it was acquired. */
const LEAKS = new Set(['ref/leak', 'ref/tail-call']);

describe.each(kernels.map((kernel) => [typeof kernel === 'string' ? 'v6.1' : kernel.version, kernel] as const))(
  'C programs on %s',
  (version, kernel) => {
    if (typeof kernel === 'string' || CLANG === undefined) {
      test.skip(typeof kernel === 'string' ? kernel : 'needs clang', () => undefined);
      return;
    }
    describe.each(readSources())('$name', ({ path, expectations }) => {
      const object = openObject(compileSource(path));
      const here = expectations.filter((each) => each.kernel === version);
      test('tells of every program', () => {
        expect(here.map(({ program }) => program).toSorted()).toEqual(
          object.programs.map(({ name }) => name).toSorted(),
        );
      });
      test.each(here.map((each): [string, Expectation] => [each.program, each]))('%s', (name, { rejected }) => {
        const program = kernel.load(object, name);
        const verdict = kernel.judge(program);
        if (rejected === undefined || verdict.verdict !== 'reject') {
          expect(verdict).toMatchObject({ verdict: rejected === undefined ? 'accept' : 'reject' });
          return;
        }
        const { finding, errno } = verdict;
        const { rule, by, lines, acquired } = rejected;
        expect(describeFinding(program, finding, errno, rejected)).toEqual({ rule, errno: rejected.errno, by });
        if (lines.length > 0) expect(lines).toContain(lineAt(program, finding.insn));
        const related = finding.related.map(({ insn }) => lineAt(program, insn));
        expect(related).toEqual(related.length > 0 || LEAKS.has(rule) ? [acquired] : []);
      });
    });
  },
);

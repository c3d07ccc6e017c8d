import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERRNO, type ErrnoName } from '../../../src/verifier/errno.ts';
import { CLANGS, compileFile } from '../../program/compile.ts';

// Tests and bundles run in the root of the repository; where a bundled module is says nothing.
const FOLDER = join(process.cwd(), 'test/verifier/programs');
const INCLUDE = join(FOLDER, 'include');

/** The clang that the programs are compiled with; undefined: there is none. */
export const CLANG = CLANGS[0];

/** A C file with programs, and what it says of them. */
export interface Source {
  readonly name: string;
  readonly path: string;
  readonly expectations: readonly Expectation[];
}

/** What a kernel says of a program: of these lines over it, one for each kernel. */
export interface Expectation {
  readonly program: string;
  readonly kernel: string;
  /** Undefined: it is accepted. */
  readonly rejected: ExpectedRejection | undefined;
}

export interface ExpectedRejection {
  readonly rule: string;
  /** Negative. */
  readonly errno: number;
  /** The lines that are marked `<- rejected`; several where compilers differ in what they take for that of a return. */
  readonly lines: readonly number[];
  /** The line that is marked `<- acquired`. */
  readonly acquired: number | undefined;
  /** The lines that are marked `<- by`, which the path passes in this order. */
  readonly by: readonly number[];
}

/** All C files with programs, by name. */
export function readSources(): readonly Source[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.bpf.c'))
    .toSorted()
    .map((name) => {
      const path = join(FOLDER, name);
      return { name, path, expectations: readExpectations(readFileSync(path, 'utf8')) };
    });
}

/** Compiles as users do. @throws Error with what clang says */
export function compileSource(path: string): Uint8Array {
  const warnings = ['-Wall', '-Werror', '-Wno-unused-variable', '-Wno-unused-function'];
  return compileFile(path, { clang: CLANG, args: ['-mcpu=v3', ...warnings, '-I', INCLUDE] });
}

const EXPECTED = /^\/\/ (v[\d.]+(?:, v[\d.]+)*): (?:accept|reject ([\w-]+\/[\w-]+) (E\w+))$/;
const DEFINITION = /^(?:int|void|__u32) (\w+)\(/;
const MARK = /\/\/ <- ([a-z]+(?:, [a-z]+)*)(?: on (v[\d.]+))?$/;

interface Told {
  readonly kernel: string;
  readonly rule: string | undefined;
  readonly errno: string | undefined;
}
interface Mark {
  readonly line: number;
  readonly kinds: readonly string[];
  /** Undefined: of all. */
  readonly kernel: string | undefined;
  /** Counts the functions of the file. */
  readonly function: number;
}

/**
 * Reads what stands over programs, `// v5.19, v6.1: accept`, and the marks at the ends of lines. Where a program has no
 * mark of a kind, those of the last function above count that is no program and has some: it calls that one.
 */
export function readExpectations(text: string): readonly Expectation[] {
  const expectations: Expectation[] = [];
  const shared: Mark[] = [];
  let told: Told[] = [];
  let functions = 0;
  let program: { readonly name: string; readonly told: readonly Told[]; readonly marks: Mark[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const [, kernels, rule, errno] = EXPECTED.exec(line) ?? [];
    for (const kernel of kernels?.split(', ') ?? []) told.push({ kernel, rule, errno });
    const name = told.length > 0 ? DEFINITION.exec(line)?.[1] : undefined;
    if (name !== undefined) {
      program = { name, told, marks: [] };
      told = [];
    }
    const [, kinds, kernel] = MARK.exec(line) ?? [];
    if (kinds !== undefined) {
      const mark = { line: index + 1, kinds: kinds.split(', '), kernel, function: functions };
      (program?.marks ?? shared).push(mark);
    }
    if (line.startsWith('}')) functions++;
    if (!line.startsWith('}') || program === undefined) continue;
    const { marks } = program;
    for (const each of program.told) {
      const rejected = each.rule === undefined ? undefined : describeRejection(each, each.rule, marks, shared);
      expectations.push({ program: program.name, kernel: each.kernel, rejected });
    }
    program = undefined;
  }
  return expectations;
}

function describeRejection(
  { kernel, errno }: Told,
  rule: string,
  own: readonly Mark[],
  shared: readonly Mark[],
): ExpectedRejection {
  if (!isErrnoName(errno)) throw new RangeError(`no errno: ${String(errno)}`);
  const of = (marks: readonly Mark[], kind: string): readonly Mark[] =>
    marks.filter((mark) => mark.kinds.includes(kind) && (mark.kernel ?? kernel) === kernel);
  const nearest = (kind: string): readonly number[] => {
    const found = of(own, kind);
    const above = found.length > 0 ? found : of(shared, kind);
    return above.filter((mark) => mark.function === above.at(-1)?.function).map(({ line }) => line);
  };
  const lines = nearest('rejected');
  return {
    rule,
    errno: -ERRNO[errno],
    lines,
    acquired: nearest('acquired').at(-1),
    by: of(own, 'by').map(({ line }) => line),
  };
}

function isErrnoName(name: string | undefined): name is ErrnoName {
  return name !== undefined && name in ERRNO;
}

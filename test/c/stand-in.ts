import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kernel } from '../../generated/types/kernel.ts';
import { resolveBtfIds } from './btf-ids.ts';
import { mustRun, run, type Compiler } from './toolchain.ts';

const STAND_IN = fileURLToPath(new URL('stand-in', import.meta.url));

/** Elements of a BTF_ID_LIST without CONFIG_DEBUG_INFO_BTF: v5.18 and v5.19, v6.0 to v6.3, v6.4 and later. */
const LIST_SIZES: Readonly<Record<Kernel['layout'], number>> = { id_set: 5, id_set8: 16, kfuncs: 64 };

/** A header, and for what it is compiled. */
export interface StandInBuild {
  readonly kernel: Kernel;
  /** The text of the header. */
  readonly header: string;
  /** The function that registers all, if it is to be called; the C file does nothing but include the header if not. */
  readonly call: string | undefined;
  /** Config options that are set, and `MODULE` for a C file of a module. */
  readonly options: readonly string[];
  readonly compiler: Compiler;
  /** For the files on the way. */
  readonly folder: string;
}

/** What a register function handed over, and returned, in order. */
export type RecordedCall = Readonly<Record<string, unknown>>;

/**
 * Compiles a header with macros and structs of our own in place of the kernel's, so that no warning passes.
 *
 * @returns The path of the object file, or what the compiler says.
 */
export function compileWithStandIn(build: StandInBuild): { object: string } | { errors: string } {
  const { folder, call } = build;
  const [source, object] = [join(folder, 'registered.c'), join(folder, 'registered.o')];
  const caller = `int registered(void);\nint registered(void)\n{\n\treturn ${call ?? ''}();\n}\n`;
  writeFileSync(join(folder, 'header.h'), build.header);
  writeFileSync(join(folder, 'profile.h'), profileHeader(build.kernel));
  const filters = filtersOf(build.header);
  writeFileSync(source, `#include "header.h"\n#include "header.h"\n${filters}${call === undefined ? '' : caller}`);
  const result = run(build.compiler, [...flagsOf(build), '-c', source, '-o', object]);
  return result.ok ? { object } : result;
}

/** Filters are the C file's own; a header only declares those of its sets. */
function filtersOf(header: string): string {
  const names = new Set([...header.matchAll(/^static int (\w+)\(const struct bpf_prog/gm)].map(([, name]) => name));
  const unused = '__attribute__((unused))';
  return [...names]
    .map(
      (name) => `${unused} static int ${name ?? ''}(const struct bpf_prog *prog, u32 id)\n{\n\treturn prog && id;\n}\n`,
    )
    .join('');
}

/**
 * Compiles a header, gives its BTF ids numbers, and makes a program of it that runs the function that registers all.
 *
 * @param idOf The BTF id of `func name` or `struct name`.
 * @returns Runs the program; the call with the given number, from 1, fails with -EINVAL, none for 0.
 */
export function recorderOf(
  build: StandInBuild,
  idOf: (id: string) => number,
): (failAt: number) => readonly RecordedCall[] {
  const result = compileWithStandIn(build);
  if ('errors' in result) {
    throw new Error(result.errors);
  }
  resolveBtfIds(result.object, build.folder, idOf);
  const program = join(build.folder, 'record');
  mustRun(build.compiler, [...flagsOf(build), join(STAND_IN, 'record.c'), result.object, '-o', program]);
  return (failAt) =>
    mustRun(program, [String(failAt)])
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RecordedCall);
}

function flagsOf({ folder, options, kernel }: StandInBuild): readonly string[] {
  return [
    ...['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror', '-Wframe-larger-than=1024'],
    ...[`-I${STAND_IN}`, `-I${folder}`, '-include', 'linux/kconfig.h'],
    ...[`-DSTAND_IN_LIST_SIZE=${String(LIST_SIZES[kernel.layout])}`, ...options.map((option) => `-D${option}`)],
  ];
}

/** Names and numbers of a kernel profile, as the stand-in's <linux/btf.h> includes them. */
function profileHeader(kernel: Kernel): string {
  const members = (kernel.set_types ?? []).map((type) => ` each(${type}_set)`).join('');
  const lines = [
    ...(kernel.layout === 'id_set' ? ['#define STAND_IN_FIVE_SETS', `#define STAND_IN_MEMBERS(each)${members}`] : []),
    ...(kernel.layout === 'kfuncs' ? ['#define STAND_IN_MARKED_SETS'] : []),
    ...(kernel.limits.dtor_max_cnt === undefined ? [] : ['#define STAND_IN_DTORS']),
    ...(kernel.layout === 'id_set'
      ? []
      : Object.entries(kernel.flags).map(([flag, bit]) => `#define KF_${flag.toUpperCase()} (1 << ${String(bit)})`)),
    'enum bpf_prog_type {',
    ...kernel.prog_types.map((type) => `\tBPF_PROG_TYPE_${type.toUpperCase()},`),
    '};',
  ];
  return `${lines.join('\n')}\n`;
}

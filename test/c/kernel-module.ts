import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from './expected.ts';
import { run } from './toolchain.ts';

/** A module that includes one generated header. */
export interface ModuleBuild {
  /** Of the object file, without its ending. */
  readonly name: string;
  readonly header: string;
  /** The function that its init function calls, if any. */
  readonly call: string | undefined;
  /** Options that the kernel has and this module is compiled without. */
  readonly without: readonly string[];
}

/**
 * What the kernel's own headers can't be compiled with. All else that -Wall and -Wextra have is an error.
 */
const NOT_FOR_KERNEL_HEADERS = ['-Wno-unused-parameter', '-Wno-type-limits'];

/**
 * Builds modules outside the tree, as `make modules` does; types are not made into BTF, since that takes a vmlinux.
 *
 * @param kernel The build folder of the kernel.
 * @param folder Where the sources are written; NAME.o and NAME.ko lie there afterwards.
 * @returns What make and the compiler say where it fails.
 */
export function buildModules(kernel: string, folder: string, modules: readonly ModuleBuild[]): string | undefined {
  for (const module of modules) {
    writeFileSync(join(folder, `${module.name}.h`), module.header);
    writeFileSync(join(folder, `${module.name}.c`), moduleSource(module));
  }
  const makefile = [
    `obj-m := ${modules.map(({ name }) => `${name}.o`).join(' ')}`,
    `ccflags-y := -Wall -Wextra -Werror ${NOT_FOR_KERNEL_HEADERS.join(' ')}`,
  ];
  writeFileSync(join(folder, 'Makefile'), `${makefile.join('\n')}\n`);
  const result = run('make', ['-C', kernel, `M=${folder}`, '-j2', 'modules']);
  return result.ok ? undefined : result.errors;
}

/** The options that are set in a kernel for which modules are built. */
export function optionsOf(kernel: string): Options {
  const text = readFileSync(join(kernel, 'include/generated/autoconf.h'), 'utf8');
  const set = [...text.matchAll(/^#define (CONFIG_\w+) 1$/gm)].map(([, name = '']) => name);
  return new Set([...set, 'MODULE']);
}

function moduleSource({ name, call, without }: ModuleBuild): string {
  const init = `static int __init start(void)\n{\n\treturn ${call ?? ''}();\n}\nmodule_init(start);\n`;
  return [
    ...without.map((option) => `#undef ${option}\n`),
    `#include "${name}.h"\n\n`,
    call === undefined ? '' : init,
    'MODULE_DESCRIPTION("A generated header");\nMODULE_LICENSE("GPL");\n',
  ].join('');
}

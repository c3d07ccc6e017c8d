import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Btf } from '../../../src/btf/btf.ts';
import { openBtfFile } from '../../../src/btf/open-btf-file.ts';
import type { RealKernel } from '../machine/kernels.ts';

/** A module of one C file that includes a generated header. */
export interface ModuleSource {
  readonly name: string;
  /** The generated header. */
  readonly header: string;
  /** The function of the header that registers everything. */
  readonly register: string;
  readonly code: string;
}

export interface BuiltModule {
  readonly name: string;
  /** A .ko with BTF and with its BTF ids filled in. */
  readonly bytes: Uint8Array;
  readonly btf: Btf;
}

/**
 * Builds modules outside the tree, adds BTF on top of the kernel's by pahole, and fills the ids by `kfuncs resolve`.
 *
 * @param folder for the sources and what is made of them
 * @returns what a tool said if it failed
 */
export function buildModules(
  headers: string,
  kernel: RealKernel,
  folder: string,
  sources: readonly ModuleSource[],
): readonly BuiltModule[] | { readonly failed: string } {
  for (const { name, header, register, code } of sources) {
    writeFileSync(join(folder, `${name}.h`), header);
    const included = code.replace('#include "registered.h"', `#include "${name}.h"\n#define REGISTER ${register}`);
    writeFileSync(join(folder, `${name}.c`), included);
  }
  writeFileSync(join(folder, 'Makefile'), `obj-m := ${sources.map(({ name }) => `${name}.o`).join(' ')}\n`);
  const made = run('make', ['-C', headers, `M=${folder}`, '-j2', 'modules']);
  if (made !== undefined) return { failed: made };
  const built: BuiltModule[] = [];
  // Kernels before v6.0 refuse BTF that has 64-bit enumerations as such.
  const flags = /^v5\./.test(kernel.version) ? ['--skip_encoding_btf_enum64'] : [];
  for (const { name } of sources) {
    const module = join(folder, `${name}.ko`);
    const failed =
      run('pahole', ['-J', ...flags, '--btf_base', kernel.vmlinux, module]) ??
      run(process.execPath, ['dist/cli/kfuncs.js', 'resolve', module, '--btf', kernel.vmlinux, '--out', module]) ??
      run('objcopy', ['--strip-debug', module]);
    if (failed !== undefined) return { failed };
    const bytes = new Uint8Array(readFileSync(module));
    built.push({ name, bytes, btf: openBtfFile(bytes, { base: kernel.btf }) });
  }
  return built;
}

/** What the tool said, if it failed. */
function run(tool: string, args: readonly string[]): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error !== undefined) return `${tool}: ${error.message}`;
  return status === 0 ? undefined : `${tool} ${args.join(' ')}\n${stdout}${stderr}`;
}

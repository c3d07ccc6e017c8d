import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { missingTools, mustRun, run } from '../../c/toolchain.ts';

/** Where Debian's package linux-source-6.1 puts the tree. */
const ARCHIVE = '/usr/src/linux-source-6.1.tar.xz';
/** What the tool is built of. */
const FOLDERS = ['tools', 'scripts'];

/** The kernel's own resolve_btfids, or why there is none. */
export type KernelTool = { readonly path: string } | { readonly missing: string };

/** What the tool made of a file. */
export interface ToolRun {
  readonly status: number | null;
  /** What it said, a line each. */
  readonly lines: readonly string[];
}

/**
 * Builds tools/bpf/resolve_btfids of v6.1, of the tree that KERNEL_SOURCE names or of Debian's package. It is gone when
 * the tests of the file are over.
 */
export function buildKernelTool(): KernelTool {
  const given = process.env['KERNEL_SOURCE'];
  if (given === undefined && !existsSync(ARCHIVE)) {
    return { missing: `needs a v6.1 source tree: ${ARCHIVE}, or a folder that KERNEL_SOURCE names` };
  }
  const missing = missingTools('gcc', 'make', 'tar');
  if (missing !== undefined) {
    return { missing };
  }
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-tool-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const headers = join(folder, 'headers.c');
  writeFileSync(headers, '#include <gelf.h>\n#include <zlib.h>\n');
  if (!run('gcc', ['-E', headers, '-o', '/dev/null']).ok) {
    return { missing: 'needs the headers of libelf and zlib (libelf-dev, zlib1g-dev), which this machine lacks' };
  }
  const tree = given ?? unpack(folder);
  const output = join(folder, 'built');
  mkdirSync(output);
  mustRun('make', ['-s', '-C', join(tree, 'tools/bpf/resolve_btfids'), `OUTPUT=${output}/`]);
  return { path: join(output, 'resolve_btfids') };
}

/** Runs the tool on a file, which it changes. */
export function runKernelTool(tool: string, file: string, base: string | undefined): ToolRun {
  const { status, stderr } = spawnSync(tool, [...(base === undefined ? [] : ['-b', base]), file], { encoding: 'utf8' });
  return { status, lines: stderr.split('\n').filter((line) => line !== '') };
}

function unpack(folder: string): string {
  const names = FOLDERS.map((name) => `linux-source-6.1/${name}`);
  mustRun('tar', ['-xf', ARCHIVE, '-C', folder, ...names]);
  return join(folder, 'linux-source-6.1');
}

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { runCli } from '../../../src/cli/run.ts';
import { CLANGS } from '../../program/compile.ts';
import { temporaryFolder } from '../../generator/temporary-registry.ts';

/** What a run of the program returned. */
export interface CheckRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The corpus that real kernels judged, with a BTF of v5.19. */
export const CORPUS = join(import.meta.dirname, '../../verifier/fixtures/corpus');
export const V5_19 = ['--kernel', 'v5.19', '--btf', join(CORPUS, 'btf/kernel-v5.19.btf')] as const;

const FIXTURES = join(import.meta.dirname, '../fixtures/check');

/** Why nothing can be compiled; false if it can. */
export const WITHOUT_CLANG = !CLANGS.includes('clang');

/** Compilers differ in the code they make, and so in the numbers of a report. */
export const IS_CLANG_14 =
  !WITHOUT_CLANG && / version 14\./.test(spawnSync('clang', ['--version'], { encoding: 'utf8' }).stdout);

/** A program of the fixtures, compiled; its source lines are named without a folder. */
export function compiled(name: string): Uint8Array {
  const output = join(temporaryFolder(), 'object.o');
  const args = ['-target', 'bpf', '-g', '-O2', '-fdebug-compilation-dir=.', '-c', name, '-o', output];
  const { status, stderr } = spawnSync('clang', args, { cwd: FIXTURES, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(output);
}

/** Runs `kfuncs check` in this process, without colours. @param folder is left out of what is printed */
export async function check(folder: string, ...args: readonly string[]): Promise<CheckRun> {
  let stdout = '';
  let stderr = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  try {
    const code = await runCli(['check', ...args, '--no-color']);
    const near = (text: string): string => text.replaceAll(`${folder}/`, '').replaceAll(CORPUS, 'corpus');
    return { code, stdout: near(stdout), stderr: near(stderr) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

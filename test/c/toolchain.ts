import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The C compilers that a header has to please; a machine may lack the second. */
export const compilers = ['gcc', 'clang'] as const;
export type Compiler = (typeof compilers)[number];

/** Runs a tool; what it prints to either output comes back together if it fails. */
export function run(
  tool: string,
  args: readonly string[],
): { ok: true; output: string } | { ok: false; errors: string } {
  const result = spawnSync(tool, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  if (result.error !== undefined) {
    throw result.error;
  }
  return result.status === 0
    ? { ok: true, output: result.stdout }
    : { ok: false, errors: `${tool} ${args.join(' ')}\n${result.stdout}${result.stderr}` };
}

/** As run(), for a tool that must not fail. */
export function mustRun(tool: string, args: readonly string[]): string {
  const result = run(tool, args);
  if (!result.ok) {
    throw new Error(result.errors);
  }
  return result.output;
}

/** Why a test that needs these tools can't run here; undefined where it can. */
export function missingTools(...tools: readonly string[]): string | undefined {
  const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
  return missing.length === 0 ? undefined : `needs ${missing.join(', ')}, which this machine lacks`;
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-c-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** The build folder of the newest installed kernel headers of a release series (`6.1`); undefined where there are none. */
export function kernelBuildFolder(series: string): string | undefined {
  const folders = existsSync('/lib/modules') ? readdirSync('/lib/modules') : [];
  return folders
    .filter((release) => release.startsWith(`${series}.`))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((release) => join('/lib/modules', release, 'build'))
    .findLast((build) => existsSync(join(build, 'Makefile')));
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../paths.ts';

/** What a tool prints; undefined if it is not there or fails. */
export function output(tool: string, args: readonly string[], folder?: string): string | undefined {
  const { status, stdout } = spawnSync(tool, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  return status === 0 ? stdout : undefined;
}

/** Why nothing can be run here; undefined if it can. */
export function whatIsMissing(...tools: readonly string[]): string | undefined {
  const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
  return missing.length === 0 ? undefined : `needs ${missing.join(', ')}, which this machine lacks`;
}

/** The loader, compiled if it has not been; or why it can't be. */
export function buildLoader(source: string): { readonly path: string } | { readonly missing: string } {
  const hash = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const folder = join(CACHE, 'kernel-loader');
  const path = join(folder, hash);
  if (existsSync(path)) return { path };
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.${String(process.pid)}`;
  const { status, stderr, error } = spawnSync(
    process.env['CC'] ?? 'gcc',
    ['-std=gnu17', '-O2', '-Wall', '-Wextra', '-Werror', '-static', '-o', unfinished, source],
    { encoding: 'utf8' },
  );
  if (error !== undefined) return { missing: 'needs a C compiler, which this machine lacks' };
  if (status !== 0) return { missing: `the loader does not compile: ${stderr}` };
  renameSync(unfinished, path);
  return { path };
}

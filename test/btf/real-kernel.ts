import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { unpackKernel } from '../../generator/importers/vmlinuz.ts';

/** A kernel as a distribution ships it, by the paths of its files. */
export interface RealKernel {
  readonly vmlinuz: string;
  /** What was unpacked from it. */
  readonly vmlinux: string;
  readonly modules: readonly string[];
}

const CACHE = new URL('../../node_modules/.cache/kernels/', import.meta.url).pathname;
const PACKAGE = /^linux-image-6\.1\.0-\d+-cloud-amd64-unsigned$/;

/** Debian's cloud kernel 6.1, from the cache or else by apt; or why it can't be had. */
export async function realKernel(): Promise<RealKernel | string> {
  mkdirSync(CACHE, { recursive: true });
  const cached = readdirSync(CACHE).find((name) => PACKAGE.test(name));
  if (cached !== undefined) return describeKernel(join(CACHE, cached));
  const name = run('apt-cache', ['pkgnames', 'linux-image-6.1.0-'], CACHE)
    ?.split('\n')
    .filter((line) => PACKAGE.test(line))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
  if (name === undefined) return "needs Debian's package of a cloud kernel 6.1, which apt here does not know";
  const folder = mkdtempSync(join(CACHE, 'new-'));
  try {
    const archive = run('apt-get', ['download', name], folder) === undefined ? undefined : readdirSync(folder)[0];
    if (archive === undefined || run('dpkg', ['-x', archive, '.'], folder) === undefined) {
      return `needs the package ${name}, which apt could not fetch`;
    }
    writeFileSync(join(folder, 'vmlinux'), await unpackKernel(readFileSync(describeKernel(folder).vmlinuz)));
    rmSync(join(folder, archive));
    // Another test may have been quicker.
    if (!existsSync(join(CACHE, name))) renameSync(folder, join(CACHE, name));
    return describeKernel(join(CACHE, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function describeKernel(folder: string): RealKernel {
  const boot = join(folder, 'boot');
  const vmlinuz = readdirSync(boot).find((file) => file.startsWith('vmlinuz')) ?? 'vmlinuz';
  const modules = join(folder, 'lib/modules');
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' });
  return {
    vmlinuz: join(boot, vmlinuz),
    vmlinux: join(folder, 'vmlinux'),
    modules: files.filter((file) => file.endsWith('.ko')).map((file) => join(modules, file)),
  };
}

/** What a tool prints; undefined if it is not there or fails. */
function run(tool: string, args: readonly string[], folder: string): string | undefined {
  const { status, stdout } = spawnSync(tool, args, { cwd: folder, encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

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
import { unpackKernel } from '../../../generator/importers/vmlinuz.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { openBtfFile } from '../../../src/btf/open-btf-file.ts';
import { CACHE } from '../paths.ts';
import { output } from './tools.ts';

/** A kernel to ask. */
export interface RealKernel {
  /** The registry's name of it. */
  readonly version: string;
  /** As `uname -r` gives it, where the name of a package tells. */
  readonly release: string | undefined;
  readonly image: string;
  /** Unpacked from the image: an ELF file with the kernel's BTF. */
  readonly vmlinux: string;
  /** The folder that its modules are in; undefined: it has everything built in. */
  readonly modules: string | undefined;
  readonly btf: Btf;
}

/** Debian's kernels that are asked; a newer one is a line. */
const PACKAGES = [
  { version: 'v6.1', name: /^linux-image-6\.1\.0-\d+-cloud-amd64-unsigned$/, prefix: 'linux-image-6.1' },
  { version: 'v6.12', name: /^linux-image-6\.12\.\d+\+deb12-cloud-amd64-unsigned$/, prefix: 'linux-image-6.12' },
] as const;

/** A kernel that can't be had, and why. */
export interface MissingKernel {
  readonly version: string;
  readonly missing: string;
}

/** All kernels that there are: Debian's, and one of the user's own (`KERNEL_IMAGE`, `KERNEL_VERSION`). */
export async function realKernels(): Promise<readonly (RealKernel | MissingKernel)[]> {
  const kernels: (RealKernel | MissingKernel)[] = [];
  const image = process.env['KERNEL_IMAGE'];
  if (image !== undefined) kernels.push(await ownKernel(image, process.env['KERNEL_VERSION'] ?? 'v5.19'));
  for (const { version } of PACKAGES) kernels.push(await debianKernel(version));
  return kernels;
}

async function ownKernel(image: string, version: string): Promise<RealKernel | MissingKernel> {
  if (!existsSync(image)) return { version, missing: `KERNEL_IMAGE names ${image}, which is not there` };
  const folder = mkdtempSync(join(ensure(CACHE), 'own-kernel-'));
  try {
    const vmlinux = join(folder, 'vmlinux');
    const elf = await unpackKernel(readFileSync(image));
    writeFileSync(vmlinux, elf);
    return { version, release: undefined, image, vmlinux, modules: undefined, btf: openBtfFile(elf) };
  } finally {
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }
}

/** One of Debian's, from the cache or else by apt. */
export async function debianKernel(version: (typeof PACKAGES)[number]['version']): Promise<RealKernel | MissingKernel> {
  const { name, prefix } = PACKAGES.find((entry) => entry.version === version) ?? PACKAGES[0];
  const cache = ensure(join(CACHE, 'kernels'));
  const newest = newestOf(output('apt-cache', ['pkgnames', prefix])?.split('\n') ?? [], name);
  const cached = newestOf(readdirSync(cache), name);
  const wanted = newest !== undefined && cached !== newest ? await download(newest, cache) : cached;
  const found = wanted ?? cached;
  if (found === undefined) {
    return {
      version,
      missing: `needs Debian's package of a cloud kernel ${version.slice(1)}, which apt here does not have`,
    };
  }
  const boot = join(cache, found, 'boot');
  const image = join(boot, readdirSync(boot).find((file) => file.startsWith('vmlinuz')) ?? 'vmlinuz');
  const vmlinux = join(cache, found, 'vmlinux');
  const release = /^linux-image-(.*)-unsigned$/.exec(found)?.[1];
  const modules = join(cache, found, 'lib/modules');
  return { version, release, image, vmlinux, modules, btf: openBtfFile(readFileSync(vmlinux)) };
}

function newestOf(names: readonly string[], wanted: RegExp): string | undefined {
  return names
    .filter((name) => wanted.test(name))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
}

/** @returns its name, once it is unpacked in the cache; undefined if apt can't fetch it */
async function download(name: string, cache: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(cache, 'new-'));
  try {
    const archive = output('apt-get', ['download', name], folder) === undefined ? undefined : readdirSync(folder)[0];
    if (archive === undefined || output('dpkg', ['-x', archive, '.'], folder) === undefined) return undefined;
    const boot = join(folder, 'boot');
    const image = readdirSync(boot).find((file) => file.startsWith('vmlinuz')) ?? 'vmlinuz';
    writeFileSync(join(folder, 'vmlinux'), await unpackKernel(readFileSync(join(boot, image))));
    rmSync(join(folder, archive));
    if (!existsSync(join(cache, name))) renameSync(folder, join(cache, name));
    return name;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ensure(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

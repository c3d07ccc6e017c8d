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
import { CACHE } from '../paths.ts';
import type { RealKernel } from '../machine/kernels.ts';
import { output } from '../machine/tools.ts';

/**
 * The build folder of a kernel: Debian's packages of headers, unpacked and not installed, or that of the user
 * (`KERNEL_HEADERS`) for a kernel of the user's. Or why it can't be had.
 */
export function kernelHeaders({
  image,
  release,
}: RealKernel): { readonly folder: string } | { readonly missing: string } {
  const own = process.env['KERNEL_HEADERS'];
  if (image === process.env['KERNEL_IMAGE']) {
    return own === undefined ? { missing: 'KERNEL_HEADERS is not given' } : { folder: own };
  }
  if (release === undefined) return { missing: 'its release is not known' };
  const folder = join(CACHE, 'kernel-headers', release);
  const build = join(folder, 'usr/src', `linux-headers-${release}`);
  if (existsSync(build) || unpack(release, folder)) return { folder: build };
  return { missing: `needs the package linux-headers-${release}, which apt could not fetch` };
}

function unpack(release: string, folder: string): boolean {
  mkdirSync(join(CACHE, 'kernel-headers'), { recursive: true });
  const work = mkdtempSync(join(CACHE, 'kernel-headers', 'new-'));
  try {
    const headers = `linux-headers-${release}`;
    if (output('apt-get', ['download', headers], work) === undefined) return false;
    const archive = readdirSync(work).find((file) => file.endsWith('.deb'));
    const depends = output('dpkg-deb', ['-f', archive ?? '', 'Depends'], work) ?? '';
    const more = depends.match(/linux-(?:headers-\S+-common|kbuild-[\w.+]+)/g) ?? [];
    if (more.length === 0 || output('apt-get', ['download', ...new Set(more)], work) === undefined) return false;
    const archives = readdirSync(work).filter((file) => file.endsWith('.deb'));
    if (archives.some((file) => output('dpkg', ['-x', file, '.'], work) === undefined)) return false;
    for (const file of archives) rmSync(join(work, file));
    const build = join(work, 'usr/src', headers);
    const makefile = readFileSync(join(build, 'Makefile'), 'utf8');
    // It leads to where the package would be installed.
    writeFileSync(join(build, 'Makefile'), makefile.replaceAll('/usr/src/', `${join(folder, 'usr/src')}/`));
    // With it the build would make BTF and ids itself: that is what is tested.
    rmSync(join(build, 'vmlinux'), { force: true });
    if (!existsSync(folder)) renameSync(work, folder);
    return true;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

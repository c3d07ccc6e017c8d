import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './toolchain.ts';

/** The headers of a kernel as a distribution ships them, by the folders that they are unpacked in. */
export interface RealHeaders {
  /** What all builds of the kernel have in common. */
  readonly common: string;
  /** What one build has, with its configuration. */
  readonly build: string;
}

const CACHE = new URL('../../node_modules/.cache/headers/', import.meta.url).pathname;

/**
 * Debian's headers of its newest cloud kernel of a series, from the cache or else by apt; or why they can't be had. They
 * are not installed: the package wants the kernel itself.
 */
export function realHeaders(series: string): RealHeaders | string {
  mkdirSync(CACHE, { recursive: true });
  const isOurs = (name: string): boolean =>
    name.startsWith(`linux-headers-${series}.`) && name.endsWith('-cloud-amd64') && !name.includes('unsigned');
  const cached = readdirSync(CACHE).find(isOurs);
  if (cached !== undefined) return describeHeaders(cached);
  const known = run('apt-cache', ['pkgnames', `linux-headers-${series}.`]);
  const name = (known.ok ? known.output : '')
    .split('\n')
    .filter(isOurs)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
  if (name === undefined) return `needs Debian's headers of a cloud kernel ${series}, which apt here does not know`;
  const folder = mkdtempSync(join(CACHE, 'new-'));
  try {
    const packages = [name, name.replace(/cloud-amd64$/, 'common')];
    const fetched = run('sh', ['-c', `cd ${folder} && apt-get download ${packages.join(' ')}`]);
    const archives = readdirSync(folder).filter((file) => file.endsWith('.deb'));
    if (!fetched.ok || archives.some((archive) => !run('dpkg', ['-x', join(folder, archive), folder]).ok)) {
      return `needs the packages ${packages.join(' and ')}, which apt could not fetch`;
    }
    archives.forEach((archive) => {
      rmSync(join(folder, archive));
    });
    // Another test may have been quicker.
    if (!existsSync(join(CACHE, name))) renameSync(folder, join(CACHE, name));
    return describeHeaders(name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function describeHeaders(name: string): RealHeaders {
  const source = join(CACHE, name, 'usr/src');
  return { common: join(source, name.replace(/cloud-amd64$/, 'common')), build: join(source, name) };
}

/** Compiles a C file as the kernel's build compiles a file of a module; what the compiler says where it fails. */
export function compileWith({ common, build }: RealHeaders, source: string, object: string): string | undefined {
  const include = (folder: string): readonly string[] => [
    join(folder, 'arch/x86/include'),
    join(folder, 'arch/x86/include/generated'),
    join(folder, 'include'),
    join(folder, 'arch/x86/include/uapi'),
    join(folder, 'arch/x86/include/generated/uapi'),
    join(folder, 'include/uapi'),
    join(folder, 'include/generated/uapi'),
  ];
  const result = run('gcc', [
    ...[
      '-c',
      source,
      '-o',
      object,
      '-nostdinc',
      '-std=gnu11',
      '-O2',
      '-g',
      '-mcmodel=kernel',
      '-mno-sse',
      '-mno-red-zone',
      '-fcf-protection=branch',
      '-fno-jump-tables',
    ],
    ...['-fno-strict-aliasing', '-fno-common', '-fno-PIE', '-fshort-wchar', '-fno-asynchronous-unwind-tables'],
    ...['-Wall', '-Wextra', '-Werror', '-Wno-unused-parameter', '-Wno-type-limits', '-Wno-sign-compare'],
    ...['-Wno-missing-field-initializers', '-Wno-shift-negative-value', '-Wno-address-of-packed-member'],
    ...['-D__KERNEL__', '-DMODULE', '-DCC_USING_FENTRY', '-DKBUILD_BASENAME="acme"', '-DKBUILD_MODNAME="acme"'],
    '-D__KBUILD_MODNAME=kmod_acme',
    ...[...include(common), ...include(build)].flatMap((folder) => ['-I', folder]),
    ...['compiler-version.h', 'kconfig.h', 'compiler_types.h'].flatMap((header) => [
      '-include',
      join(common, 'include/linux', header),
    ]),
  ]);
  return result.ok ? undefined : result.errors;
}

import { join, resolve } from 'node:path';
import type { Kernel } from '../../generated/types/kernel.ts';
import { statOf } from '../../generator/declarations/find-files.ts';
import { PACKAGE_ROOT } from '../../generator/declarations/package-files.ts';
import { nearest } from '../../generator/diagnostics/nearest.ts';
import { UsageError } from './usage-error.ts';

/** The registry to work on: the one asked for, else `registry/` here, else the one that comes with the package. */
export function registryFolder(asked: string | undefined): string {
  if (asked !== undefined) {
    if (!isFolder(asked)) {
      throw new UsageError(`--registry ${asked}: there is no such folder`);
    }
    return resolve(asked);
  }
  const here = resolve('registry');
  return isFolder(here) ? here : join(PACKAGE_ROOT, 'registry');
}

/** The registry to change: the one asked for, else `registry/` here; what comes with the package is nobody's to change. */
export function ownRegistryFolder(asked: string | undefined): string {
  if (asked === undefined && !isFolder(resolve('registry'))) {
    throw new UsageError('there is no registry/ here: name one with --registry, or begin one with kfuncs init');
  }
  return registryFolder(asked);
}

/** The names, all of kernels that have a profile. */
export function knownKernels(names: readonly string[], kernels: readonly Kernel[]): readonly string[] {
  for (const name of names) {
    kernelNamed(name, kernels);
  }
  return names;
}

/** The profile of a kernel. */
export function kernelNamed(name: string, kernels: readonly Kernel[]): Kernel {
  const found = kernels.find(({ version }) => version === name);
  if (found === undefined) {
    const versions = kernels.map(({ version }) => version);
    const near = nearest(name, versions);
    const advice = near === undefined ? `the kernels are ${versions.join(', ')}` : `did you mean ${near}?`;
    throw new UsageError(`there is no kernel ${name}: ${advice}`);
  }
  return found;
}

/** The newest kernel that has a profile. */
export function newestKernel(kernels: readonly Kernel[]): Kernel {
  const newest = kernels.at(-1);
  if (newest === undefined) {
    throw new Error('the package has no kernel profiles');
  }
  return newest;
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() === true;
}

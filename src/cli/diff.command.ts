import { statSync } from 'node:fs';
import type { Diff } from '../../generated/types/diff.ts';
import { loadProfiles, loadRegistry, type Profiles } from '../../generator/declarations/load.ts';
import type { Model } from '../../generator/declarations/model.ts';
import { diffKernels, diffModels } from '../../generator/diff/compare-models.ts';
import { formatMarkdownDiff, formatPrettyDiff } from '../../generator/diff/format-diff.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { checkOutRegistry } from './git-registry.ts';
import { kernelModel } from './kernel-model.ts';
import { loadValid } from './load-valid.ts';
import { print, styleOf, type CommonOptions } from './output.ts';
import { kernelNamed } from './registry-paths.ts';
import { UsageError } from './usage-error.ts';

export interface DiffOptions extends CommonOptions {
  readonly format: 'pretty' | 'markdown' | 'json';
}

/** `kfuncs diff`: what changed for BPF programs, between two kernels, folders or git revisions. */
export async function diffCommand(old: string, now: string, options: DiffOptions): Promise<ExitCode> {
  const profiles = loadProfiles();
  const isKernel = (name: string): boolean => /^v\d+\.\d+$/.test(name) && kind(name) === 'kernel';
  if (isKernel(old) !== isKernel(now)) {
    throw new UsageError('compare two kernels, or two registries: a kernel and a registry have nothing in common');
  }
  if (isKernel(old)) {
    kernelNamed(old, profiles.kernels);
    kernelNamed(now, profiles.kernels);
    const loaded = await loadValid(options);
    if (loaded === undefined) {
      return EXIT.findings;
    }
    const changes = diffKernels(kernelModel(loaded.registry, old), kernelModel(loaded.registry, now));
    printDiff({ old, new: now, changes: [...changes] }, options);
    return EXIT.ok;
  }
  const changes = diffModels(readModel(old, profiles), readModel(now, profiles));
  printDiff({ old, new: now, changes: [...changes] }, options);
  return EXIT.ok;
}

/** A folder is taken before a kernel of the same name, as shells and git do with names. */
function kind(name: string): 'folder' | 'kernel' {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true ? 'folder' : 'kernel';
}

/** Findings are not told here: what is compared may be old, and `validate` is there for what is new. */
function readModel(name: string, profiles: Profiles): Model {
  if (kind(name) === 'folder') {
    return read(name, profiles);
  }
  const checkedOut = checkOutRegistry(name);
  if (checkedOut === undefined) {
    throw new UsageError(`${name} is no folder, and no git revision with a registry/`);
  }
  try {
    return read(checkedOut.folder, profiles);
  } finally {
    checkedOut.remove();
  }
}

function read(folder: string, profiles: Profiles): Model {
  const { registry, unreadable } = loadRegistry([folder], profiles);
  const [first] = unreadable;
  if (first !== undefined) {
    throw first;
  }
  return registry.model;
}

function printDiff(diff: Diff, options: DiffOptions): void {
  switch (options.format) {
    case 'json':
      print(`${JSON.stringify(diff, undefined, 2)}\n`);
      break;
    case 'markdown':
      print(formatMarkdownDiff(diff));
      break;
    case 'pretty':
      print(formatPrettyDiff(diff, styleOf(options)));
  }
}

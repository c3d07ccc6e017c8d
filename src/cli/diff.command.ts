import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diff } from '../../generated/types/diff.ts';
import { loadProfiles, loadRegistry, type Profiles } from '../../generator/declarations/load.ts';
import type { Model } from '../../generator/declarations/model.ts';
import { diffKernels, diffModels } from '../../generator/diff/compare-models.ts';
import { formatPrettyDiff } from '../../generator/diff/format-diff.ts';
import { formatMarkdownDiff } from '../../generator/diff/format-markdown.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { checkOutRegistry } from './git-registry.ts';
import { kernelModel } from './kernel-model.ts';
import { loadValid } from './load-valid.ts';
import { note, print, styleOf, type CommonOptions } from './output.ts';
import { kernelNamed } from './registry-paths.ts';
import { UsageError } from './usage-error.ts';

export interface DiffOptions extends CommonOptions {
  readonly format: 'pretty' | 'markdown' | 'json';
  readonly failOnBreaking?: boolean;
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
    return report({ old, new: now, changes: [...changes] }, options);
  }
  const before = readModel(old, profiles, options);
  const after = readModel(now, profiles, options);
  if (before === undefined && after === undefined) {
    throw new UsageError(`neither ${old} nor ${now} has a registry at ${registryOf(options)}`);
  }
  const none = loadRegistry([], profiles).registry.model;
  return report({ old, new: now, changes: [...diffModels(before ?? none, after ?? none)] }, options);
}

function report(diff: Diff, options: DiffOptions): ExitCode {
  printDiff(diff, options);
  const isBroken = options.failOnBreaking === true && diff.changes.some(({ breaking }) => breaking);
  return isBroken ? EXIT.findings : EXIT.ok;
}

/** A folder is taken before a kernel of the same name, as shells and git do with names. */
function kind(name: string): 'folder' | 'kernel' {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true ? 'folder' : 'kernel';
}

/** The registry in the work tree that git revisions are asked for; it need not be there any more. */
function registryOf(options: DiffOptions): string {
  return options.registry ?? 'registry';
}

/**
 * Findings are not told here: what is compared may be old, and `validate` is there for what is new.
 *
 * @returns undefined where a git revision has no registry, as one from before there was any
 */
function readModel(name: string, profiles: Profiles, options: DiffOptions): Model | undefined {
  if (kind(name) === 'folder') {
    return read(name, profiles);
  }
  const checkedOut = checkOutRegistry(name, resolve(registryOf(options)));
  switch (checkedOut.kind) {
    case 'no-repository':
      throw new UsageError(`${name} is no folder, and ${registryOf(options)} is in no git repository`);
    case 'no-revision':
      throw new UsageError(`${name} is no folder, and no git revision`);
    case 'shallow':
      throw new UsageError(
        `${name} is no folder, and not among the revisions of this shallow clone: ` +
          `run git fetch --depth=1 origin ${name}, or give actions/checkout \`fetch-depth: 0\``,
      );
    case 'no-registry':
      note(options, `${name} has no ${checkedOut.path}: compared with an empty registry`);
      return undefined;
    case 'checked-out':
      try {
        return read(checkedOut.folder, profiles);
      } finally {
        checkedOut.remove();
      }
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

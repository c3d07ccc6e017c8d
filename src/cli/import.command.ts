import type { Declaration } from '../../generated/types/declaration.ts';
import type { Imported } from '../../generated/types/imported.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import { loadProfiles } from '../../generator/declarations/load.ts';
import { sortKernels } from '../../generator/declarations/kernel-range.ts';
import { mergeImport } from '../../generator/importers/merge/merge-import.ts';
import { importProfile } from '../../generator/importers/profile/import-profile.ts';
import { importTree } from '../../generator/importers/tree/import-tree.ts';
import type { Problem } from '../../generator/importers/tree/problem.ts';
import { openTree, type SourceTree } from '../../generator/importers/tree/source-tree.ts';
import { parse, stringify } from 'yaml';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { note, print, type CommonOptions } from './output.ts';
import { startProgress } from './progress.ts';
import { kernelNamed, registryFolder } from './registry-paths.ts';
import { UsageError } from './usage-error.ts';
import { writeImport } from './write-import.ts';

export interface ImportOptions extends CommonOptions {
  readonly tree?: string;
  readonly vmlinux?: string;
  readonly btf?: string;
  readonly kernel: string;
  readonly write?: boolean;
  readonly format: 'yaml' | 'json';
}

/** `kfuncs import`: declarations out of a source tree or a binary, printed as a list or written into the registry. */
export async function importCommand(options: ImportOptions): Promise<ExitCode> {
  const { tree, vmlinux } = options;
  if (tree !== undefined && vmlinux === undefined) {
    return importFromTree(tree, options);
  }
  if (vmlinux === undefined || tree !== undefined || options.write === true) {
    throw new UsageError('name a source tree with --tree, or a binary with --vmlinux; only a tree can be written');
  }
  const { kernels } = loadProfiles();
  const { version } = kernelNamed(options.kernel, kernels);
  const { importVmlinux } = await import('./import-vmlinux.ts');
  const registry = registryFolder(options.registry);
  const { declarations, problems } = await importVmlinux(vmlinux, options.btf, version, kernels, registry);
  printDeclarations(declarations, options);
  return told(problems);
}

function importFromTree(root: string, options: ImportOptions): ExitCode {
  const { kernels } = loadProfiles();
  const { profile, imported } = readTree(root, options, kernels);
  const all = sortKernels([...kernels.filter(({ version }) => version !== profile.version), profile]);
  if (options.write === true) {
    const { problems, changed } = writeImport(registryFolder(options.registry), imported, profile.version, all);
    note(options, `${String(imported.sources.length)} source files read, ${String(changed)} declarations changed`);
    return told([...imported.problems, ...problems].map(problemText));
  }
  const { files, problems } = mergeImport([], imported, profile.version, all);
  const declarations = files.flatMap(({ text, importedText }) =>
    text === undefined ? [] : [withPrototypes(parse(text) as Declaration, importedText)],
  );
  printDeclarations(declarations, options);
  return told([...imported.problems, ...problems].map(problemText));
}

/** Says on a terminal how far it is, since a tree has tens of thousands of files. */
function readTree(
  root: string,
  options: ImportOptions,
  kernels: readonly Kernel[],
): { readonly profile: Kernel; readonly imported: ReturnType<typeof importTree> } {
  const progress = startProgress(process.stderr, options.quiet !== true);
  try {
    const tree = openTree(root, (files) => {
      progress.tell(() => `${String(files)} files of ${root} read`);
    });
    const profile = profileOf(tree, root, options, kernels);
    return { profile, imported: importTree(tree, profile) };
  } finally {
    progress.done();
  }
}

function printDeclarations(declarations: readonly Declaration[], { format }: ImportOptions): void {
  print(
    format === 'json'
      ? `${JSON.stringify(declarations, undefined, 2)}\n`
      : stringify(declarations, { lineWidth: 0, flowCollectionPadding: true }),
  );
}

/** The profile of the kernel, which must be the one that the tree is of. */
function profileOf(
  tree: SourceTree,
  root: string,
  { kernel, write }: ImportOptions,
  kernels: readonly Kernel[],
): Kernel {
  const { kernel: read } = importProfile(tree);
  if (read === undefined) {
    throw new UsageError(
      `${root} is no kernel source tree with kfuncs, or lacks kernel/bpf/btf.c and include/linux/btf.h`,
    );
  }
  if (read.version !== kernel) {
    throw new UsageError(`${root} is the source tree of ${read.version} (${read.release}), not of ${kernel}`);
  }
  if (write !== true) {
    // Only what is written into the package's own registry brings its profile along.
    return kernelNamed(kernel, kernels);
  }
  // What filters let through is read by people, and stays.
  const filters = kernels.find(({ version }) => version === kernel)?.filters;
  return filters === undefined ? read : { ...read, filters };
}

/** A declaration that stands alone says itself what would stand beside it. */
function withPrototypes(declaration: Declaration, importedText: string | undefined): Declaration {
  const { functions } = JSON.parse(importedText ?? '{"functions":{}}') as Pick<Imported, 'functions'>;
  const prototypes = Object.values(functions).flatMap((definitions) => definitions.map(({ prototype }) => prototype));
  return prototypes.length === 0 ? declaration : { ...declaration, prototypes };
}

function problemText({ file, line, reason }: Problem): string {
  return `${file}:${String(line)}: ${reason}`;
}

/** What could not be resolved is told, with its place where it has one, and is a finding. */
function told(problems: readonly string[]): ExitCode {
  for (const problem of problems) {
    process.stderr.write(`${problem}\n`);
  }
  return problems.length === 0 ? EXIT.ok : EXIT.findings;
}

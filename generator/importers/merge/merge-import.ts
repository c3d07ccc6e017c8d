import type { Declaration } from '../../../generated/types/declaration.ts';
import type { Imported } from '../../../generated/types/imported.ts';
import type { Kernel } from '../../../generated/types/kernel.ts';
import type { Problem } from '../tree/problem.ts';
import type { TreeImport, TreeSource } from '../tree/tree-model.ts';
import { contentAt, contentOfTree } from './content.ts';
import { editYaml } from './edit-yaml.ts';
import { mergeImported, printImported } from './imported-file.ts';
import { planDeclaration } from './plan.ts';
import { printDeclaration } from './print-declaration.ts';

/** A declaration file as it is. */
export interface ExistingDeclaration {
  /** Path of the file, as it shall come back. */
  readonly path: string;
  readonly text: string;
  /** What the text says. */
  readonly declaration: Declaration;
  /** What the .imported.json beside it says; undefined where there is none. */
  readonly imported: Imported | undefined;
}

/** A declaration file as it shall be. */
export interface MergedDeclaration {
  /** As given; undefined for a new one. */
  readonly path: string | undefined;
  readonly source: string;
  /** Undefined where nothing is left of it: no kernel has the file any more. */
  readonly text: string | undefined;
  /** The .imported.json beside it. */
  readonly importedText: string | undefined;
}

export interface MergedImport {
  /** One for each file given, in that order, then the new ones. */
  readonly files: readonly MergedDeclaration[];
  readonly problems: readonly Problem[];
}

/**
 * Puts what a kernel's tree says in the place of what declarations say of that kernel. What they say of other kernels
 * stays, so the kernels may come in any order, and one that comes again changes nothing. A declaration that no importer
 * has read anything for stays as it is where the tree has not its source file.
 *
 * @param version the kernel whose tree was read
 * @param kernels all profiles, oldest first, with that kernel's
 */
export function mergeImport(
  existing: readonly ExistingDeclaration[],
  { sources }: TreeImport,
  version: string,
  kernels: readonly Kernel[],
): MergedImport {
  const index = kernels.findIndex((kernel) => kernel.version === version);
  const kernel = kernels[index];
  if (kernel === undefined) {
    throw new Error(`${version} has no profile`);
  }
  const versions = kernels.map((each) => each.version);
  const problems: Problem[] = [];
  const mergeFile = (
    file: ExistingDeclaration | undefined,
    source: string,
    read: TreeSource | undefined,
  ): MergedDeclaration => {
    if (file !== undefined && read === undefined && file.imported === undefined) {
      return { path: file.path, source, text: file.text, importedText: undefined };
    }
    const old = file?.declaration ?? { source, owner: read?.owner ?? 'vmlinux' };
    const contents = kernels.map((_, at) =>
      at !== index ? contentAt(old, kernels, at) : read === undefined ? undefined : contentOfTree(read, kernel),
    );
    if (contents.every((content) => content === undefined)) {
      return { path: file?.path, source, text: undefined, importedText: undefined };
    }
    const owners = new Set(contents.flatMap((content) => content?.owner ?? []));
    if (owners.size > 1) {
      problems.push({ file: source, line: 1, reason: `kernels differ in who owns it: ${[...owners].join(', ')}` });
    }
    const plan = planDeclaration(old, contents, versions);
    return {
      path: file?.path,
      source,
      text: file === undefined ? printDeclaration(plan.declaration) : editYaml(file.text, old, plan),
      importedText: printImported(mergeImported(file?.imported, source, read, version, versions)),
    };
  };
  const known = existing.map((file) => {
    const { source } = file.declaration;
    return mergeFile(
      file,
      source,
      sources.find((each) => each.source === source),
    );
  });
  const added = sources
    .filter(({ source }) => !existing.some(({ declaration }) => declaration.source === source))
    .map((read) => mergeFile(undefined, read.source, read));
  return { files: [...known, ...added], problems };
}

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findDeclarations, findHelperFiles, findProfiles, findYaml } from '../../generator/declarations/find-files.ts';
import { InputError } from '../../generator/declarations/input-error.ts';
import type { LoadedRegistry } from '../../generator/declarations/load.ts';
import { PACKAGE_ROOT, readSchemas } from '../../generator/declarations/package-files.ts';
import { IMPORTED, readBytes } from '../../generator/declarations/read-source.ts';
import { nearest } from '../../generator/diagnostics/nearest.ts';
import { helperData } from '../../generator/helpers/merge-helpers.ts';
import { hashInputs, isUpToDate, makeStamp, readStamp, writeStamp } from '../../generator/output/stamp.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { note, print, type CommonOptions } from './output.ts';
import { registryFolder } from './registry-paths.ts';
import { UsageError } from './usage-error.ts';

export interface GenerateOptions extends CommonOptions {
  readonly check?: boolean;
  readonly out: string;
  readonly target: readonly string[];
  readonly kernel: readonly string[];
}

/** The kinds of output, in words that need no target to be loaded; the same as the targets' own names. */
export const TARGET_NAMES = ['types', 'tables', 'contexts', 'json', 'include', 'docs'] as const;

/** `kfuncs generate`: everything that is made from a registry; nothing where nothing changed. */
export async function generateCommand(options: GenerateOptions): Promise<ExitCode> {
  const names = targetNames(options.target);
  const registry = registryFolder(options.registry);
  if (options.out === '') {
    throw new UsageError('--out names no folder');
  }
  const inputs = inputHash(registry, options.kernel);
  const isEverything = names.length === TARGET_NAMES.length;
  if (
    isEverything &&
    options.check !== true &&
    inputs !== undefined &&
    isUpToDate(options.out, readStamp(options.out), inputs)
  ) {
    note(options, `${options.out} is up to date`);
    return EXIT.ok;
  }
  const { startEmission } = await import('./emit-targets.ts');
  const emission = startEmission(names);
  const { loadValid } = await import('./load-valid.ts');
  let loaded: LoadedRegistry | undefined;
  try {
    loaded = await loadValid(options, options.kernel);
  } finally {
    if (loaded === undefined) {
      await emission.cancel();
    }
  }
  if (loaded === undefined) {
    return EXIT.findings;
  }
  const files = await emission.finish(loaded.registry.model, loaded.contexts, helperData(loaded.helpers));
  if (options.check === true) {
    const { printDifference } = await import('./print-difference.ts');
    return printDifference(options, files, names);
  }
  const { writeOutput } = await import('../../generator/output/write-output.ts');
  const { added, changed, removed } = await writeOutput(options.out, files, names);
  if (isEverything && inputs !== undefined) {
    writeStamp(options.out, makeStamp(inputs, files));
  }
  const counts = [
    [added.length, 'written'],
    [changed.length, 'changed'],
    [removed.length, 'removed'],
  ] as const;
  const done = counts.flatMap(([count, what]) => (count > 0 ? [`${String(count)} ${what}`] : [])).join(', ');
  print(
    options.quiet === true
      ? ''
      : `${options.out}: ${String(files.length)} files, ${done === '' ? 'none changed' : done}\n`,
  );
  return EXIT.ok;
}

function targetNames(asked: readonly string[]): readonly string[] {
  for (const name of asked) {
    if (!TARGET_NAMES.some((known) => known === name)) {
      const near = nearest(name, TARGET_NAMES);
      throw new UsageError(
        `there is no target ${name}: ${near === undefined ? `there are ${TARGET_NAMES.join(', ')}` : `did you mean ${near}?`}`,
      );
    }
  }
  return asked.length === 0 ? TARGET_NAMES : TARGET_NAMES.filter((name) => asked.includes(name));
}

/** Hash of the inputs; undefined where one can't be read, which is for the reading that follows to tell. */
function inputHash(registry: string, kernels: readonly string[]): string | undefined {
  try {
    return hashInputs(inputsOf(registry, kernels));
  } catch (error) {
    if (error instanceof InputError) {
      return undefined;
    }
    throw error;
  }
}

/** Everything that the output depends on: what is read, and the program itself with the libraries it calls. */
function* inputsOf(registry: string, kernels: readonly string[]): Generator<readonly [string, string | Uint8Array]> {
  yield ['kernels', [...kernels].sort().join(' ')];
  yield ['package', readFileSync(join(PACKAGE_ROOT, 'package.json'))];
  // The parts of the bundle have names that change with their content, and its entries name them all.
  const program = realpathSync(process.argv[1] ?? '');
  yield ['program', readFileSync(program)];
  yield ['worker', readFileSync(join(dirname(program), 'early-worker.js'))];
  for (const [name, schema] of readSchemas()) {
    yield [name, JSON.stringify(schema)];
  }
  const profiles = findProfiles(join(PACKAGE_ROOT, 'registry'));
  const rules = ['contexts', 'prog-types'].flatMap((name) => findYaml(join(PACKAGE_ROOT, 'registry', name)));
  for (const path of [...profiles, ...rules, ...findHelperFiles(registry), ...findDeclarations(registry)]) {
    yield [path, bytesOf(path)];
    const imported = path.replace(/\.(ya?ml|json)$/, IMPORTED);
    if (existsSync(imported)) {
      yield [imported, bytesOf(imported)];
    }
  }
}

/** A file too large to be read is known by its size. */
function bytesOf(path: string): Uint8Array | string {
  const bytes = readBytes(path);
  return typeof bytes === 'number' ? `${String(bytes)} bytes` : bytes;
}

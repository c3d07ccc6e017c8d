import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Kernel } from '../../generated/types/kernel.ts';
import { loadProfiles } from '../../generator/declarations/load.ts';
import { displayName } from '../../generator/declarations/read-source.ts';
import { addEntry } from '../../generator/add/add-entry.ts';
import type { AddRequest, EntryRequest } from '../../generator/add/request.ts';
import { formatPretty } from '../../generator/diagnostics/format/pretty.ts';
import { nearest } from '../../generator/diagnostics/nearest.ts';
import { positionAt } from '../../generator/diagnostics/source-file.ts';
import { declarationFor, openRegistry } from './add/declaration-file.ts';
import { judgeChange } from './add/judge-change.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { note, print, styleOf, widthOf, type CommonOptions } from './output.ts';
import { knownKernels, ownRegistryFolder } from './registry-paths.ts';
import { replaceFile } from './replace-file.ts';
import { UsageError } from './usage-error.ts';

/** What `kfuncs add` takes for an entry of any kind. */
export interface AddOptions extends CommonOptions {
  readonly source?: string;
  readonly owner?: string;
  readonly since?: string;
  readonly until?: string;
  readonly config?: string;
  readonly prototype?: string;
  readonly dryRun?: boolean;
}

export interface KfuncOptions {
  readonly set?: string;
  readonly newSet?: boolean;
  readonly hook: readonly string[];
  readonly flag: readonly string[];
}

export interface DtorOptions {
  readonly type: string;
  readonly kfunc: string;
}

/** `kfuncs add kfunc`: a kfunc in a set of a declaration, or in a new one. */
export function addKfuncCommand(name: string, options: KfuncOptions & AddOptions): ExitCode {
  const { set, newSet = false } = options;
  if (newSet && set === undefined) {
    throw new UsageError('--new-set wants the name of the set: --set NAME');
  }
  return add(options, (source) => ({
    kind: 'kfunc',
    name,
    newSet,
    hooks: words(options.hook),
    flags: words(options.flag),
    ...(set === undefined ? {} : { set }),
    ...shared(options, source),
  }));
}

/** `kfuncs add dtor`: a destructor pair. */
export function addDtorCommand(options: DtorOptions & AddOptions): ExitCode {
  const { type, kfunc } = options;
  return add(options, (source) => ({ kind: 'dtor', type, kfunc, ...shared(options, source) }));
}

/** Adds the entry to the text of its declaration, judges what comes out, and writes that if it is valid. */
function add(options: AddOptions, requestFor: (source: string) => AddRequest): ExitCode {
  const registry = ownRegistryFolder(options.registry);
  const profiles = loadProfiles();
  const opened = openRegistry(registry, profiles);
  const request = requestFor(options.source ?? onlySource(opened.sources));
  checkNames(request, profiles.kernels);
  const found = declarationFor(opened, request);
  if ('findings' in found) {
    print(formatPretty({ diagnostics: found.findings, files: 1 }, styleOf(options), widthOf(process.stdout)));
    note(options, `${displayName(found.path)} has to be mended first; nothing was written`);
    return EXIT.findings;
  }
  const { path, before, begun } = found;
  const { text, where, path: at } = addEntry(begun, request, profiles.kernels);
  const { findings, isValid, file } = judgeChange(opened, profiles, path, text);
  if (findings.length > 0) {
    print(formatPretty({ diagnostics: findings, files: 1 }, styleOf(options), widthOf(process.stdout)));
  }
  if (!isValid) {
    note(options, `${displayName(path)}: nothing was written`);
    return EXIT.findings;
  }
  const shown = displayName(path);
  if (options.dryRun === true) {
    const old = before === undefined ? '/dev/null' : `a/${shown}`;
    const format = { context: 3, headerOptions: FILE_HEADERS_ONLY };
    print(createTwoFilesPatch(old, `b/${shown}`, before ?? '', text, undefined, undefined, format));
  } else {
    replaceFile(path, text);
    const { line } = positionAt(file, file.locate(at, 'value').start);
    print(options.quiet === true ? '' : `${shown}:${String(line)}: added to ${where}\n`);
    note(options, 'Next: kfuncs generate');
  }
  return findings.length > 0 ? EXIT.findings : EXIT.ok;
}

function shared(options: AddOptions, source: string): EntryRequest {
  const { owner, since, until, config, prototype } = options;
  return {
    source,
    ...(owner === undefined ? {} : { owner }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(config === undefined ? {} : { config }),
    ...(prototype === undefined ? {} : { prototype }),
  };
}

/** Lists may be written with commas, too. */
function words(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => value.split(',')).filter((value) => value !== '');
}

function onlySource(sources: readonly string[]): string {
  const [only, other] = sources;
  if (only === undefined || other !== undefined) {
    throw new UsageError(`--source is missing: the registry declares ${String(sources.length)} source files`);
  }
  return only;
}

/** What chooses the set must be known; the rest is for validation to judge. */
function checkNames(request: AddRequest, kernels: readonly Kernel[]): void {
  knownKernels(
    [request.since, request.until].filter((version) => version !== undefined),
    kernels,
  );
  const known = new Set(kernels.flatMap(({ hooks }) => Object.keys(hooks)));
  for (const hook of request.kind === 'kfunc' ? request.hooks.filter((each) => !known.has(each)) : []) {
    const near = nearest(hook, known);
    throw new UsageError(
      `there is no hook ${hook}: ${near === undefined ? `the hooks are ${[...known].join(', ')}` : `did you mean ${near}?`}`,
    );
  }
}

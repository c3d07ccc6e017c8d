import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { openKernels, type GivenKernel } from '../../generator/btf-kernel/open-kernels.ts';
import { BTF_RULES } from '../../generator/btf-rules/index.ts';
import { judgedKernels } from '../../generator/btf-rules/judged-kernel.ts';
import { notesOf } from '../../generator/btf-rules/notes.ts';
import { runBtfRules } from '../../generator/btf-rules/run.ts';
import { InputError } from '../../generator/declarations/input-error.ts';
import { documentOf } from '../../generator/declarations/read-source.ts';
import { loadProfiles, loadRegistry, type LoadedRegistry, type Profiles } from '../../generator/declarations/load.ts';
import { packageVersion } from '../../generator/declarations/package-files.ts';
import { validateRegistry } from '../../generator/rules/validate.ts';
import type { Registry } from '../../generator/declarations/registry.ts';
import { applyFixes } from '../../generator/diagnostics/apply-fixes.ts';
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts';
import { formatGithub } from '../../generator/diagnostics/format/github.ts';
import { formatPretty } from '../../generator/diagnostics/format/pretty.ts';
import { formatJson, type Report } from '../../generator/diagnostics/format/report.ts';
import { formatSarif } from '../../generator/diagnostics/format/sarif.ts';
import type { SourceFile } from '../../generator/diagnostics/source-file.ts';
import { ALL_RULES } from '../../generator/rules/index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { note, print, styleOf, type CommonOptions } from './output.ts';
import { knownKernels, registryFolder } from './registry-paths.ts';

export interface ValidateOptions extends CommonOptions {
  readonly kernel: readonly string[];
  readonly fix?: boolean;
  readonly btf: readonly string[];
  readonly format: 'pretty' | 'json' | 'github' | 'sarif';
}

/** `kfuncs validate`: every finding of every file. */
export async function validateCommand(paths: readonly string[], options: ValidateOptions): Promise<ExitCode> {
  const profiles = loadProfiles();
  const kernels = knownKernels(options.kernel, profiles.kernels);
  const given = await openKernels(options.btf);
  const asked = paths.length > 0 ? paths : [registryFolder(options.registry)];
  let loaded = loadRegistry(asked, profiles, kernels);
  const judge = (): readonly Diagnostic[] => validateRegistry(loaded, compareWithBtf(loaded.registry, given));
  let diagnostics = judge();
  if (options.fix === true) {
    for (let round = 0; round < MAX_ROUNDS && writeFixes(diagnostics, options) > 0; round++) {
      const again: Profiles = loadProfiles();
      loaded = loadRegistry(asked, again, kernels);
      diagnostics = judge();
    }
  }
  for (const judged of judgedKernels(loaded.registry, given)) {
    notesOf(judged).forEach((text) => {
      note(options, text);
    });
  }
  print(formatted({ diagnostics, files: loaded.declarations, unreadable: loaded.unreadable.length }, options));
  return exitCode(loaded, diagnostics);
}

function compareWithBtf(registry: Registry, given: readonly GivenKernel[]): readonly Diagnostic[] | undefined {
  const order = registry.kernels.map(({ version }) => version);
  return given.length === 0 ? undefined : runBtfRules(judgedKernels(registry, given), order);
}

/** A fix may uncover another: as a misspelt key that holds a misspelt flag. */
const MAX_ROUNDS = 10;

/** Findings that a command which needs a valid registry prints before it gives up. */
export function formatted(report: Report, options: ValidateOptions): string {
  switch (options.format) {
    case 'json':
      return formatJson(report);
    case 'github':
      return formatGithub(report);
    case 'sarif':
      return formatSarif(report, [...ALL_RULES, ...BTF_RULES], packageVersion());
    case 'pretty':
      return options.quiet === true && report.diagnostics.length === 0 ? '' : formatPretty(report, styleOf(options));
  }
}

function exitCode({ unreadable }: LoadedRegistry, diagnostics: readonly Diagnostic[]): ExitCode {
  for (const { message } of unreadable) {
    process.stderr.write(`kfuncs: ${message}\n`);
  }
  return unreadable.length > 0 ? EXIT.usage : diagnostics.length > 0 ? EXIT.findings : EXIT.ok;
}

/** @returns how many findings were mended */
function writeFixes(diagnostics: readonly Diagnostic[], options: ValidateOptions): number {
  const byFile = new Map<string, { readonly file: SourceFile; readonly findings: Diagnostic[] }>();
  for (const diagnostic of diagnostics.filter(({ fix }) => fix.length > 0)) {
    const { file } = diagnostic;
    const known = byFile.get(file.name) ?? { file, findings: [] };
    known.findings.push(diagnostic);
    byFile.set(file.name, known);
  }
  let mended = 0;
  for (const { file, findings } of byFile.values()) {
    const { text, applied } = applyFixes(file.text, findings, (candidate) => isSound(file.name, candidate));
    if (applied > 0) {
      replaceFile(file.name, text);
    }
    mended += applied;
    note(options, `${file.name}: ${String(applied)} mended`);
  }
  return mended;
}

/** Whether a mended text can be read: a fix that is right in block style may break a flow, or a JSON file. */
function isSound(name: string, text: string): boolean {
  const { data } = documentOf(name, Buffer.from(text));
  return data !== undefined && (!name.endsWith('.json') || isJson(text));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whole or not at all. */
function replaceFile(path: string, text: string): void {
  const written = `${path}.kfuncs-fix`;
  try {
    writeFileSync(written, text);
    renameSync(written, path);
  } catch {
    rmSync(written, { force: true });
    throw new InputError(path, 'it can not be written');
  }
}

import { documentOf } from '../../generator/declarations/read-source.ts';
import { loadProfiles, loadRegistry, type LoadedRegistry, type Profiles } from '../../generator/declarations/load.ts';
import { packageVersion } from '../../generator/declarations/package-files.ts';
import { validateRegistry } from '../../generator/rules/validate.ts';
import { applyFixes } from '../../generator/diagnostics/apply-fixes.ts';
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts';
import { formatGithub } from '../../generator/diagnostics/format/github.ts';
import { formatPretty } from '../../generator/diagnostics/format/pretty.ts';
import { formatJson, type Report } from '../../generator/diagnostics/format/report.ts';
import { formatSarif } from '../../generator/diagnostics/format/sarif.ts';
import type { RuleInfo } from '../../generator/diagnostics/rule.ts';
import type { SourceFile } from '../../generator/diagnostics/source-file.ts';
import { HELPER_RULES } from '../../generator/helper-rules/index.ts';
import { ALL_RULES } from '../../generator/rules/index.ts';
import type { BtfJudge } from './btf-judge.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { note, print, styleOf, widthOf, type CommonOptions } from './output.ts';
import { knownKernels, registryFolder } from './registry-paths.ts';
import { replaceFile } from './replace-file.ts';
import { repositoryPaths } from './repository-path.ts';

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
  const btf = options.btf.length === 0 ? undefined : await openJudge(options.btf);
  const asked = paths.length > 0 ? paths : [registryFolder(options.registry)];
  let loaded = loadRegistry(asked, profiles, kernels);
  const judge = (): readonly Diagnostic[] => validateRegistry(loaded, btf?.judge(loaded.registry));
  let diagnostics = judge();
  if (options.fix === true) {
    for (let round = 0; round < MAX_ROUNDS && writeFixes(diagnostics, options) > 0; round++) {
      const again: Profiles = loadProfiles();
      loaded = loadRegistry(asked, again, kernels);
      diagnostics = judge();
    }
  }
  btf?.notes(loaded.registry).forEach((text) => note(options, text));
  const report = { diagnostics, files: loaded.declarations, unreadable: loaded.unreadable.length };
  print(formatted(report, options, [...ALL_RULES, ...HELPER_RULES, ...(btf?.rules ?? [])]));
  return exitCode(loaded, diagnostics);
}

async function openJudge(files: readonly string[]): Promise<BtfJudge> {
  const { openBtfJudge } = await import('./btf-judge.ts');
  return openBtfJudge(files);
}

/** A fix may uncover another: as a misspelt key that holds a misspelt flag. */
const MAX_ROUNDS = 10;

function formatted(report: Report, options: ValidateOptions, rules: readonly RuleInfo[]): string {
  switch (options.format) {
    case 'json':
      return formatJson(report);
    case 'github':
      return formatGithub(report, repositoryPaths());
    case 'sarif':
      return formatSarif(report, rules, packageVersion(), repositoryPaths());
    case 'pretty':
      return options.quiet === true && report.diagnostics.length === 0
        ? ''
        : formatPretty(report, styleOf(options), widthOf(process.stdout));
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

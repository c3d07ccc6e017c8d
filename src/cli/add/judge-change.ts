import { loadRegistry, type Profiles } from '../../../generator/declarations/load.ts';
import { displayName } from '../../../generator/declarations/read-source.ts';
import type { Diagnostic } from '../../../generator/diagnostics/diagnostic.ts';
import type { SourceFile } from '../../../generator/diagnostics/source-file.ts';
import { validateRegistry } from '../../../generator/rules/validate.ts';
import type { OpenedRegistry } from './declaration-file.ts';

/** What validation says of a change that is not written yet. */
export interface Judgement {
  /** The findings that were not there before, at their places in the file as it would be. */
  readonly findings: readonly Diagnostic[];
  /** Whether none of them is an error. */
  readonly isValid: boolean;
  /** The file as it would be. */
  readonly file: SourceFile;
}

/** Validates a registry as if a file of it had another text. */
export function judgeChange(opened: OpenedRegistry, profiles: Profiles, path: string, text: string): Judgement {
  const loaded = loadRegistry(opened.roots, profiles, [], new Map([[path, text]]));
  const name = displayName(path);
  const file = loaded.files.find((each) => each.name === name);
  if (file === undefined) {
    throw new Error(`${path} was not read`);
  }
  const known = countBySubject(validateRegistry(opened.loaded));
  const findings = validateRegistry(loaded).filter((finding) => {
    const subject = subjectOf(finding);
    const left = known.get(subject) ?? 0;
    known.set(subject, left - 1);
    return left <= 0;
  });
  // The text is written nowhere, so `validate --fix` could not mend it.
  return {
    findings: findings.map((each) => ({ ...each, fix: [] })),
    isValid: findings.every(({ severity }) => severity !== 'error'),
    file,
  };
}

function countBySubject(findings: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const subject = subjectOf(finding);
    counts.set(subject, (counts.get(subject) ?? 0) + 1);
  }
  return counts;
}

/** A finding without its place, which an entry before it would move. */
function subjectOf({ rule, message, file }: Diagnostic): string {
  return JSON.stringify([rule, message, file.name]);
}

import type { Diagnostic } from '../diagnostic.ts';
import { kernelNames } from '../kernel-names.ts';
import type { RuleInfo } from '../rule.ts';
import type { Range, SourceFile } from '../source-file.ts';
import { locationOf, type PathOf, type Report } from './report.ts';

/**
 * SARIF 2.1.0, as code scanning services read it.
 *
 * @param pathOf gives the path of a file from the root of its repository
 */
export function formatSarif(
  { diagnostics }: Report,
  rules: readonly RuleInfo[],
  version: string,
  pathOf: PathOf,
): string {
  const used = rules.filter(({ id }) => diagnostics.some(({ rule }) => rule === id));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'kfuncs',
            version,
            rules: used.map(({ id, title, explanation, severity }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: explanation },
              defaultConfiguration: { level: severity },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => result(diagnostic, used, pathOf)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function result(diagnostic: Diagnostic, rules: readonly RuleInfo[], pathOf: PathOf): object {
  const { rule, severity, message, suggestion, kernels, file, range, related, fix } = diagnostic;
  const holds = kernels.length > 0 ? ` (${kernelNames(kernels)})` : '';
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: `${message}${holds}${suggestion === undefined ? '' : `. ${suggestion}`}` },
    locations: [{ physicalLocation: physicalLocation(file, range, pathOf) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            id,
            message: { text: each.message },
            physicalLocation: physicalLocation(each.file, each.range, pathOf),
          })),
        }),
    ...(fix.length === 0
      ? {}
      : {
          fixes: [
            {
              artifactChanges: [
                {
                  artifactLocation: artifactLocation(file, pathOf),
                  replacements: fix.map((edit) => ({
                    deletedRegion: region(file, edit.range),
                    insertedContent: { text: edit.newText },
                  })),
                },
              ],
            },
          ],
        }),
  };
}

function physicalLocation(file: SourceFile, range: Range, pathOf: PathOf): object {
  return { artifactLocation: artifactLocation(file, pathOf), region: region(file, range) };
}

function region(file: SourceFile, range: Range): object {
  const { line, column, endLine, endColumn } = locationOf(file, range);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Relative to the repository, which services know as %SRCROOT%; a file outside of it has its whole path. */
function artifactLocation(file: SourceFile, pathOf: PathOf): object {
  const path = pathOf(file.name);
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}

import type { Diagnostic } from '../diagnostic.ts';
import { kernelNames } from '../kernel-names.ts';
import type { RuleInfo } from '../rule.ts';
import type { Range, SourceFile } from '../source-file.ts';
import { locationOf, type Report } from './report.ts';

/** SARIF 2.1.0, as code scanning services read it. */
export function formatSarif({ diagnostics }: Report, rules: readonly RuleInfo[], version: string): string {
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
        results: diagnostics.map((diagnostic) => result(diagnostic, used)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function result(diagnostic: Diagnostic, rules: readonly RuleInfo[]): object {
  const { rule, severity, message, suggestion, kernels, file, range, related, fix } = diagnostic;
  const holds = kernels.length > 0 ? ` (${kernelNames(kernels)})` : '';
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: `${message}${holds}${suggestion === undefined ? '' : `. ${suggestion}`}` },
    locations: [{ physicalLocation: physicalLocation(file, range) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            id,
            message: { text: each.message },
            physicalLocation: physicalLocation(each.file, each.range),
          })),
        }),
    ...(fix.length === 0
      ? {}
      : {
          fixes: [
            {
              artifactChanges: [
                {
                  artifactLocation: { uri: uri(file) },
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

function physicalLocation(file: SourceFile, range: Range): object {
  return { artifactLocation: { uri: uri(file) }, region: region(file, range) };
}

function region(file: SourceFile, range: Range): object {
  const { line, column, endLine, endColumn } = locationOf(file, range);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function uri(file: SourceFile): string {
  return file.name.split('/').map(encodeURIComponent).join('/');
}

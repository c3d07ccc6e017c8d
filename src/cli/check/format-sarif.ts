import type { CheckReport, CheckResult, CodePlace, PathStep } from '../../../generated/types/check-report.ts';

/** What SARIF is told of a rule. */
export interface RuleText {
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly explanation: string;
}

/** Stands for what is not modelled: it breaks no rule, and must not go unseen. */
const UNSUPPORTED: RuleText = {
  id: 'check/unsupported',
  title: 'Programs are modelled',
  explanation: 'Something in the program, or the kernel, is not modelled: nothing is claimed about it.',
};

/** SARIF 2.1.0, as code scanning services read it: a result for each program and kernel that is not accepted. */
export function formatSarif({ results }: CheckReport, allRules: readonly RuleText[], version: string): string {
  const found = results.filter(({ verdict }) => verdict !== 'accept');
  const used = new Set(found.map(ruleOf));
  const known = [...allRules, UNSUPPORTED].filter(({ id }) => used.has(id));
  const ids = known.map(({ id }) => id);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'kfuncs',
            version,
            rules: known.map(({ id, title, explanation }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: explanation },
              defaultConfiguration: { level: id === UNSUPPORTED.id ? 'warning' : 'error' },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: found.map((result) => resultOf(result, ids)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf({ rule }: CheckResult): string {
  return rule ?? UNSUPPORTED.id;
}

function resultOf(result: CheckResult, ids: readonly string[]): object {
  const { id, kernel, verdict, message = '', suggestion, errno_name: errno, place, related = [], path = [] } = result;
  const index = ids.indexOf(ruleOf(result));
  const returns = errno === undefined ? '' : `, which returns ${errno}`;
  const advice = suggestion === undefined ? '' : `. ${suggestion}`;
  const steps = path.map((step) => ({ place: step.from, text: stepText(step) }));
  return {
    ruleId: ruleOf(result),
    ...(index === -1 ? {} : { ruleIndex: index }),
    level: verdict === 'reject' ? 'error' : 'warning',
    message: { text: `${message} (${id} on ${kernel}${returns})${advice}` },
    locations: [locationOf(result, place)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, number) => ({
            id: number,
            message: { text: each.message },
            ...locationOf(result, each.place),
          })),
        }),
    ...(steps.length === 0 || place === undefined
      ? {}
      : {
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: [...steps, { place, text: message }].map((step) => ({
                    location: { ...locationOf(result, step.place), message: { text: step.text } },
                  })),
                },
              ],
            },
          ],
        }),
  };
}

function stepText({ kind, condition, reference }: PathStep): string {
  return condition ?? (reference === undefined ? kind : `${kind} of reference ${String(reference)}`);
}

/** The line of the source, or else of the file that the program came in. */
function locationOf({ id, file, line }: CheckResult, place: CodePlace | undefined): object {
  const source = place?.source;
  const region =
    source === undefined
      ? line === undefined
        ? undefined
        : { startLine: line }
      : { startLine: Math.max(1, source.line), ...(source.column < 1 ? {} : { startColumn: source.column }) };
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(source?.file ?? file) },
      ...(region === undefined ? {} : { region }),
    },
    logicalLocations: [{ name: id, kind: 'function' }],
  };
}

function uriOf(path: string): string {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${uri}` : uri;
}

import { printConfigExpression } from '../c/config-expression.ts';
import { allConditions, type KfuncEntry } from '../declarations/entries.ts';

/** A doc comment of the given lines; nothing in them can end it. */
export function docComment(lines: readonly string[]): string {
  const safe = lines.map((line) => line.replaceAll('*/', '*\\/').replaceAll(/[\r\n\u2028\u2029]+/g, ' '));
  const [only, ...others] = safe;
  return others.length === 0 ? `/** ${only ?? ''} */\n` : `/**\n${safe.map((line) => ` * ${line}\n`).join('')} */\n`;
}

/** What an editor shows of a kfunc: its prototype, then a line for each way it is registered. */
export function kfuncComment(entries: readonly KfuncEntry[]): readonly string[] {
  const prototype = entries.find((entry) => entry.kfunc.prototype !== undefined)?.kfunc.prototype;
  const hooksByRest = new Map<string, string[]>();
  for (const entry of entries) {
    const rest = describeEntry(entry);
    const hooks = hooksByRest.get(rest) ?? [];
    hooksByRest.set(rest, hooks.includes(entry.hook) ? hooks : [...hooks, entry.hook]);
  }
  return [
    ...(prototype === undefined ? [] : ['```c', prototype.prototype.text, '```']),
    ...[...hooksByRest].map(([rest, hooks]) => `- ${hooks.join(', ')}: ${rest}`),
  ];
}

function describeEntry({ source, set, kfunc }: KfuncEntry): string {
  const flags = kfunc.flags.length === 0 ? 'no flags' : kfunc.flags.join(', ');
  const config = allConditions(source.config, set.config, kfunc.config);
  return [
    kfunc.check ? flags : `${flags}, not callable`,
    `${source.owner} (${source.source})`,
    ...(config === undefined ? [] : [`if ${printConfigExpression(config)}`]),
  ].join('; ');
}

import type { Kernel } from '../../../generated/types/kernel.ts';

/** Longer lists are spread over lines. */
const MAX_COLUMNS = 115;

/** The text of a profile's file under registry/kernels. */
export function printProfile(kernel: Kernel): string {
  const { version, release, layout, set_types: setTypes, hooks, prog_types: progTypes, flags, args, limits } = kernel;
  return [
    '# yaml-language-server: $schema=../../schemas/kernel.schema.json',
    `version: ${version}`,
    `release: ${release}`,
    `layout: ${layout}`,
    ...(setTypes === undefined ? [] : printList('set_types', setTypes)),
    'hooks:',
    ...Object.entries(hooks).flatMap(([name, hook]) => {
      const line = `  ${name}: { value: ${String(hook.value)}, prog_types: [${hook.prog_types.join(', ')}] }`;
      return line.length <= MAX_COLUMNS
        ? [line]
        : [`  ${name}:`, `    value: ${String(hook.value)}`, ...printList('    prog_types', hook.prog_types)];
    }),
    ...printList('prog_types', progTypes),
    ...printNumbers('flags', flags),
    'args:',
    ...printList('  suffixes', args.suffixes),
    ...printList('  names', args.names),
    ...printFilters(kernel.filters),
    ...printNumbers('limits', { ...limits }),
    'registration:',
    ...Object.entries(kernel.registration).map(([key, value]) => `  ${key}: ${value}`),
    'calls:',
    ...Object.entries(kernel.calls).map(([key, value]) => `  ${key}: ${value}`),
    '',
  ].join('\n');
}

/** Each with the programs that it lets through. */
function printFilters(filters: Kernel['filters']): readonly string[] {
  if (filters === undefined) return [];
  const lines = Object.entries(filters).map(([name, passes]) => {
    const parts = (['prog_types', 'attach_types'] as const).flatMap((key) => {
      const values = passes[key];
      return values === undefined ? [] : [`${key}: [${values.join(', ')}]`];
    });
    return `  ${name}: { ${parts.join(', ')} }`;
  });
  return ['filters:', ...lines];
}

function printNumbers(key: string, values: Readonly<Record<string, number>>): readonly string[] {
  const lines = Object.entries(values).map(([name, value]) => `  ${name}: ${String(value)}`);
  return lines.length === 0 ? [`${key}: {}`] : [`${key}:`, ...lines];
}

/** On one line where it fits, else as many to a line as fit. */
function printList(key: string, items: readonly string[]): readonly string[] {
  const line = `${key}: [${items.join(', ')}]`;
  if (line.length <= MAX_COLUMNS) {
    return [line];
  }
  const indent = ' '.repeat(key.length - key.trimStart().length);
  const lines: string[] = [];
  for (const [at, item] of items.entries()) {
    const text = at === items.length - 1 ? item : `${item},`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= MAX_COLUMNS) {
      lines[lines.length - 1] = `${last} ${text}`;
    } else {
      lines.push(`${indent}    ${text}`);
    }
  }
  return [`${key}: [`, ...lines, `${indent}  ]`];
}

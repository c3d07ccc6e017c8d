import { EXAMPLE_MAPS } from './example-maps.ts';
import { EXAMPLE_TYPES_IN_C } from './example-types.ts';
import { isMapExample, type Example, type ExampleMap, type MapExample, type ProgramExample } from './example.ts';

/** An example as people read it: what it is loaded as and its maps as comments, then its code. */
export function exampleText(example: Example): string {
  return (isMapExample(example) ? mapLines(example) : programLines(example)).join('\n');
}

function programLines(example: ProgramExample): readonly string[] {
  const code = example.code.split('\n').map((line) => line.trim());
  const maps = new Set([...example.code.matchAll(/map\[([a-z_]+)/g)].map(([, name = '']) => name));
  return [
    `// ${settingText(example)}`,
    ...[...maps].map((name) => `// map ${name}: ${mapText(EXAMPLE_MAPS[name])}`),
    ...typeLines([...maps].map((name) => EXAMPLE_MAPS[name]?.valueType)),
    ...code.filter((line) => line !== ''),
  ];
}

function settingText(example: ProgramExample): string {
  const { attach, attachType, license, kernel = 'v5.19' } = example;
  return [
    `${example.progType ?? 'sched_cls'}${example.sleepable === true ? ', sleepable' : ''}`,
    ...(attach === undefined ? [] : [`attached to ${attach.kind === 'member' ? attach.member : attach.name}`]),
    ...(attachType === undefined ? [] : [`attach type ${String(attachType)}`]),
    ...(license === undefined ? [] : [`license ${license}`]),
    ...(example.withTypes === true ? ['loaded with the BTF of its functions'] : []),
    kernel,
  ].join('; ');
}

function mapLines({ maps, ops, kernel = 'v5.19' }: MapExample): readonly string[] {
  return [
    `// ${kernel}`,
    ...maps.map((map, index) => `// map ${String(index)}: ${mapText(map)}`),
    ...typeLines(maps.map(({ valueType }) => valueType)),
    ...ops,
  ];
}

/** The types of values in C, each once. */
function typeLines(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names)].flatMap((name) => (EXAMPLE_TYPES_IN_C[name ?? ''] ?? []).map((line) => `// ${line}`));
}

function mapText(map: ExampleMap | undefined): string {
  if (map === undefined) return '?';
  const { type, keySize, valueSize, maxEntries, flags = [], keyType, valueType, inner, text } = map;
  return [
    type,
    ...(keySize === 0 ? [] : [`key ${bytes(keySize)}${typeText(keyType)}`]),
    ...(valueSize === 0 && type === 'ringbuf' ? [] : [`value ${bytes(valueSize)}${typeText(valueType)}`]),
    ...(maxEntries === 1 ? [] : [`max_entries ${String(maxEntries)}`]),
    ...(flags.length === 0 ? [] : [flags.map((flag) => `BPF_F_${flag}`).join(' | ')]),
    ...(inner === undefined ? [] : [`of maps like map ${String(inner)}`]),
    ...(text === undefined ? [] : [`frozen, holds ${JSON.stringify(text)}`]),
  ].join(', ');
}

function typeText(type: string | undefined): string {
  if (type === undefined) return '';
  return type === 'int' ? ' (int)' : ` (struct ${type})`;
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${String(count)} bytes`;
}

import type { MapCase, MapOp } from '../../../program/map-case.ts';
import type { MapSpec, Program, ProgramFunction } from '../../../program/program.ts';
import { typeAt } from '../../../btf/read-type.ts';
import { assemble, type Assembled } from '../../../program/text/assemble.ts';
import { MAP_FLAG } from '../../maps/map-flags.ts';
import { EXAMPLE_MAPS } from './example-maps.ts';
import { exampleTypes } from './example-types.ts';
import { isMapExample, type Example, type ExampleMap, type MapExample, type ProgramExample } from './example.ts';

/**
 * Makes of an example what verify() and judgeMapCase() take.
 *
 * @param helpers numbers of helpers by name, as helperNumbers() gives them
 * @throws AssemblyError, RangeError if the example is none
 */
export function buildExample(id: string, example: Example, helpers: ReadonlyMap<string, number>): Program | MapCase {
  return isMapExample(example) ? buildMapCase(id, example) : buildProgram(id, example, helpers);
}

function buildProgram(id: string, example: ProgramExample, helpers: ReadonlyMap<string, number>): Program {
  const text = repeatLines(example.code);
  const { names, maps } = mapsOf(text);
  const assembled = assemble(text, { helpers, maps: names });
  const { code, kfuncCalls, mapReferences, kernelVariables } = assembled;
  const withTypes = example.withTypes === true;
  return {
    id,
    progType: example.progType ?? 'sched_cls',
    expectedAttachType: example.attachType ?? 0,
    attach: example.attach,
    sleepable: example.sleepable ?? false,
    license: example.license ?? 'GPL',
    code,
    kfuncCalls,
    mapReferences,
    kernelVariables,
    maps,
    btf: withTypes ? exampleTypes().btf : undefined,
    functions: withTypes ? functionsOf(assembled) : [],
    lines: [],
  };
}

/** `3 times: r0 = $` stands for three lines, with the number of each, from 0, in place of `$`. */
function repeatLines(code: string): string {
  return code
    .split('\n')
    .flatMap((line) => {
      const match = /^\s*(\d+) times: (.*)$/.exec(line);
      if (match === null) return [line];
      const [, count, repeated = ''] = match;
      return Array.from({ length: Number(count) }, (_, index) => repeated.replaceAll('$', String(index)));
    })
    .join('\n');
}

/** The maps that a text names, in the order in which it names them, each behind its template. */
function mapsOf(text: string): { readonly names: readonly string[]; readonly maps: readonly MapSpec[] } {
  const names: string[] = [];
  const maps: MapSpec[] = [];
  const add = (name: string): number => {
    const known = names.indexOf(name);
    if (known !== -1) return known;
    const map = EXAMPLE_MAPS[name] ?? EXAMPLE_MAPS[name.replace(/\d+$/, '')];
    if (map === undefined) throw new RangeError(`there is no map ${name} for examples`);
    const inner = map.inner === undefined ? undefined : add(String(map.inner));
    names.push(name);
    return maps.push(specOf(name, map, inner)) - 1;
  };
  for (const [, name = ''] of text.matchAll(/map\[(\w+)\]/g)) add(name);
  return { names, maps };
}

function specOf(name: string, map: ExampleMap, innerMap: number | undefined): MapSpec {
  const { btf, ids } = exampleTypes();
  const { valueType, keyType, text } = map;
  const flags = (map.flags ?? []).reduce((sum, flag) => sum | MAP_FLAG[flag], 0);
  return {
    name,
    type: map.type,
    keySize: map.keySize,
    valueSize: map.valueSize,
    maxEntries: map.maxEntries,
    flags,
    btf: valueType === undefined && keyType === undefined ? undefined : btf,
    keyTypeId: keyType === undefined ? keyIdOf(map) : idOf(ids, keyType),
    valueTypeId: valueType === undefined ? 0 : idOf(ids, valueType),
    innerMap,
    frozen: text !== undefined,
    contents: text === undefined ? undefined : contentsOf(text, map.valueSize),
  };
}

function keyIdOf({ valueType, keySize }: ExampleMap): number {
  const { ids } = exampleTypes();
  if (valueType === undefined) return 0;
  return (keySize === 4 ? ids.get('int') : keySize === 8 ? ids.get('long') : undefined) ?? 0;
}

function idOf(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new RangeError(`there is no type ${name} for examples`);
  return id;
}

function contentsOf(text: string, size: number): Uint8Array {
  const contents = new Uint8Array(size);
  contents.set(new TextEncoder().encode(text));
  return contents;
}

/** func_info: functions begin at labels that are functions; where none stands at the beginning, that is `main`. */
function functionsOf({ labels }: Assembled): readonly ProgramFunction[] {
  const { btf, ids } = exampleTypes();
  const named = [...labels].filter(([label]) => ids.has(label));
  const starts = named.some(([, slot]) => slot === 0) ? named : [['main', 0] as const, ...named];
  return starts
    .map(([name, slot]): ProgramFunction => {
      const typeId = idOf(ids, name);
      const type = typeAt(btf, typeId);
      return { slot, name, typeId, linkage: type.kind === 'func' ? type.linkage : 'static' };
    })
    .sort((a, b) => a.slot - b.slot);
}

function buildMapCase(id: string, { maps, ops }: MapExample): MapCase {
  return {
    id,
    maps: maps.map((map, index) => specOf(`map${String(index)}`, map, innerOf(map))),
    btf: maps.some(({ valueType, keyType }) => valueType !== undefined || keyType !== undefined)
      ? exampleTypes().btf
      : undefined,
    ops: ops.map((text): MapOp => {
      const [op = '', map = '0', arg = '0'] = text.split(' ');
      return { op: op as MapOp['op'], map: Number(map), arg: Number(arg) };
    }),
  };
}

function innerOf({ inner }: ExampleMap): number | undefined {
  return inner === undefined ? undefined : Number(inner);
}

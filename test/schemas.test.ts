import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfiles } from '../generator/declarations/load.ts';

const SCHEMAS = join(import.meta.dirname, '../schemas');
const { kernels } = loadProfiles();

interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly $ref?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly examples?: readonly string[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

function read(name: string): Schema {
  return JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8')) as Schema;
}

/** Every schema within one, with the path that leads to it. */
function* within(schema: Schema, path = ''): Generator<[string, Schema]> {
  yield [path, schema];
  const inner = { ...schema.properties, ...schema.$defs, ...(schema.items && { items: schema.items }) };
  for (const [key, value] of Object.entries(inner)) {
    yield* within(value, `${path}/${key}`);
  }
}

describe.each(readdirSync(SCHEMAS))('%s', (name) => {
  it('has closed objects alone', () => {
    const objects = [...within(read(name))].filter(([, schema]) => schema.type === 'object');
    expect(objects.filter(([, schema]) => schema.additionalProperties === undefined).map(([path]) => path)).toEqual([]);
  });
});

describe('the declaration schema', () => {
  const schema = read('declaration.schema.json');

  it('explains every key, for editors to show', () => {
    const keys = [...within(schema)].flatMap(([path, each]) =>
      Object.entries(each.properties ?? {}).map(([key, value]) => [`${path}/${key}`, value] as const),
    );
    const unexplained = keys.filter(
      ([, { title, description, $ref }]) => $ref === undefined && (title ?? description) === undefined,
    );
    expect(unexplained.map(([path]) => path)).toEqual([]);
  });

  it.each([
    ['hook', kernels.flatMap(({ hooks }) => Object.keys(hooks))],
    ['progType', kernels.flatMap(({ prog_types }) => prog_types)],
    ['flag', kernels.flatMap(({ flags }) => Object.keys(flags))],
  ])('offers every %s of the kernel profiles', (definition, words) => {
    expect(schema.$defs?.[definition]?.enum).toEqual(expect.arrayContaining(words));
  });

  it('offers the names of the kernel profiles', () => {
    expect(schema.$defs?.['kernelName']?.examples).toEqual(kernels.map(({ version }) => version));
  });

  it.each(['hook', 'flag'] as const)('says of every %s what it is, and which kernels have it', (definition) => {
    const { enum: words = [], enumDescriptions: texts = [] } = schema.$defs?.[definition] ?? {};
    expect(texts).toHaveLength(words.length);
    for (const [at, word] of words.entries()) {
      const having = kernels.filter(({ hooks, flags }) => word in (definition === 'hook' ? hooks : flags));
      const [first, last] = [having[0]?.version ?? '', having.at(-1)?.version ?? ''];
      const range =
        having.length === kernels.length
          ? 'All kernels'
          : last === kernels.at(-1)?.version
            ? `Since ${first}`
            : `${first} to ${last}`;
      expect(texts[at], word).toMatch(new RegExp(`[.] ${range.replaceAll('.', '[.]')}[.;]`));
    }
  });
});

describe.each(kernels.map((kernel) => [kernel.version, kernel] as const))('the profile of %s', (_, kernel) => {
  it('maps program types that it has', () => {
    const mapped = Object.values(kernel.hooks).flatMap(({ prog_types }) => prog_types);
    expect(kernel.prog_types).toEqual(expect.arrayContaining(mapped));
    expect(new Set(mapped).size).toBe(mapped.length);
  });

  it('numbers its hooks without gaps', () => {
    expect(Object.values(kernel.hooks).map(({ value }) => value)).toEqual(
      Object.keys(kernel.hooks).map((_each, index) => index),
    );
  });

  it('names set types only where each flag has a set', () => {
    expect(kernel.set_types !== undefined).toBe(kernel.layout === 'id_set');
    const most = kernel.set_types === undefined ? 31 : kernel.set_types.length - 1;
    expect(Math.max(...Object.values(kernel.flags))).toBeLessThanOrEqual(most);
  });
});

import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { MARK } from '../../../generator/targets/mark.ts';
import type { OutputFile } from '../../../generator/targets/target.ts';
import { indentTypes } from '../../../generator/targets/types-layout.ts';
import { typesTarget } from '../../../generator/targets/types.ts';
import { contentOf, makeInput, packageSchemas } from '../target-input.ts';

const MODEL = { kernels: [] };

describe('typesTarget', () => {
  let files: readonly OutputFile[];
  beforeAll(async () => {
    files = await typesTarget.emit(makeInput(MODEL, { schemas: packageSchemas() }));
  });

  it('emits types and a validator for each schema, each marked', () => {
    expect(files).toHaveLength(3 * packageSchemas().size);
    for (const { path, content } of files) {
      expect(content.slice(0, 1024), path).toContain(MARK);
      expect(content, path).toMatch(/[^\n]\n$/);
    }
  });

  it.each([...packageSchemas()])('takes %s, which is a schema', (_, schema) => {
    const ajv = new Ajv2020();
    expect(ajv.validateSchema(schema as object), ajv.errorsText()).toBe(true);
  });

  it('emits validators that load nothing at run time', () => {
    const validators = files.filter(({ path }) => path.endsWith('.js'));
    for (const { path, content } of validators) {
      expect(content, path).not.toMatch(/\b(?:import|require)\b/);
    }
  });
});

describe('the types of a schema', () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Box',
    type: 'object',
    additionalProperties: false,
    required: ['title'],
    properties: {
      title: { title: 'A title', description: 'What it is called.', type: 'string' },
      parts: { type: 'array', items: { $ref: '#/$defs/part' } },
    },
    $defs: { part: { title: 'A part of it', type: 'string', enum: ['lid', 'side'] } },
  };

  it('are named by definitions, and keep descriptions and a property named like a keyword', async () => {
    const files = await typesTarget.emit(makeInput(MODEL, { schemas: new Map([['box.schema.json', schema]]) }));
    const types = contentOf(files, 'types/box.ts');
    expect(types).toContain('export interface Box {');
    expect(types).toContain('export type Part = ("lid" | "side")');
    expect(types).toContain('\n  /**\n   * What it is called.\n   */\n  title: string\n  parts?: Part[]\n}');
    expect(contentOf(files, 'types/box.validate.js')).not.toContain('What it is called.');
  });

  it('can not be made where the validator would need a library', async () => {
    const odd = { ...schema, properties: { title: { type: 'string', minLength: 1 } }, required: ['title'] };
    await expect(typesTarget.emit(makeInput(MODEL, { schemas: new Map([['box.schema.json', odd]]) }))).rejects.toThrow(
      'needs ajv at run time',
    );
  });
});

describe('indentTypes', () => {
  it('indents what stands in braces, and comments with it', () => {
    const text =
      'export interface A {\n/**\n * Braces } in { words {\n */\na: {\n[k: string]: string\n}\nb: ({\nc: 1\n} | {\nd: 2\n})[]\n}\n';
    expect(indentTypes(text).split('\n')).toEqual([
      'export interface A {',
      '  /**',
      '   * Braces } in { words {',
      '   */',
      '  a: {',
      '    [k: string]: string',
      '  }',
      '  b: ({',
      '    c: 1',
      '  } | {',
      '    d: 2',
      '  })[]',
      '}',
      '',
    ]);
  });
});

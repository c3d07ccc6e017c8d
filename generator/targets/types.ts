import type { Ajv2020 } from 'ajv/dist/2020.js';
import { markLines } from './mark.ts';
import type { OutputFile, Target } from './target.ts';
import { indentTypes } from './types-layout.ts';

/** `types/`: TypeScript types of the schemas, and validators compiled from them. */
export const typesTarget: Target = {
  name: 'types',
  description: 'TypeScript types of the file formats, and validators that need no JSON Schema library at run time',
  async emit(input) {
    const { compile } = await import('json-schema-to-typescript');
    const { Ajv2020 } = await import('ajv/dist/2020.js');
    const { default: standalone } = await import('ajv/dist/standalone/index.js');
    const files: OutputFile[] = [];
    for (const [file, schema] of input.schemas) {
      const name = file.replace('.schema.json', '');
      const comment = markLines(input.version, `schemas/${file}`)
        .map((line) => `// ${line}\n`)
        .join('');
      const types = await compile(nameTypes(schema) as Parameters<typeof compile>[0], name, {
        bannerComment: comment,
        additionalProperties: false,
        format: false,
      });
      files.push({ path: `types/${name}.ts`, content: endWithLineFeed(indentTypes(types)) });
      const code = validatorCode(Ajv2020, standalone.default, withoutAnnotations(schema));
      files.push({ path: `types/${name}.validate.js`, content: endWithLineFeed(comment + code) });
      files.push({ path: `types/${name}.validate.d.ts`, content: comment + validatorTypes(schema, name) });
    }
    return files;
  },
};

/**
 * Validators are compiled without titles and descriptions: the code embeds its schema, and what people read there
 * would be loaded at each start. That the schemas are schemas is left to the tests: compiling the schema of schemas takes
 * longer than compiling them.
 */
function validatorCode(
  Ajv: typeof Ajv2020,
  standalone: (ajv: Ajv2020, validate: ReturnType<Ajv2020['compile']>) => string,
  schema: unknown,
): string {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    verbose: true,
    validateSchema: false,
    code: { source: true, esm: true, lines: true },
  });
  const code = standalone(ajv, ajv.compile(schema as object));
  if (/\brequire\(/.test(code)) {
    throw new Error('a schema uses a keyword whose validator needs ajv at run time');
  }
  return code;
}

function validatorTypes(schema: unknown, name: string): string {
  const title = (schema as { title: string }).title;
  return `import type { ErrorObject } from 'ajv';
import type { ${title} } from './${name}.ts';

/** Checks data against schemas/${name}.schema.json; \`errors\` holds all errors of the last call. */
export declare const validate: {
  (data: unknown): data is ${title};
  errors?: readonly ErrorObject[] | null;
};
`;
}

/** Types are named by the schema's definitions; the titles, which are for editors, name none. */
function nameTypes(schema: unknown): unknown {
  const root = schema as { title: string; $defs?: Record<string, object> };
  const named = withoutTitles(root) as { $defs?: Record<string, object> };
  for (const [name, definition] of Object.entries(named.$defs ?? {})) {
    Object.assign(definition, { title: name.charAt(0).toUpperCase() + name.slice(1) });
  }
  return { ...named, title: root.title };
}

/** What editors show, and no JSON Schema validator knows. */
const EDITOR_KEYWORDS = ['enumDescriptions', 'errorMessage', 'patternErrorMessage'];

const withoutTitles = (schema: unknown): unknown => mapSchema(schema, new Set(['title', 'examples']));
const withoutAnnotations = (schema: unknown): unknown =>
  mapSchema(schema, new Set(['title', 'description', 'examples', 'default', ...EDITOR_KEYWORDS]));

/** A copy without the given keywords; a property that bears the name of a keyword is kept. */
function mapSchema(schema: unknown, drop: ReadonlySet<string>, isPropertyMap = false): unknown {
  if (Array.isArray(schema)) {
    return schema.map((item) => mapSchema(item, drop));
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  const kept = Object.entries(schema).filter(([key]) => isPropertyMap || !drop.has(key));
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      mapSchema(value, drop, !isPropertyMap && (key === 'properties' || key === '$defs')),
    ]),
  );
}

function endWithLineFeed(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

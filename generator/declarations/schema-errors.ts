import type { ErrorObject } from 'ajv';
import type { Path } from '../diagnostics/source-file.ts';

/** One cause of why data does not fit a schema. */
export interface SchemaError {
  /** The value that does not fit. */
  readonly path: Path;
  readonly cause: ErrorObject;
  /** For a wrong type: what belongs there, in words. */
  readonly expected: string;
  /** For an unknown key: the keys that may stand there. */
  readonly knownKeys: readonly string[];
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
};

/**
 * Errors of a JSON Schema, one a cause: of an anyOf whose alternatives differ in type, the alternative that has the
 * data's type speaks alone; where none has, one error names all the types.
 */
export function schemaErrors(errors: readonly ErrorObject[]): readonly SchemaError[] {
  const dropped = new Set<ErrorObject>();
  const merged: SchemaError[] = [];
  for (const anyOf of errors) {
    if (anyOf.keyword !== 'anyOf') {
      continue;
    }
    dropped.add(anyOf);
    const under = errors.filter((error) => error !== anyOf && isWithin(error.instancePath, anyOf.instancePath));
    const mistyped = under.filter((error) => error.keyword === 'type' && error.instancePath === anyOf.instancePath);
    const branches = new Set(mistyped.map(({ parentSchema }) => parentSchema));
    const ofOtherType = under.filter(({ parentSchema }) => branches.has(parentSchema));
    ofOtherType.forEach((error) => dropped.add(error));
    const [first] = mistyped;
    if (first !== undefined && ofOtherType.length === under.length) {
      const expected = mistyped.map(expectedType).join(' or ');
      merged.push({ path: pathOf(anyOf), cause: first, expected, knownKeys: [] });
    }
  }
  const single = errors
    .filter((error) => !dropped.has(error))
    .map((cause) => ({
      path: pathOf(cause),
      cause,
      expected: expectedType(cause),
      knownKeys:
        cause.keyword === 'additionalProperties'
          ? Object.keys((cause.parentSchema?.['properties'] ?? {}) as object)
          : [],
    }));
  return [...merged, ...withoutRepeats(single)];
}

/** The value at a path, or undefined. */
export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** A value of a wrong type breaks its pattern or enumeration too: the type is the cause. */
function withoutRepeats(errors: readonly SchemaError[]): readonly SchemaError[] {
  const mistyped = new Set(errors.filter(({ cause }) => cause.keyword === 'type').map((e) => e.cause.instancePath));
  return errors.filter(({ cause }) => cause.keyword === 'type' || !mistyped.has(cause.instancePath));
}

function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}

function pathOf(error: ErrorObject): Path {
  return error.instancePath
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function expectedType(error: ErrorObject): string {
  const type: unknown = (error.params as { type?: unknown }).type;
  return typeof type === 'string' ? (TYPE_NAMES[type] ?? type) : '';
}

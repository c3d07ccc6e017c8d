import type { ErrorObject } from 'ajv';
import type { JsonProblem } from './program-json-error.ts';

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

/** Errors of the schema in words, one a cause. */
export function schemaProblems(errors: readonly ErrorObject[], data: unknown): readonly JsonProblem[] {
  const problems: JsonProblem[] = [];
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath);
  for (const error of errors) {
    // Of a key that does not fit there is an error that names it.
    if (error.propertyName !== undefined) continue;
    // What the alternatives of a union and the halves of a condition say is said by the union, and by what is in them.
    if (error.keyword === 'if' || (error.keyword !== 'anyOf' && unions.includes(error.instancePath))) continue;
    const problem = describe(error, data);
    // A value of a wrong type breaks its pattern too: the type comes first.
    if (problems.every(({ pointer }) => pointer !== problem.pointer)) problems.push(problem);
  }
  return problems;
}

function describe(error: ErrorObject, data: unknown): JsonProblem {
  const { instancePath, keyword, params } = error;
  const found = show(valueAt(data, instancePath));
  const text = (name: string): string => String((params as Readonly<Record<string, unknown>>)[name]);
  const at = (key: string): string => `${instancePath}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  switch (keyword) {
    case 'required':
      return { pointer: at(text('missingProperty')), message: 'is missing' };
    case 'additionalProperties': {
      const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object).join(', ');
      return { pointer: at(text('additionalProperty')), message: `no such key; there are ${known}` };
    }
    case 'propertyNames':
      return { pointer: at(text('propertyName')), message: 'the key has to be the number of a slot' };
    case 'false schema':
      return { pointer: instancePath, message: 'does not belong into a case of this kind' };
    case 'type':
      return { pointer: instancePath, message: `expected ${TYPES[text('type')] ?? text('type')}, found ${found}` };
    case 'anyOf':
      return { pointer: instancePath, message: `expected ${alternatives(error)}, found ${found}` };
    case 'enum': {
      const allowed = (params as { readonly allowedValues: readonly unknown[] }).allowedValues.join(', ');
      return { pointer: instancePath, message: `expected one of ${allowed}, found ${found}` };
    }
    case 'pattern':
      return { pointer: instancePath, message: `expected a text like ${text('pattern')}, found ${found}` };
    default:
      return { pointer: instancePath, message: `${error.message ?? keyword}, found ${found}` };
  }
}

function alternatives(error: ErrorObject): string {
  const types = (error.schema as readonly { readonly type?: string }[]).map(({ type = '' }) => TYPES[type] ?? type);
  return types.join(' or ');
}

function valueAt(data: unknown, pointer: string): unknown {
  let value = data;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return value;
}

/** A value in a message: short. */
function show(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}

const MOST_SHOWN = 60;

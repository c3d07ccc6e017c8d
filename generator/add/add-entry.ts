import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { Declaration } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import type { Path } from '../diagnostics/source-file.ts';
import { AddError } from './add-error.ts';
import { insertItem } from './insert-item.ts';
import { NotEditable } from './node-range.ts';
import { planEntry, type Insertion } from './plan-entry.ts';
import type { AddRequest } from './request.ts';

/** A declaration's text with a new entry. */
export interface Added {
  readonly text: string;
  /** Where the entry stands, in words, and in the document. */
  readonly where: string;
  readonly path: Path;
}

/**
 * Adds an entry to the text of a declaration file, which stays as it is otherwise.
 *
 * @param text YAML or JSON that fits the schema; a list of declarations is one, too
 * @throws AddError where the entry has no clear place, is there already, or can't be written in place
 */
export function addEntry(text: string, request: AddRequest, kernels: readonly Kernel[]): Added {
  const data = parse(text) as Declaration | readonly Declaration[];
  const index = isOne(data) ? -1 : data.findIndex(({ source }) => source === request.source);
  const declaration = isOne(data) ? data : data[index];
  if (declaration === undefined) {
    throw new AddError(`the file has no declaration of ${request.source}`);
  }
  const prefix: Path = isOne(data) ? [] : [index];
  const { insertions, where } = planEntry(declaration, request, kernels);
  let result = text;
  let expected: unknown = data;
  for (const { path, value } of insertions) {
    const whole = { path: [...prefix, ...path], value };
    result = inserted(result, whole);
    expected = withItem(expected, whole);
  }
  // What is laid out oddly might have been edited wrongly: then nothing is.
  if (!isDeepStrictEqual(parse(result), expected)) {
    throw cannotEdit();
  }
  const [first = { path: [] }] = insertions;
  const list = at(expected, [...prefix, ...first.path]);
  return { text: result, where, path: [...prefix, ...first.path, Array.isArray(list) ? list.length - 1 : 0] };
}

function inserted(text: string, { path, value }: Insertion): string {
  try {
    return insertItem(text, path, value);
  } catch (error) {
    throw error instanceof NotEditable ? cannotEdit() : error;
  }
}

function cannotEdit(): AddError {
  return new AddError(
    'the file is laid out so that the entry can not be written without changing the rest: add it by hand',
  );
}

/** Plain data with an item more at the end of a list; the rest is shared. */
function withItem(data: unknown, { path, value }: Insertion): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return [...(Array.isArray(data) ? (data as unknown[]) : []), value];
  }
  const inner = withItem(at(data, [step]), { path: rest, value });
  return Array.isArray(data)
    ? data.map((item: unknown, index) => (index === step ? inner : item))
    : { ...(data as object), [step]: inner };
}

function at(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], data);
}

function isOne(data: Declaration | readonly Declaration[]): data is Declaration {
  return !Array.isArray(data);
}

import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { lineStartsOf, type SourceFile } from '../diagnostics/source-file.ts';
import * as rules from '../rules/reading.rule.ts';
import { InputError, inputError } from './input-error.ts';
import { isKnownImported, placeKey, preparsed, type PreparsedYaml, type SchemaName } from './preparsed.ts';
import { readYaml, type YamlDocument, type YamlProblem } from './yaml-document.ts';

/** Bytes of a file that are read at most. */
export const MAX_BYTES = 4 * 1024 * 1024;

/** How the files end that importers write beside declarations. */
export const IMPORTED = '.imported.json';

/** A file as plain data; `data` is undefined where a finding says why. */
export interface SourceDocument {
  readonly file: SourceFile;
  readonly data: unknown;
  /** The schema that the data is known to fit, so that it need not be checked. */
  readonly fits?: SchemaName;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a YAML or JSON file.
 *
 * @throws InputError where the file system refuses, or the path is no regular file.
 */
export function readSource(path: string): SourceDocument {
  const bytes = readBytes(path);
  return typeof bytes === 'number'
    ? tooLarge(path, bytes)
    : documentOf(displayName(path), bytes, path.endsWith(IMPORTED));
}

/**
 * As readSource(), of bytes that were read already.
 *
 * @param isMachineJson the file was written by a machine, as JSON without duplicate keys: the fast reader will do.
 */
export function documentOf(name: string, bytes: Uint8Array, isMachineJson = false): SourceDocument {
  if (bytes.length > MAX_BYTES) {
    return tooLarge(name, bytes.length);
  }
  const decoded = decode(bytes);
  if ('why' in decoded) {
    const file = sourceFile(name, '', () => ({ start: 0, end: 0 }));
    const values = { why: decoded.why };
    const finding = diagnose(rules.notText, { message: 'default', values, file, range: { start: 0, end: 0 } });
    return { file, data: undefined, diagnostics: [finding] };
  }
  const { text, hasMark } = decoded;
  const ready: ReadyData | undefined = isMachineJson ? importedJson(text, bytes) : preparsed(bytes);
  // What need not be read as YAML is read so only when positions are asked for: that is far slower.
  let yaml: YamlDocument | undefined;
  const document = (): YamlDocument => (yaml ??= readYaml(text));
  const file = sourceFile(
    name,
    text,
    (where, part) => ready?.ranges?.[placeKey(where, part)] ?? document().locate(where, part),
  );
  const format = formatFindings(file, hasMark);
  if (ready !== undefined) {
    const { data, fits } = ready;
    return { file, data, ...(fits === undefined ? {} : { fits }), diagnostics: format };
  }
  const { data, problems } = document();
  const findings = problems.map((problem) => problemFinding(problem, file));
  if (problems.length === 0 && data === null) {
    findings.push(diagnose(rules.emptyFile, { message: 'default', values: {}, file, range: { start: 0, end: 0 } }));
  }
  return { file, data: findings.length > 0 ? undefined : data, diagnostics: [...format, ...findings] };
}

/**
 * The bytes of a file; of one over the limit, how many it has.
 *
 * @throws InputError where the file system refuses, or the path is no regular file
 */
export function readBytes(path: string): Uint8Array | number {
  let descriptor: number | undefined;
  try {
    // Without waiting: opening a pipe that nobody writes to would never return.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) {
      throw new InputError(displayName(path), stat.isDirectory() ? 'it is a folder' : 'it is no regular file');
    }
    return stat.size > MAX_BYTES ? stat.size : readFileSync(descriptor);
  } catch (error) {
    throw error instanceof InputError ? error : inputError(displayName(path), error);
  } finally {
    if (descriptor !== undefined) {
      closeSync(descriptor);
    }
  }
}

function tooLarge(path: string, size: number): SourceDocument {
  const range = { start: 0, end: 0 };
  const file = sourceFile(displayName(path), '', () => range);
  const values = { size, limit: MAX_BYTES };
  return {
    file,
    data: undefined,
    diagnostics: [diagnose(rules.fileTooLarge, { message: 'default', values, file, range })],
  };
}

function decode(bytes: Uint8Array): { text: string; hasMark: boolean } | { why: string } {
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { why: 'it begins like UTF-16' };
  }
  const zero = bytes.indexOf(0);
  if (zero !== -1) {
    return { why: `byte ${String(zero)} is zero` };
  }
  try {
    const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), hasMark };
  } catch {
    return { why: 'it has bytes that no UTF-8 text has' };
  }
}

function formatFindings(file: SourceFile, hasMark: boolean): Diagnostic[] {
  const findings: Diagnostic[] = [];
  if (hasMark) {
    const range = { start: 0, end: 1 };
    const fix = [{ range, newText: '' }];
    findings.push(diagnose(rules.byteOrderMark, { message: 'default', values: {}, file, range, fix }));
  }
  const ends = [...file.text.matchAll(/\r\n/g)].map((match) => ({ start: match.index, end: match.index + 2 }));
  const [firstEnd] = ends;
  if (firstEnd !== undefined) {
    const fix = ends.map((range) => ({ range, newText: '\n' }));
    findings.push(diagnose(rules.lineEndings, { message: 'default', values: {}, file, range: firstEnd, fix }));
  }
  return findings;
}

function problemFinding(problem: YamlProblem, file: SourceFile): Diagnostic {
  const at = { file, range: problem.range };
  const values = { problem: problem.message };
  switch (problem.kind) {
    case 'duplicate-key':
      return diagnose(rules.duplicateKey, { message: 'default', values: {}, ...at });
    case 'alias':
      return diagnose(rules.alias, { message: 'default', values, ...at });
    case 'several-documents':
      return diagnose(rules.syntax, { message: 'several', values: {}, ...at });
    case 'depth':
      return diagnose(rules.syntax, { message: 'depth', values: {}, ...at });
    case 'tag':
      return diagnose(rules.syntax, { message: 'tag', values, ...at });
    case 'syntax':
      return /\btabs?\b/i.test(problem.message)
        ? diagnose(rules.syntax, { message: 'tab', values: {}, ...at })
        : diagnose(rules.syntax, { message: 'default', values, ...at });
  }
}

/** Data that need not be read as YAML. */
type ReadyData = Pick<PreparsedYaml, 'data'> & Partial<PreparsedYaml>;

function importedJson(text: string, bytes: Uint8Array): ReadyData | undefined {
  try {
    const data = JSON.parse(text) as unknown;
    return isKnownImported(bytes) ? { data, fits: 'imported' } : { data };
  } catch {
    return undefined;
  }
}

function sourceFile(name: string, text: string, locate: SourceFile['locate']): SourceFile {
  let lineStarts: readonly number[] | undefined;
  return {
    name,
    text,
    get lineStarts() {
      return (lineStarts ??= lineStartsOf(text));
    },
    locate,
  };
}

/** Paths below the working folder are shown from there. */
export function displayName(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '' || fromHere.startsWith('..') ? path : fromHere.split(sep).join('/');
}

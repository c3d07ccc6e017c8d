import type { ProbeResult } from '../../generated/types/probe-result.ts';
import { validate } from '../../generated/types/probe-result.validate.js';
import { InputError } from '../declarations/input-error.ts';
import { documentOf, MAX_BYTES, readBytes } from '../declarations/read-source.ts';
import { schemaErrors } from '../declarations/schema-errors.ts';
import { schemaFinding } from '../declarations/schema-findings.ts';
import { frame, visible } from '../diagnostics/format/frame.ts';
import { positionAt, type Path, type SourceFile } from '../diagnostics/source-file.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { FORMAT } from './probe-view.ts';
import { contradictions, type Contradiction } from './contradictions.ts';

/** As many mistakes are told at once; more say the same. */
const MAX_TOLD = 5;

/** Columns of a line that are shown; errors go to logs as well as to terminals. */
const WIDTH = 120;

const WHOLE = 'all that the probe printed is wanted, and nothing else: was it cut off?';

type Mistake = Pick<Diagnostic, 'message' | 'suggestion' | 'range'>;

/**
 * Reads what a probe printed.
 *
 * @throws InputError where the file can't be read, or is no result, with the places of its mistakes
 */
export function readProbeResult(path: string): ProbeResult {
  const bytes = readBytes(path);
  if (typeof bytes === 'number') {
    throw new InputError(path, `it has ${bytes} bytes, more than the ${MAX_BYTES} that are read`);
  }
  if (bytes.length === 0) {
    throw new InputError(path, 'it is empty: did the probe run?');
  }
  // Machines write results: as JSON, without duplicate keys.
  const { file, data, diagnostics } = documentOf(path, bytes, true);
  if (data === undefined) {
    // Where a text breaks off, all that it has begun is unfinished: the first mistake says it.
    throw mistaken(
      file,
      diagnostics.slice(0, 1).map((first) => ({ ...first, suggestion: first.suggestion ?? WHOLE })),
    );
  }
  const format = typeof data === 'object' && data !== null && 'format' in data ? data.format : undefined;
  if (typeof format === 'number' && format > FORMAT) {
    const message = `this is format ${format}, and ${FORMAT} is the newest that this kfuncs reads`;
    const suggestion = 'read it with the kfuncs that wrote the probe, or run a probe of this one';
    throw mistaken(file, [{ message, suggestion, range: file.locate(['format'], 'value') }]);
  }
  if (!validate(data)) {
    throw mistaken(
      file,
      schemaErrors(validate.errors ?? []).map((error) => schemaFinding(error, file, data, [])),
    );
  }
  const found = contradictions(data);
  if (found.length > 0) {
    throw mistaken(
      file,
      found.map((each) => located(file, each)),
    );
  }
  return data;
}

function located(file: SourceFile, { path, message, first }: Contradiction): Mistake {
  const at = (where: Path): number => positionAt(file, file.locate(where, 'value').start).line;
  const suggestion = first === undefined ? undefined : `the other stands in line ${at(first)}`;
  return { message, suggestion, range: file.locate(path, 'value') };
}

function mistaken(file: SourceFile, mistakes: readonly Mistake[]): InputError {
  const told = mistakes.slice(0, MAX_TOLD).map(({ message, suggestion, range }) => {
    const { line, column } = positionAt(file, range.start);
    const lines = frame(file, range, (carets) => carets, WIDTH);
    const help = suggestion === undefined ? [] : [`help: ${visible(suggestion)}`];
    return [
      `${visible(file.name)}:${line}:${column} ${visible(message)}`,
      ...[...lines, ...help].map((text) => `  ${text}`),
    ].join('\n');
  });
  const more = mistakes.length - told.length;
  const rest = more > 0 ? [`and ${more} more`] : [];
  return new InputError(file.name, ['it is no result of a probe', ...told, ...rest].join('\n'));
}

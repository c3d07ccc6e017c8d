import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createSupportsHyperlinks } from 'supports-hyperlinks';
import { COLOURED, PLAIN, type Style } from '../../generator/diagnostics/format/style.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly registry?: string;
  readonly color?: boolean;
  readonly quiet?: boolean;
}

/** Results go to standard output. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Notes and progress go to standard error, unless asked to be quiet. */
export function note(options: CommonOptions, text: string): void {
  if (options.quiet !== true) {
    process.stderr.write(`${text}\n`);
  }
}

/** Colours on a terminal that wants them; `--color`, `--no-color` and NO_COLOR (https://no-color.org) decide first. */
export function styleOf(options: CommonOptions, stream: NodeJS.WriteStream = process.stdout): Style {
  const { NO_COLOR: noColor, TERM: terminal } = process.env;
  const wanted = options.color ?? ((noColor ?? '') === '' && stream.isTTY && terminal !== 'dumb');
  const style = wanted ? COLOURED : PLAIN;
  return createSupportsHyperlinks(stream) ? { ...style, link } : style;
}

/** As terminals take it (OSC 8), around what is printed in any case; a file that is not there is no place to go to. */
function link(text: string, path: string): string {
  const start = `\u001b]8;;`;
  const end = '\u0007';
  return existsSync(path) ? `${start}${pathToFileURL(path).href}${end}${text}${start}${end}` : text;
}

/** Columns to print in. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? stream.columns : WIDTH_OF_FILES;
}

/** What is no terminal is read later, and in tools that wrap lines themselves. */
const WIDTH_OF_FILES = 120;

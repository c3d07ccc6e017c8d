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
  return wanted ? COLOURED : PLAIN;
}

import { styleText } from 'node:util';

/** How texts are set off from each other; the plain style leaves them as they are. */
export interface Style {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly help: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
  /** Makes a text a link to a file, where the terminal has such. */
  readonly link: (text: string, path: string) => string;
}

export const PLAIN: Style = {
  error: (text) => text,
  warning: (text) => text,
  help: (text) => text,
  dim: (text) => text,
  bold: (text) => text,
  link: (text) => text,
};

// The stream is the caller's choice, made before: validating it here again would drop the colours that were asked for.
const paint =
  (...format: Parameters<typeof styleText>[0][]) =>
  (text: string): string =>
    format.reduce<string>((painted, each) => styleText(each, painted, { validateStream: false }), text);

export const COLOURED: Style = {
  error: paint('red', 'bold'),
  warning: paint('yellow', 'bold'),
  help: paint('cyan'),
  dim: paint('dim'),
  bold: paint('bold'),
  link: (text) => text,
};

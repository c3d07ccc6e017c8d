import type { JSX } from 'preact';

export interface MarkedTextProps {
  readonly text: string;
  /** Ascending, apart from each other. */
  readonly spans: readonly (readonly [number, number])[];
}

/** A text with parts of it marked. */
export function MarkedText({ text, spans }: MarkedTextProps): JSX.Element {
  const parts: (JSX.Element | string)[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}

import type { JSX } from 'preact';
import type { PageProps } from '../shell/pages.ts';

/** The page that judges programs. */
export function JudgePage({ route }: PageProps): JSX.Element {
  return <h1>Judge a program {route.path.join('/')}</h1>;
}

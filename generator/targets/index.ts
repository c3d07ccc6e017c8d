import { contextsTarget } from './contexts.ts';
import { docsTarget } from './docs.ts';
import { includeTarget } from './include.ts';
import { jsonTarget } from './json.ts';
import { tablesTarget } from './tables.ts';
import type { Target } from './target.ts';
import { typesTarget } from './types.ts';

/** Every kind of output, in the order in which they are made. */
export const targets: readonly Target[] = [
  typesTarget,
  tablesTarget,
  contextsTarget,
  jsonTarget,
  includeTarget,
  docsTarget,
];

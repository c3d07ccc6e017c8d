import { acquireRelease } from './acquire-release.ts';
import { argMatch } from './arg-match.ts';
import { context } from './context.ts';
import { encoding } from './encoding.ts';
import type { Family } from './family.ts';
import { flow } from './flow.ts';
import { helperArgs } from './helper-args.ts';
import { kfuncAllowed } from './kfunc-allowed.ts';
import { kptrAccess } from './kptr-access.ts';
import { kptrGet } from './kptr-get.ts';
import { kptrXchg } from './kptr-xchg.ts';
import { mapDef } from './map-def.ts';
import { mixedRefs } from './mixed-refs.ts';
import { objects } from './objects.ts';
import { packet } from './packet.ts';
import { ranges } from './ranges.ts';
import { retNull } from './ret-null.ts';
import { stack } from './stack.ts';
import { subprog } from './subprog.ts';

/** Those of the corpus, and wider ones for the machinery below the rules about kfuncs. */
export const FAMILIES: readonly Family[] = [
  kfuncAllowed,
  acquireRelease,
  retNull,
  argMatch,
  kptrAccess,
  kptrXchg,
  kptrGet,
  mapDef,
  subprog,
  mixedRefs,
  helperArgs,
  ranges,
  stack,
  context,
  packet,
  flow,
  encoding,
  objects,
];

import { join } from 'node:path';

// Tests and the bundle of run.mjs run in the root of the repository; where a bundled module is says nothing.
const ROOT = process.cwd();

/** What stays from run to run. */
export const CACHE = join(ROOT, 'node_modules/.cache');
/** Programs and operations on maps, with what real kernels said of them. */
export const CORPUS = join(ROOT, 'test/verifier/fixtures/corpus');
/** The same for v6.12, which spells tags of kptrs otherwise. */
export const CORPUS_V6_12 = join(ROOT, 'test/verifier/fixtures/corpus-v6.12');
export const LOADER = join(ROOT, 'test/kernel/loader/loader.c');
/** What runs first in a kernel that a probe asks. */
export const PROBE_INIT = join(ROOT, 'test/kernel/probe/init.c');
export const MODULE_SOURCE = join(ROOT, 'test/kernel/modules/objects.c');
export const AGREEMENT = join(ROOT, 'docs/agreement.md');

import { parentPort } from 'node:worker_threads';
import { packageVersion, readSchemas } from '../../generator/declarations/package-files.ts';
import { typesTarget } from '../../generator/targets/types.ts';

// Emits the types beside the main thread: they need other libraries than the rest, and no declarations.
const files = await typesTarget.emit({
  schemas: readSchemas(),
  version: packageVersion(),
  model: { kernels: [] },
  contexts: { layouts: [], progTypes: [] },
  rules: [],
});
parentPort?.postMessage(files);

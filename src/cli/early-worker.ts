import { parentPort, workerData } from 'node:worker_threads';
import { packageVersion, readSchemas } from '../../generator/declarations/package-files.ts';

/** What needs no declarations, but large libraries. */
export type EarlyWork = 'types' | 'frame';

// Does it beside the main thread.
parentPort?.postMessage(await work(workerData as EarlyWork));

async function work(what: EarlyWork): Promise<unknown> {
  const version = packageVersion();
  if (what === 'frame') {
    const { printFrame } = await import('../../generator/targets/tables-frame.ts');
    return printFrame(version);
  }
  const { typesTarget } = await import('../../generator/targets/types.ts');
  const nothing = { model: { kernels: [] }, contexts: { layouts: [], progTypes: [] }, rules: [] };
  return typesTarget.emit({ schemas: readSchemas(), version, ...nothing });
}

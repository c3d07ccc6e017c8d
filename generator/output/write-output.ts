import { mkdirSync, realpathSync } from 'node:fs';
import type { OutputFile } from '../targets/target.ts';
import { compareOutput, isSame, type OutputComparison } from './compare-output.ts';
import { holdSignals } from './held-signals.ts';
import { moveFiles } from './move-files.ts';
import { OutputError, withPath } from './output-error.ts';
import { makeStaging, removeLeftovers, removeStaging, stage } from './staging.ts';

/**
 * Writes what targets emitted, whole or not at all: everything is written to a staging folder first and then moved.
 * Files that are the same are left alone; generated files that are no longer emitted are removed, and folders that
 * this leaves empty. SIGINT, SIGTERM and SIGHUP end the process before the moves or after them.
 *
 * @param outDir Made if it does not exist; nothing outside of it is touched.
 * @param folders As for compareOutput().
 * @returns What was done.
 * @throws OutputError; the old output is then as it was.
 */
export async function writeOutput(
  outDir: string,
  files: readonly OutputFile[],
  folders: readonly string[],
): Promise<OutputComparison> {
  const comparison = compareOutput(outDir, files, folders);
  const root = withPath(outDir, () => {
    mkdirSync(outDir, { recursive: true });
    return realpathSync(outDir);
  });
  withPath(root, () => removeLeftovers(root));
  if (isSame(comparison)) {
    return comparison;
  }
  const signals = holdSignals();
  try {
    const staging = makeStaging(root);
    try {
      const staged = await stage(root, staging, comparison, () => {
        const signal = signals.caught();
        if (signal !== undefined) {
          throw new OutputError('interrupted', outDir, `${signal} came before ${outDir} was changed`);
        }
      });
      moveFiles(root, staging, staged, comparison.removed);
    } finally {
      removeStaging(staging);
    }
  } finally {
    await signals.release();
  }
  return comparison;
}

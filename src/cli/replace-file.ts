import { chmodSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { statOf } from '../../generator/declarations/find-files.ts';
import { UsageError } from './usage-error.ts';

/**
 * Writes a file, whole or not at all: a reader sees the old text or the new one. What links lead to is written, and keeps
 * its permissions; folders are made.
 *
 * @throws UsageError where the file system refuses
 */
export function replaceFile(path: string, text: string): void {
  let written: string | undefined;
  try {
    const old = statOf(path);
    const target = old === undefined ? path : realpathSync(path);
    mkdirSync(dirname(target), { recursive: true });
    written = `${target}.kfuncs-${String(process.pid)}`;
    writeFileSync(written, text, { flag: 'wx' });
    if (old !== undefined) {
      chmodSync(written, old.mode);
    }
    renameSync(written, target);
  } catch (error) {
    if (written !== undefined) {
      rmSync(written, { force: true });
    }
    throw new UsageError(`${path} can not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from '../targets/target.ts';
import { withPath } from './output-error.ts';
import { isPlainPath, OWN_PREFIX } from './output-path.ts';

/** What an output folder was made from, and what was made. */
export interface Stamp {
  /** Hash of all inputs. */
  readonly inputs: string;
  /** Hash of each file by its path below the output folder. */
  readonly files: ReadonlyMap<string, string>;
}

/** The file in the output folder that holds the stamp; not to be checked in. */
export const STAMP_FILE = `${OWN_PREFIX}stamp.json`;

/**
 * Hash of everything that the output depends on, in the order given.
 *
 * @param inputs A name and its bytes: registry files, schemas, the version of the package, the targets that run.
 */
export function hashInputs(inputs: Iterable<readonly [name: string, content: string | Uint8Array]>): string {
  const hash = createHash('sha256');
  for (const [name, content] of inputs) {
    hash.update(`${name.length}:${name}${content.length}:`).update(content);
  }
  return hash.digest('base64url');
}

/** The stamp of what was written. */
export function makeStamp(inputs: string, files: readonly OutputFile[]): Stamp {
  return { inputs, files: new Map(files.map((file) => [file.path, hashContent(file.content)])) };
}

/** The stamp of an output folder; undefined where there is none that can be read. */
export function readStamp(outDir: string): Stamp | undefined {
  try {
    const stamp: unknown = JSON.parse(readFileSync(join(outDir, STAMP_FILE), 'utf8'));
    return isStampJson(stamp) ? { inputs: stamp.inputs, files: new Map(Object.entries(stamp.files)) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Puts the stamp into an output folder.
 *
 * @throws OutputError `io`.
 */
export function writeStamp(outDir: string, { inputs, files }: Stamp): void {
  const path = join(outDir, STAMP_FILE);
  withPath(path, () => {
    const written = `${path}.${process.pid}`;
    writeFileSync(written, `${JSON.stringify({ inputs, files: Object.fromEntries(files) }, undefined, 1)}\n`);
    renameSync(written, path);
  });
}

/** Whether an output folder still holds just what its stamp says, made from the same inputs. */
export function isUpToDate(outDir: string, stamp: Stamp | undefined, inputs: string): boolean {
  if (stamp === undefined || stamp.inputs !== inputs) {
    return false;
  }
  try {
    return [...stamp.files].every(([path, hash]) => hashContent(readFileSync(join(outDir, path))) === hash);
  } catch {
    return false;
  }
}

function hashContent(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url');
}

function isStampJson(stamp: unknown): stamp is { inputs: string; files: Record<string, string> } {
  return (
    typeof stamp === 'object' &&
    stamp !== null &&
    'inputs' in stamp &&
    typeof stamp.inputs === 'string' &&
    'files' in stamp &&
    typeof stamp.files === 'object' &&
    stamp.files !== null &&
    Object.entries(stamp.files).every(([path, hash]) => isPlainPath(path) && typeof hash === 'string')
  );
}

import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, inputError } from '../../declarations/input-error.ts';

/** A kernel source tree. All paths are from its root, with `/`. */
export interface SourceTree {
  /** Every file whose name passes, sorted; what is no part of a kernel (tools, documentation, samples) is left out. */
  readonly find: (name: RegExp) => readonly string[];
  /** The text of a file; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
  /** Which of these texts a file contains, compared byte by byte. */
  readonly contains: (path: string, texts: readonly string[]) => readonly string[];
}

/** Folders at the root whose C files are no kernel code. */
const NOT_KERNEL = new Set(['tools', 'Documentation', 'samples', 'scripts', 'usr', '.git']);

/** Larger files are not searched: no source file is, only tables of register names come near. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Opens a folder as a kernel source tree. Files are read when asked for.
 *
 * @param onRead is told how many files were looked into, each time one is
 * @throws InputError where the folder can't be read
 */
export function openTree(root: string, onRead: (files: number) => void = () => undefined): SourceTree {
  const files: string[] = [];
  const collect = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !(folder === '' && NOT_KERNEL.has(entry.name))) {
        collect(path);
      } else if (entry.isFile()) {
        files.push(path);
      }
    }
  };
  try {
    collect('');
  } catch (error) {
    throw inputError(root, error);
  }
  files.sort();
  let buffer = Buffer.alloc(1024 * 1024);
  let looked = 0;
  return {
    find: (name) => files.filter((path) => name.test(path.slice(path.lastIndexOf('/') + 1))),
    read: (path) => {
      onRead(++looked);
      try {
        return readFileSync(join(root, path), 'utf8');
      } catch (error) {
        if (isMissing(error)) {
          return undefined;
        }
        throw inputError(join(root, path), error);
      }
    },
    contains: (path, texts) => {
      onRead(++looked);
      let read;
      for (;;) {
        read = readInto(join(root, path), buffer);
        if (read < buffer.length) {
          break;
        }
        if (buffer.length >= MAX_BYTES) {
          throw new InputError(join(root, path), `it has more than ${String(MAX_BYTES)} bytes`);
        }
        buffer = Buffer.alloc(buffer.length * 2);
      }
      const bytes = buffer.subarray(0, read);
      return texts.filter((text) => bytes.includes(text));
    },
  };
}

function readInto(path: string, buffer: Buffer): number {
  const descriptor = openSync(path, 'r');
  try {
    let read = 0;
    for (;;) {
      const more = readSync(descriptor, buffer, read, buffer.length - read, null);
      read += more;
      if (more === 0 || read === buffer.length) {
        return read;
      }
    }
  } catch (error) {
    throw inputError(path, error);
  } finally {
    closeSync(descriptor);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

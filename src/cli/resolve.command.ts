import { randomBytes } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isBtfIdsError } from '../../generator/btf-ids/btf-ids-error.ts';
import { resolveBtfIds } from '../../generator/btf-ids/resolve-btf-ids.ts';
import { InputError, inputError } from '../../generator/declarations/input-error.ts';
import { withPath } from '../../generator/output/output-error.ts';
import { isBtfError } from '../btf/btf-error.ts';
import { openBtfFile } from '../btf/open-btf-file.ts';
import { isElfError } from '../elf/elf-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { note, print, type CommonOptions } from './output.ts';

export interface ResolveOptions extends CommonOptions {
  readonly btf?: string;
  readonly out?: string;
}

/**
 * `kfuncs resolve`: fills `.BTF_ids`. Warnings are printed, and fail nothing, as with the kernel's tool: an id that is
 * not found stays 0.
 */
export function resolveCommand(file: string, options: ResolveOptions): ExitCode {
  const { btf } = options;
  const bytes = read(file);
  const base = btf === undefined ? undefined : judged(btf, () => openBtfFile(read(btf)));
  const { bytes: resolved, warnings, wasResolved } = judged(file, () => resolveBtfIds(bytes, base));
  if (wasResolved) {
    const lost = 'its sets have been sorted, so flags may now stand at other kfuncs';
    note(options, `kfuncs: ${file} was resolved before: ${lost}; link it again before you resolve it`);
  }
  if (options.out !== undefined || resolved !== bytes) {
    replace(options.out ?? file, file, resolved);
  } else {
    note(options, `${file} has no .BTF_ids: there is nothing to resolve`);
  }
  print(warnings.map((warning) => `${warning}\n`).join(''));
  return EXIT.ok;
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw inputError(path, error);
  }
}

/** What is wrong with a file is said about the file. */
function judged<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (isBtfError(error) && error.code === 'bad-base') {
      throw new InputError(path, `${error.message}; --btf names the BTF of the kernel it is built for`);
    }
    throw isBtfError(error) || isElfError(error) || isBtfIdsError(error) ? new InputError(path, error.message) : error;
  }
}

/** Writes beside the file and renames, so that whoever reads it never sees half of it; links stay links. */
function replace(path: string, original: string, bytes: Uint8Array): void {
  withPath(path, () => {
    const target = statSync(path, { throwIfNoEntry: false }) === undefined ? path : realpathSync(path);
    const temporary = `${target}.${randomBytes(6).toString('hex')}`;
    try {
      writeFileSync(temporary, bytes, { mode: statSync(original).mode & 0o777, flag: 'wx' });
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

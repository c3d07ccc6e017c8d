import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError, inputError } from '../../../generator/declarations/input-error.ts';
import { isBtfError } from '../../btf/btf-error.ts';
import type { Btf } from '../../btf/btf.ts';
import { openBtf } from '../../btf/open-btf.ts';

/**
 * The BTF that raw programs of a file name: `btf/NAME.btf` beside it. Each is read once.
 *
 * @returns a function that throws InputError for what is not there or is no BTF
 */
export function btfBeside(file: string): (name: string) => Btf {
  const known = new Map<string, Btf | InputError>();
  return (name) => {
    const found = known.get(name) ?? read(join(dirname(file), 'btf', `${name}.btf`));
    known.set(name, found);
    if (found instanceof InputError) throw found;
    return found;
  };
}

function read(path: string): Btf | InputError {
  try {
    return openBtf(new Uint8Array(readFileSync(path)));
  } catch (error) {
    return isBtfError(error) ? new InputError(path, error.message) : inputError(path, error);
  }
}

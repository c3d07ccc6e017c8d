import { readFileSync } from 'node:fs';
import { table as v519 } from '../../../generated/tables/v5.19.ts';
import { table as v61 } from '../../../generated/tables/v6.1.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { bootKernel, type Kernel } from '../../../src/verifier/kernel/kernel.ts';

const FOLDER = new URL('fixtures/', import.meta.url);

/** The kernels that examples are for, with what these touch of their BTF. */
export const exampleKernels: Readonly<Record<string, Kernel>> = {
  'v5.19': bootKernel(v519, readBtf('kernel-v5.19.btf')),
  'v6.1': bootKernel(v61, readBtf('kernel-v6.1.btf')),
};

/** What real kernels (v5.19.0 and Debian's 6.1.192) returned for the examples. */
const RECORDED: ReadonlyMap<string, number> = new Map(
  readFileSync(new URL('verdicts.tsv', FOLDER), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const fields = line.split('\t');
      return [fields.slice(0, 3).join(' '), Number(fields[3])];
    }),
);

/** @returns 0 or a negative errno; undefined where no real kernel was asked */
export function recordedErrno(rule: string, example: 'bad' | 'good', kernel: string): number | undefined {
  return RECORDED.get(`${rule} ${example} ${kernel}`);
}

function readBtf(name: string): Btf {
  return openBtf(readFileSync(new URL(name, FOLDER)));
}

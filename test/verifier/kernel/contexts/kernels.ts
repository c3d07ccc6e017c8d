import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table as v5_19 } from '../../../../generated/tables/v5.19.ts';
import { table as v6_1 } from '../../../../generated/tables/v6.1.ts';
import { table as v6_12 } from '../../../../generated/tables/v6.12.ts';
import { openBtf } from '../../../../src/btf/open-btf.ts';
import { bootKernel, type Kernel } from '../../../../src/verifier/kernel/kernel.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const TABLES = { 'v5.19': v5_19, 'v6.1': v6_1, 'v6.12': v6_12 };

/** The kernels that were asked: mainline 5.19.0, and Debian's 6.1.192 and 6.12.117. */
export type AskedKernel = keyof typeof TABLES;
export const ASKED: readonly AskedKernel[] = ['v5.19', 'v6.1', 'v6.12'];

/** A kernel with as much of its real BTF as the fixtures need. */
export function askedKernel(version: AskedKernel): Kernel {
  return bootKernel(TABLES[version], openBtf(readFileSync(join(FIXTURES, `targets-${version}.btf`))));
}

/** The lines of a fixture, split at spaces; comments left out. */
export function answers(name: string): readonly (readonly string[])[] {
  return readFileSync(join(FIXTURES, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' '));
}

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingTools } from '../c/toolchain.ts';
import type { Btf } from '../../src/btf/btf.ts';
import { BtfError } from '../../src/btf/btf-error.ts';
import { openBtfFile } from '../../src/btf/open-btf-file.ts';
import { typeAt } from '../../src/btf/read-type.ts';
import { asDumped, dump, type Dumped } from './bpftool.ts';
import { PROGRAMS } from './fixture.ts';
import { realKernel } from './real-kernel.ts';

const MODULES = ['nf_conntrack.ko', 'bridge.ko', 'xfs.ko'];

/** The first type on which two readers differ. */
function firstDifference(btf: Btf, dumped: readonly Dumped[], firstId: number): unknown {
  for (const [index, expected] of dumped.entries()) {
    const id = firstId + index;
    const found = asDumped(typeAt(btf, id));
    if (JSON.stringify(found) !== JSON.stringify(expected)) return { expected, found };
  }
  return undefined;
}

describe('what is read of real BTF', () => {
  it.for(PROGRAMS)('%s is what bpftool reads', (name, { skip }) => {
    const missing = missingTools('bpftool');
    skip(missing !== undefined, missing);
    const path = new URL(`./fixtures/${name}`, import.meta.url).pathname;
    const btf = openBtfFile(readFileSync(path));
    const dumped = dump(path);
    expect(btf.typeCount).toBe(dumped.length + 1);
    expect(firstDifference(btf, dumped, 1)).toBeUndefined();
  });

  it('a vmlinux is what bpftool reads, type by type', async ({ skip }) => {
    const missing = missingTools('bpftool');
    skip(missing !== undefined, missing);
    const kernel = await realKernel();
    if (typeof kernel === 'string') return skip(kernel);
    const btf = openBtfFile(readFileSync(kernel.vmlinux));
    const dumped = dump(kernel.vmlinux);
    expect(btf.typeCount).toBe(dumped.length + 1);
    expect(firstDifference(btf, dumped, 1)).toBeUndefined();
  });

  it.for(MODULES)('module %s on its vmlinux is what bpftool reads', async (name, { skip }) => {
    const missing = missingTools('bpftool');
    skip(missing !== undefined, missing);
    const kernel = await realKernel();
    if (typeof kernel === 'string') return skip(kernel);
    const module = kernel.modules.find((path) => basename(path) === name) ?? name;
    const base = openBtfFile(readFileSync(kernel.vmlinux));
    const btf = openBtfFile(readFileSync(module), { base });
    const dumped = dump(module, kernel.vmlinux);
    expect(btf.typeCount - btf.firstId).toBe(dumped.length);
    expect(firstDifference(btf, dumped, btf.firstId)).toBeUndefined();
  });

  it('every module of a kernel opens on its vmlinux, and on nothing else', async ({ skip }) => {
    const kernel = await realKernel();
    if (typeof kernel === 'string') return skip(kernel);
    const base = openBtfFile(readFileSync(kernel.vmlinux));
    const other = openBtfFile(readFileSync(new URL('./fixtures/program.o', import.meta.url)));
    for (const path of kernel.modules) {
      const bytes = readFileSync(path);
      expect(openBtfFile(bytes, { base }).typeCount, path).toBeGreaterThan(base.typeCount);
      expect(() => openBtfFile(bytes, { base: other }), path).toThrow(BtfError);
    }
  });
});

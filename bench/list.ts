import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { openElf } from '../src/elf/open-elf.ts';
import { findSection, sectionData } from '../src/elf/sections.ts';
import { realKernel } from '../test/btf/real-kernel.ts';
import { CLI, ratioOf, seconds } from './process-time.ts';
import type { Row } from './row.ts';

/** All kfuncs of a vmlinux as a whole process, beside bpftool printing the same BTF. Nothing where it can't be had. */
export async function list(): Promise<readonly Row[]> {
  const kernel = await realKernel();
  if (typeof kernel === 'string' || spawnSync('bpftool', ['version']).status !== 0) {
    console.error(`not measured, ${typeof kernel === 'string' ? kernel : 'needs bpftool'}`);
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-bench-'));
  try {
    const file = join(folder, 'vmlinux.btf');
    const elf = openElf(readFileSync(kernel.vmlinux));
    const section = findSection(elf, '.BTF');
    if (section === undefined) throw new Error('a vmlinux without .BTF');
    writeFileSync(file, sectionData(elf, section));
    const value = ratioOf(
      () => seconds(process.execPath, [CLI, 'list', '--btf', file, '--quiet', '--format', 'json']),
      () => seconds('bpftool', ['btf', 'dump', 'file', file, 'format', 'raw']),
    );
    return [{ name: 'kfuncs list --btf : bpftool btf dump, format raw', value, unit: '×', limit: 1 }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { openElf } from '../src/elf/open-elf.ts';
import { findSection, sectionData } from '../src/elf/sections.ts';
import { realKernel } from '../test/btf/real-kernel.ts';
import { median, type Row } from './row.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const RUNS = 21;
const TIME_LIMIT = 3;
const MEMORY_LIMIT = 3;

const KFUNCS = [
  'bbr_init',
  'bpf_ct_release',
  'bpf_kfunc_call_test1',
  'bpf_skb_ct_lookup',
  'bpf_xdp_ct_lookup',
  'crash_kexec',
  'cubictcp_init',
  'dctcp_init',
  'tcp_reno_cong_avoid',
  'tcp_slow_start',
];

/** Opens the file and finds the functions; prints how many it found and the microseconds that both took. */
const C_SOURCE = `
#include <bpf/btf.h>
#include <linux/btf.h>
#include <stdio.h>
#include <time.h>
static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}
int main(int count, char **names)
{
	double start = now();
	struct btf *btf = btf__parse(names[1], NULL);
	int found = 0;
	for (int at = 2; at < count; at++)
		found += btf__find_by_name_kind(btf, names[at], BTF_KIND_FUNC) > 0;
	printf("%d %f\\n", found, now() - start);
	return 0;
}
`;

/** The same with ours, and the bytes of objects and buffers that there are more than before; not what the engine takes. */
const OUR_SOURCE = `
import { readFileSync } from 'node:fs';
import { findIdByName } from './src/btf/find.ts';
import { openBtfFile } from './src/btf/open-btf-file.ts';
const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
const before = held();
const start = process.hrtime.bigint();
const [file = '', ...names] = process.argv.slice(2);
const btf = openBtfFile(readFileSync(file));
const found = names.filter((name) => findIdByName(btf, name, 'func') !== undefined).length;
const took = Number(process.hrtime.bigint() - start) / 1e3;
console.log(found, took, held() - before);
`;

interface Run {
  readonly found: number;
  readonly microseconds: number;
  readonly bytes: number;
}

function run(command: string, args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} exited with ${String(status)}\n${stderr}`);
  const [found = NaN, microseconds = NaN, bytes = NaN] = stdout.trim().split(' ').map(Number);
  return { found, microseconds, bytes };
}

/** Median of the ratios of the times of both, and of the memory of ours to the size of the file. */
function compare(theirs: string, ours: string, file: string): readonly Row[] {
  const args = [file, ...KFUNCS];
  const rounds = Array.from({ length: RUNS }, () => {
    const their = run(theirs, args);
    const our = run(process.execPath, [ours, ...args]);
    if (our.found !== their.found || our.found < KFUNCS.length / 2) {
      throw new Error(`found ${our.found} of the functions, libbpf ${their.found}`);
    }
    return { time: our.microseconds / their.microseconds, memory: our.bytes / statSync(file).size };
  });
  const time = median(rounds.map((round) => round.time));
  const memory = median(rounds.map((round) => round.memory));
  return [
    { name: 'open a vmlinux BTF and find 10 kfuncs : libbpf', value: time, unit: '×', limit: TIME_LIMIT },
    { name: 'memory held after that : the file', value: memory, unit: '×', limit: MEMORY_LIMIT },
  ];
}

/**
 * Opening a vmlinux's BTF and finding ten kfuncs by name, each time in a process of its own, so with nothing compiled
 * yet: beside libbpf's btf__parse() and btf__find_by_name_kind() on the same file. Nothing where that can't be had.
 */
export async function btf(): Promise<readonly Row[]> {
  const kernel = await realKernel();
  if (typeof kernel === 'string') {
    console.error(`not measured, ${kernel}`);
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-bench-'));
  try {
    const theirs = join(folder, 'theirs');
    const ours = join(folder, 'ours.mjs');
    const file = join(folder, 'vmlinux.btf');
    if (!compileC(folder, theirs)) {
      console.error('not measured, needs cc and the headers of libbpf');
      return [];
    }
    buildSync({
      stdin: { contents: OUR_SOURCE, resolveDir: ROOT, loader: 'ts' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile: ours,
    });
    const elf = openElf(readFileSync(kernel.vmlinux));
    const section = findSection(elf, '.BTF');
    if (section === undefined) throw new Error('a vmlinux without .BTF');
    writeFileSync(file, sectionData(elf, section));
    return compare(theirs, ours, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compileC(folder: string, output: string): boolean {
  const source = join(folder, 'theirs.c');
  writeFileSync(source, C_SOURCE);
  return spawnSync('cc', ['-O2', source, '-o', output, '-lbpf']).status === 0;
}

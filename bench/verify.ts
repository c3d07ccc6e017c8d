import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { table as v519 } from '../generated/tables/v5.19.ts';
import { table as v61 } from '../generated/tables/v6.1.ts';
import { openBtfFile } from '../src/btf/open-btf-file.ts';
import { openBtf } from '../src/btf/open-btf.ts';
import { isMapCase, parseProgramJson } from '../src/program/json/parse-program-json.ts';
import type { Program } from '../src/program/program.ts';
import { bootKernel, type Kernel } from '../src/verifier/kernel/kernel.ts';
import { verify } from '../src/verifier/verify.ts';
import { realKernel } from '../test/btf/real-kernel.ts';
import { median, type Row } from './row.ts';
import { boundedLoop } from './verify-programs.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const CORPUS = join(ROOT, 'test/verifier/fixtures/corpus');
const WARM_UP = 30;
const ROUNDS = 15;
/** At least 500,000 instructions a second. */
const LIMIT = 2000;
/** A third of what a real v6.18 kernel does on a bounded loop: 4.4 million a second. */
const AIM = 680;
const LOOP = 800_000;
const MEBIBYTES = 512;

interface Label {
  readonly label: string;
  readonly kernel: Kernel;
}

/** The verifier: programs as they are, a loop, and a program that is too complex. */
export async function verifier(): Promise<readonly Row[]> {
  const small = openBtf(readFileSync(join(CORPUS, 'btf/kernel-v5.19.btf')));
  const real = await realKernel();
  if (typeof real === 'string') console.error(`the corpus is measured for v5.19 alone, ${real}`);
  const kernels = [
    { label: 'v5.19', kernel: bootKernel(v519, small) },
    ...(typeof real === 'string'
      ? []
      : [{ label: 'v6.1', kernel: bootKernel(v61, openBtfFile(readFileSync(real.vmlinux))) }]),
  ];
  return [...corpus(kernels), ...loops(small), explosion()];
}

/** All programs of the corpus, again and again. */
function corpus(kernels: readonly Label[]): readonly Row[] {
  const runs = corpusRuns(kernels);
  const times: number[] = [];
  let processed = 0;
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const start = process.cpuUsage();
    processed = 0;
    for (const { program, kernel } of runs) processed += verify(program, kernel).insnsProcessed;
    if (round >= WARM_UP) times.push(process.cpuUsage(start).user);
  }
  const time = median(times);
  const name = `verify: the corpus, ${String(runs.length)} programs`;
  return [
    { name: `${name}, an instruction`, value: (time * 1000) / processed, unit: 'ns', limit: LIMIT },
    { name: `${name}, a program`, value: time / runs.length, unit: 'µs', limit: 50 },
  ];
}

function corpusRuns(kernels: readonly Label[]): readonly { readonly program: Program; readonly kernel: Kernel }[] {
  const blobs = new Map<string, ReturnType<typeof openBtf>>();
  const btfOf = (name: string): ReturnType<typeof openBtf> => {
    const blob = blobs.get(name) ?? openBtf(readFileSync(join(CORPUS, `btf/${name}.btf`)));
    blobs.set(name, blob);
    return blob;
  };
  const lines = readFileSync(join(CORPUS, 'cases.jsonl'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    if (line === '') return [];
    const data = JSON.parse(line) as { readonly kernel: Readonly<Record<string, unknown>> };
    const program = parseProgramJson(data, { btfOf, file: 'cases.jsonl' });
    if (isMapCase(program)) return [];
    return kernels.filter(({ label }) => label in data.kernel).map(({ kernel }) => ({ program, kernel }));
  });
}

/** A bounded loop of 800,000 instructions. */
function loops(btf: ReturnType<typeof openBtf>): readonly Row[] {
  const program = boundedLoop(LOOP);
  const time = (kernel: Kernel): number => {
    const times = Array.from({ length: 5 }, () => {
      const start = process.cpuUsage();
      const { verdict, insnsProcessed } = verify(program, kernel);
      if (verdict !== 'accept') throw new Error(`the loop: ${verdict}`);
      return (process.cpuUsage(start).user * 1000) / insnsProcessed;
    });
    return median(times);
  };
  const row = (label: string, value: number, limit: number): Row => ({
    name: `verify: a loop of ${LOOP.toLocaleString('en')} instructions, ${label}`,
    value,
    unit: 'ns',
    limit,
  });
  const [old, young] = [time(bootKernel(v519, btf)), time(bootKernel(v61, btf))];
  return [
    row('v5.19', old, LIMIT),
    row('v6.1', young, LIMIT),
    row('v5.19, aim', old, AIM),
    row('v6.1, aim', young, AIM),
  ];
}

/** What is too complex is given up after a million instructions, in bounded memory; in a process of its own. */
const EXPLOSION = `
import { readFileSync } from 'node:fs';
import { table } from './generated/tables/v6.1.ts';
import { openBtf } from './src/btf/open-btf.ts';
import { bootKernel } from './src/verifier/kernel/kernel.ts';
import { verify } from './src/verifier/verify.ts';
import { explosion } from './bench/verify-programs.ts';
const kernel = bootKernel(table, openBtf(readFileSync(process.argv[2] ?? '')));
const { verdict, errno, insnsProcessed } = verify(explosion(), kernel);
console.log(verdict, errno, insnsProcessed, process.resourceUsage().maxRSS);
`;

function explosion(): Row {
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-bench-'));
  try {
    const outfile = join(folder, 'explosion.mjs');
    buildSync({
      stdin: { contents: EXPLOSION, resolveDir: ROOT, loader: 'ts' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
    });
    const args = [outfile, join(CORPUS, 'btf/kernel-v5.19.btf')];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const [verdict, errno, processed, kibibytes] = stdout.trim().split(' ');
    if (verdict !== 'reject' || errno !== '-7' || processed !== '1000001') {
      throw new Error(`the explosion: ${stdout.trim()}`);
    }
    const name = 'verify: a program that explodes, peak memory';
    return { name, value: Number(kibibytes) / 1024, unit: 'MiB', limit: MEBIBYTES };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

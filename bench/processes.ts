import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI, ratioOf, seconds } from './process-time.ts';
import type { Row } from './row.ts';

/** Median of the ratios of two commands that run in turn; `before` is done, unmeasured, before each run of the first. */
function ratio(args: readonly string[], other: readonly string[], before: () => void = () => undefined): number {
  const first = (): number => {
    before();
    return seconds(process.execPath, args);
  };
  return ratioOf(first, () => seconds(process.execPath, other));
}

/** Largest memory of a process in MiB, as the system accounts it. */
function peakMemory(args: readonly string[]): number {
  const tell = 'process.on("exit", () => require("fs").writeSync(2, String(process.resourceUsage().maxRSS)));';
  const hook = `data:text/javascript,import { createRequire } from 'node:module'; const require = createRequire('/'); ${tell}`;
  const { stderr } = spawnSync(process.execPath, ['--import', hook, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  return Number(/(\d+)$/.exec(String(stderr))?.[1] ?? NaN) / 1024;
}

/** Whole processes, beside the least that Node takes, or beside the library that is the greatest part of the work. */
export function processes(): readonly Row[] {
  const out = mkdtempSync(join(tmpdir(), 'kfuncs-bench-'));
  const clean = (): void => {
    rmSync(out, { recursive: true, force: true });
  };
  const nothing = ['-e', '0'];
  const generate = [CLI, 'generate', '--quiet', '--out', out];
  const four = [...generate, '--kernel', 'v5.18', 'v5.19', 'v6.0', 'v6.1'];
  const tsMorph = ['-e', 'require("ts-morph")'];
  try {
    const cold = ratio(four, tsMorph, clean);
    return [
      { name: 'kfuncs validate : node -e 0', value: ratio([CLI, 'validate'], nothing), unit: '×', limit: 3 },
      { name: 'kfuncs generate, nothing to do : node -e 0', value: ratio(generate, nothing), unit: '×', limit: 3 },
      { name: 'kfuncs generate, cold, for four kernels : loading ts-morph', value: cold, unit: '×', limit: 2.5 },
      { name: 'kfuncs validate, peak memory', value: peakMemory([CLI, 'validate']), unit: 'MiB', limit: 120 },
    ];
  } finally {
    clean();
  }
}

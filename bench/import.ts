import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CLI } from './process-time.ts';
import type { Row } from './row.ts';

const SECONDS = 10;
const MEBIBYTES = 1024;

/** Reading a v6.12 source tree, if KERNEL_TREE names one. */
export function importTree(): readonly Row[] {
  const tree = process.env['KERNEL_TREE'];
  if (tree === undefined || !existsSync(join(tree, 'kernel/bpf/btf.c'))) {
    console.error('not measured, `import --tree` needs a v6.12 source tree, which KERNEL_TREE names');
    return [];
  }
  const tell = 'process.on("exit", () => require("fs").writeSync(2, String(process.resourceUsage().maxRSS)));';
  const hook = `data:text/javascript,import { createRequire } from 'node:module'; const require = createRequire('/'); ${tell}`;
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', hook, CLI, 'import', '--tree', tree, '--kernel', 'v6.12', '--quiet'],
    { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
  );
  const took = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`import exited with ${String(status)}\n${stderr}`);
  const memory = Number(/(\d+)$/.exec(stderr)?.[1] ?? NaN) / 1024;
  return [
    { name: 'kfuncs import --tree of v6.12', value: took, unit: 's', limit: SECONDS },
    { name: 'kfuncs import --tree of v6.12, peak memory', value: memory, unit: 'MiB', limit: MEBIBYTES },
  ];
}

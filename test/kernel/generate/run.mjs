// node test/kernel/generate/run.mjs --seed 1 --count 2000 [--family acquire-release] [--corpus cases.jsonl] > out.jsonl
import { build } from 'esbuild';

const root = new URL('../../..', import.meta.url).pathname;
await build({
  absWorkingDir: root,
  entryPoints: ['test/kernel/generate/main.ts'],
  outfile: 'dist/test/kernel/generate.js',
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  logLevel: 'warning',
});
await import(new URL('../../../dist/test/kernel/generate.js', import.meta.url).href);

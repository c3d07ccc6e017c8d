// Runs the benchmarks and prints a table. Each is measured beside what it is held against, in turn and in one run.
import { build } from 'esbuild';
import { precompiledTemplates } from '../build/precompile-template.mjs';

const root = new URL('..', import.meta.url).pathname;
await build({
  absWorkingDir: root,
  entryPoints: ['bench/main.ts'],
  outdir: 'dist/bench',
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  plugins: [precompiledTemplates],
  logLevel: 'warning',
});
await import(new URL('../dist/bench/main.js', import.meta.url).href);

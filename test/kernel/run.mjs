// npm run test:kernel [-- --seed 5 --count 2000 --only verdicts --cases file.jsonl --write]
import { build } from 'esbuild';

const root = new URL('../..', import.meta.url).pathname;
await build({
  absWorkingDir: root,
  entryPoints: ['test/kernel/main.ts'],
  outfile: 'dist/test/kernel/main.js',
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  alias: { 'kfunc-registry': `${root}src/index.ts` },
  logLevel: 'warning',
});
process.chdir(root);
await import(new URL('../../dist/test/kernel/main.js', import.meta.url).href);

// npm run test:kernel [-- --seed 5 --count 2000 --only verdicts --kernel v6.1 --cases file.jsonl --write]
import { build } from 'esbuild';
import { precompileTemplate } from '../../build/precompile-template.mjs';

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
  plugins: [
    {
      name: 'precompiled-templates',
      setup(hooks) {
        hooks.onLoad({ filter: /\.hbs$/ }, ({ path }) => ({ contents: precompileTemplate(path), loader: 'js' }));
      },
    },
  ],
  banner: {
    // Some of what is bundled was written for require().
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
process.chdir(root);
await import(new URL('../../dist/test/kernel/main.js', import.meta.url).href);

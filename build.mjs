// Builds dist/: the library as modules with type declarations, and the command line as a bundle that starts fast.
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const root = new URL('.', import.meta.url).pathname;

rmSync(`${root}dist`, { recursive: true, force: true });
const tables = readdirSync(`${root}generated/tables`, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => `generated/tables/${entry.name}`);
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
void tables;
await build({
  absWorkingDir: root,
  entryPoints: { kfuncs: 'src/cli/kfuncs.ts' },
  outdir: 'dist/cli',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  external: ['ts-morph', 'json-schema-to-typescript', 'handlebars', 'ajv', 'ajv/*'],
  loader: { '.hbs': 'text' },
  banner: {
    // The bundle is an ES module, and some of what it holds was written for require().
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
chmodSync(`${root}dist/cli/kfuncs.js`, 0o755);

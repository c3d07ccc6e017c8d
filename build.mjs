// Builds dist/: the library as modules with type declarations, and the command line as a bundle that starts fast.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { loadWhenCalled, withoutChildProcess } from './build/load-when-called.mjs';
import { precompiledTemplates } from './build/precompile-template.mjs';

const require = createRequire(import.meta.url);
const root = new URL('.', import.meta.url).pathname;

// `node build.mjs cli` leaves the library out: it is compiled from what the command line generates.
rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { kfuncs: 'src/cli/kfuncs.ts', 'early-worker': 'src/cli/early-worker.ts' },
  outdir: 'dist/cli',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  external: ['ts-morph', 'json-schema-to-typescript', 'ajv', 'ajv/*', 'fzstd', 'xz-decompress'],
  plugins: [precompiledTemplates, loadWhenCalled, withoutChildProcess],
  banner: {
    // The bundle is an ES module, and some of what it holds was written for require().
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
chmodSync(`${root}dist/cli/kfuncs.js`, 0o755);
const preparser = `${root}dist/preparse-registry.mjs`;
await build({
  absWorkingDir: root,
  entryPoints: ['build/preparse-registry.ts'],
  outfile: preparser,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
});
const { preparseRegistry } = await import(preparser);
rmSync(preparser);
writeFileSync(`${root}dist/preparsed.json`, preparseRegistry(`${root}registry`));
if (process.argv[2] !== 'cli') {
  await build({
    absWorkingDir: root,
    entryPoints: { 'kfunc-registry': 'src/browser.ts' },
    outdir: 'dist/browser',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    alias: { 'kfunc-registry': `${root}src/index.ts` },
    chunkNames: 'chunks/[name]-[hash]',
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
  // A generated module that is JavaScript already, which the compiler leaves where it is.
  for (const name of ['program.validate.js', 'program.validate.d.ts']) {
    copyFileSync(`${root}generated/types/${name}`, `${root}dist/generated/types/${name}`);
  }
}

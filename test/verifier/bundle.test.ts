import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** What a page needs that judges objects. */
const ENGINE = `export { bootKernel, loadPrograms, openBtfFile, openObject, programResult, verify } from './index.ts';`;

/** Bundles code as a page would; what only Node has does not resolve. */
async function bundleForBrowser(code: string): Promise<{ readonly bytes: Uint8Array; readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: SRC, loader: 'ts' },
    alias: { 'kfunc-registry': join(SRC, 'index.ts') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    write: false,
  });
  return { bytes: outputFiles[0]?.contents ?? new Uint8Array(), metafile };
}

describe('the engine in a bundle for browsers', () => {
  it('imports nothing of Node and no package', async () => {
    const { metafile } = await bundleForBrowser(`export * from './index.ts';`);
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter((path) => path.includes('node_modules') || path.startsWith('node:'))).toEqual([]);
    expect(inputs.filter((path) => /^(generator|src\/cli)\//.test(path))).toEqual([]);
  });

  it('stays small enough for a page', async () => {
    const { bytes } = await bundleForBrowser(ENGINE);
    const compressed = gzipSync(bytes).length;
    expect(compressed).toBeLessThan(150_000);
  });

  it('leaves the engine out of what only asks a table', async () => {
    const { bytes } = await bundleForBrowser(`export { flagsOf } from './index.ts';`);
    expect(bytes.length).toBeLessThan(2_000);
  });
});

import { join } from 'node:path';
import * as esbuild from 'esbuild';
import type { OutputFile } from '../../../generator/targets/target.ts';

const GENERATED = join(import.meta.dirname, '../../../generated');

/**
 * Bundles and minifies code as if it stood in `generated`, and the emitted files with it.
 *
 * @returns The code of the bundle, an ES module.
 */
export async function bundle(code: string, files: readonly OutputFile[]): Promise<string> {
  const texts = new Map(files.map(({ path, content }) => [join(GENERATED, path), content]));
  const result = await esbuild.build({
    stdin: { contents: code, resolveDir: GENERATED, loader: 'ts' },
    bundle: true,
    alias: { 'kfunc-registry': join(GENERATED, '../src/index.ts') },
    minify: true,
    format: 'esm',
    write: false,
    plugins: [
      {
        name: 'emitted files',
        setup(build) {
          build.onResolve({ filter: /tables\/v/ }, ({ path, resolveDir }) => ({ path: join(resolveDir, path) }));
          build.onLoad({ filter: /generated\/tables\// }, ({ path }) => ({
            contents: texts.get(path) ?? '',
            loader: 'ts',
          }));
        },
      },
    ],
  });
  return result.outputFiles[0]?.text ?? '';
}

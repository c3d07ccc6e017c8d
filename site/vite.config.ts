import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { explorerDataPlugin } from '../build/explorer-data-plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Static files below dist/site, which work from any folder of any server. */
export default defineConfig({
  root,
  base: './',
  // The library as the package has it for web pages: `npm run build` makes it.
  resolve: { alias: { 'kfunc-registry/browser': `${root}../dist/browser/kfunc-registry.js` } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [explorerDataPlugin(`${root}../registry`)],
  worker: { format: 'es' },
  build: {
    outDir: `${root}../dist/site`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Static files below dist/site, which work from any folder of any server. */
export default defineConfig({
  root,
  base: './',
  // The library as the package has it for web pages: `npm run build` makes it.
  resolve: { alias: { 'kfunc-registry/browser': `${root}../dist/browser/kfunc-registry.js` } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    outDir: `${root}../dist/site`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

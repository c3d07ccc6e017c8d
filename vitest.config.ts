import { defineConfig } from 'vitest/config';
import { precompileTemplate } from './build/precompile-template.mjs';

export default defineConfig({
  plugins: [
    {
      // As the bundle of the command line has them.
      name: 'precompiled-templates',
      load(id) {
        return id.endsWith('.hbs') ? precompileTemplate(id) : undefined;
      },
    },
  ],
  resolve: {
    alias: {
      'kfunc-registry/browser': new URL('src/browser.ts', import.meta.url).pathname,
      'kfunc-registry': new URL('src/index.ts', import.meta.url).pathname,
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    reporters: ['default', './test/count-reporter.ts'],
  },
});

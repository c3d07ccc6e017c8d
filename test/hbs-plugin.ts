import type { Plugin } from 'vitest/config';

/** Imports of Handlebars templates give their text, as in the bundled program. */
export function hbsPlugin(): Plugin {
  return {
    name: 'hbs',
    transform(code, id) {
      return id.endsWith('.hbs') ? { code: `export default ${JSON.stringify(code)};`, map: null } : undefined;
    },
  };
}

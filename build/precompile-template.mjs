import { readFileSync } from 'node:fs';
import handlebars from 'handlebars';

/**
 * A module that exports a template in the form that Handlebars' runtime takes. What is printed is C and not HTML, so
 * nothing is escaped; a field that a template misspells is an error when it runs.
 */
export function precompileTemplate(path) {
  const options = { noEscape: true, strict: true, knownHelpersOnly: true, preventIndent: false };
  return `export default ${handlebars.precompile(readFileSync(path, 'utf8'), options)};\n`;
}

/** Templates go into the bundle compiled, so that a run loads the runtime of Handlebars and not its compiler. */
export const precompiledTemplates = {
  name: 'precompiled-templates',
  setup(hooks) {
    hooks.onLoad({ filter: /\.hbs$/ }, ({ path }) => ({ contents: precompileTemplate(path), loader: 'js' }));
  },
};

import { printHelpersModule } from './tables-helpers.ts';
import type { Target } from './target.ts';

/** `tables/`: a typed module a kernel, and one for the BPF helpers. */
export const tablesTarget: Target = {
  name: 'tables',
  description: 'typed tables, one TypeScript module a kernel, in which a misspelt kfunc, hook or flag does not compile',
  async emit({ model, helpers, version }) {
    const { openProject, printModule } = await import('./tables-module.ts');
    const project = openProject();
    const modules = model.kernels.map((kernel) => {
      const path = `tables/${kernel.kernel.version}.ts`;
      return { path, content: printModule(project, path, kernel, version) };
    });
    return helpers === undefined
      ? modules
      : [...modules, { path: 'tables/helpers.ts', content: printHelpersModule(helpers, version) }];
  },
};

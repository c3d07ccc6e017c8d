import type { Target } from './target.ts';

/** `tables/`: a typed module a kernel. */
export const tablesTarget: Target = {
  name: 'tables',
  description: 'typed tables, one TypeScript module a kernel, in which a misspelt kfunc, hook or flag does not compile',
  async emit({ model, version }) {
    const { openProject, printModule } = await import('./tables-module.ts');
    const project = openProject();
    return model.kernels.map((kernel) => {
      const path = `tables/${kernel.kernel.version}.ts`;
      return { path, content: printModule(project, path, kernel, version) };
    });
  },
};

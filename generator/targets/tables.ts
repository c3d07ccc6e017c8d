import type { Target } from './target.ts';

/** `tables/`: a typed module a kernel. */
export const tablesTarget: Target = {
  name: 'tables',
  description: 'typed tables, one TypeScript module a kernel, in which a misspelt kfunc, hook or flag does not compile',
  async emit({ model, version, frame: printed }) {
    const { fillModule } = await import('./tables-fill.ts');
    const frame = await (printed ?? import('./tables-frame.ts').then(({ printFrame }) => printFrame(version)));
    return model.kernels.map((kernel) => ({
      path: `tables/${kernel.kernel.version}.ts`,
      content: fillModule(frame, kernel),
    }));
  },
};

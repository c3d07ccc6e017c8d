import { printHelpersModule } from './tables-helpers.ts';
import { printTablesIndex } from './tables-index.ts';
import type { Target } from './target.ts';

/** `tables/`: a typed module a kernel, one that finds them by version, and one for the BPF helpers. */
export const tablesTarget: Target = {
  name: 'tables',
  description: 'typed tables, one TypeScript module a kernel, in which a misspelt kfunc, hook or flag does not compile',
  async emit({ model, helpers, version, frame: printed }) {
    const { fillModule } = await import('./tables-fill.ts');
    const frame = await (printed ?? import('./tables-frame.ts').then(({ printFrame }) => printFrame(version)));
    const modules = model.kernels.map((kernel) => ({
      path: `tables/${kernel.kernel.version}.ts`,
      content: fillModule(frame, kernel),
    }));
    const versions = model.kernels.map(({ kernel }) => kernel.version);
    return [
      ...modules,
      { path: 'tables/index.ts', content: printTablesIndex(versions, version) },
      ...(helpers === undefined ? [] : [{ path: 'tables/helpers.ts', content: printHelpersModule(helpers, version) }]),
    ];
  },
};

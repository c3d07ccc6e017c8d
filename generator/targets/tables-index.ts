import { markLines } from './mark.ts';
import { docComment } from './tables-comment.ts';

/** The text of the module that finds the table of a kernel by its version, and loads it when it is asked for. */
export function printTablesIndex(kernels: readonly string[], version: string): string {
  const comment = markLines(version, 'the kernel profiles')
    .map((line) => `// ${line}\n`)
    .join('');
  const names = kernels.map((kernel) => `'${kernel}'`);
  const loaders = kernels.map(
    (kernel) => `  '${kernel}': () => import('./${kernel}.ts').then(({ table }) => table),\n`,
  );
  return `${comment}import type { KernelTable } from 'kfunc-registry';

${docComment(['Kernels that have a table.'])}export type KernelVersion =
  | ${names.join('\n  | ')};

${docComment(['The table of each kernel, oldest first; it is loaded when it is asked for.'])}export const tables: Readonly<Record<KernelVersion, () => Promise<KernelTable>>> = {
${loaders.join('')}};
`;
}

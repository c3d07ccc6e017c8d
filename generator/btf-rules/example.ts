import { dtors, kfuncs } from '../rules/example.ts';

/** What the kernel of an example has, a C declaration a line, in comments before the declarations. */
function withKernel(kernel: readonly string[], text: string): string {
  return `${kernel.map((line) => `# BTF: ${line};\n`).join('')}${text}`;
}

/** An example with a set of kfuncs: what the kernel has, entries and prototypes. */
export function kfuncsIn(
  kernel: readonly string[],
  entries: readonly string[],
  prototypes: readonly string[] = [],
): string {
  return withKernel(kernel, kfuncs(entries, prototypes));
}

/** The same with destructor pairs, whose destructor `acme_put` is a kfunc itself. */
export function dtorsIn(kernel: readonly string[], entries: readonly string[]): string {
  const set = 'sets:\n  - name: acme_kfunc_set\n    hooks: [xdp]\n    kfuncs: [acme_put]\n';
  return withKernel(kernel, `${dtors(entries)}${set}`);
}

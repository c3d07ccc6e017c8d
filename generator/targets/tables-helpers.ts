import type { HelperData } from '../../src/verifier/kernel/helpers/helper-data.ts';
import { markLines } from './mark.ts';
import { docComment } from './tables-comment.ts';
import { printLiteral } from './tables-literal.ts';

/** The text of the module that holds what a registry says of BPF helpers, through all kernels. */
export function printHelpersModule(data: HelperData, version: string): string {
  const comment = markLines(version, 'registry/helpers')
    .map((line) => `// ${line}\n`)
    .join('');
  const description = docComment(['BPF helpers through all kernels: prototypes, and who may call them.']);
  return `${comment}import { deepFreeze, type HelperData } from 'kfunc-registry';

${description}export const helpers: HelperData = /* @__PURE__ */ deepFreeze(${printLiteral(data)});
`;
}

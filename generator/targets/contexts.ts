import type { ContextRules } from '../contexts/context-rules.ts';
import { brokenReferences } from '../contexts/broken-references.ts';
import { markLines } from './mark.ts';
import { printLiteral } from './tables-literal.ts';
import type { Target } from './target.ts';

/** `contexts/`: what the verifier knows about contexts and program types, as one typed module. */
export const contextsTarget: Target = {
  name: 'contexts',
  description: 'what each BPF program type may read, write and return, as a typed module for the rule engine',
  emit({ contexts, version }) {
    const broken = brokenReferences(contexts);
    if (broken.length > 0) {
      throw new Error(`registry/prog-types: ${broken.join('; ')}`);
    }
    return Promise.resolve([{ path: 'contexts/contexts.ts', content: printContexts(contexts, version) }]);
  },
};

function printContexts({ layouts, progTypes }: ContextRules, version: string): string {
  const mark = markLines(version, 'registry/contexts and registry/prog-types').map((line) => `// ${line}\n`);
  return `${mark.join('')}import type { ContextLayout } from '../types/context.ts';
import type { ProgTypeRules } from '../types/prog-type.ts';

/** The contexts that are no arguments of a function of the kernel, by name. */
export const contextLayouts: readonly ContextLayout[] = ${printLiteral(layouts)};

/** The program types, by name. */
export const progTypeRules: readonly ProgTypeRules[] = ${printLiteral(progTypes)};
`;
}

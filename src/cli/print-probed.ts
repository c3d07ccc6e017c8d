import { Document } from 'yaml';
import type { ProbedDeclaration } from '../../generator/probe/declare-probed.ts';

/** Declarations as YAML, as `kfuncs validate` takes them; what a kernel does not tell stands in comments. */
export function printProbed(declarations: readonly ProbedDeclaration[], release: string, version: string): string {
  const document = new Document(declarations.map(({ declaration }) => declaration));
  document.commentBefore = [
    ` What ${release} allows, as its verifier said; a kernel tells names, owners and hooks.`,
    ` Set names, source files, flags and filters are those that the registry has for ${version}, where no comment says`,
    ' otherwise. Destructor pairs, prototypes, and flags that differ from the registry, were not told.',
  ].join('\n');
  for (const [at, { notes }] of declarations.entries()) {
    const node: unknown = document.get(at, true);
    if (notes.length > 0 && typeof node === 'object' && node !== null) {
      Object.assign(node, { commentBefore: notes.map((note) => ` ${note}`).join('\n') });
    }
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

import { CSyntaxError } from '../c/syntax-error.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { kfuncs } from './example.ts';
import { defineRule } from './rule.ts';

export const unusedPrototype = defineRule({
  id: 'registry/unused-prototype',
  severity: 'warning',
  title: 'A prototype belongs to a kfunc or destructor of its file',
  explanation:
    'A prototype of a function that the file does not declare is checked against nothing: mostly a name is misspelt.',
  kernels: 'all',
  messages: {
    near: { message: 'this file declares no `{name}`', suggestion: 'did you mean `{nearest}`?' },
    far: { message: 'this file declares no `{name}`', suggestion: 'declare it in a set, or remove the prototype' },
  },
  examples: {
    bad: kfuncs(['acme_get'], ['int acme_got(u32 id)']),
    good: kfuncs(['acme_get'], ['int acme_get(u32 id)']),
  },
  check({ registry, report }) {
    for (const { prototypes, sets, dtors } of registry.files.filter(({ isWhole }) => isWhole)) {
      const names = new Set([
        ...sets.flatMap((set) => set.kfuncs.map(({ name }) => name)),
        ...dtors.map(({ kfunc }) => kfunc),
      ]);
      for (const { parsed, place } of prototypes) {
        if (parsed instanceof CSyntaxError || names.has(parsed.name)) {
          continue;
        }
        const { name } = parsed;
        const near = nearest(name, names);
        if (near === undefined) {
          report({ message: 'far', values: { name }, place });
        } else {
          report({ message: 'near', values: { name, nearest: near }, place });
        }
      }
    }
  },
});

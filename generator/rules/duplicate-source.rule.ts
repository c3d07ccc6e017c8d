import { below } from '../declarations/place.ts';
import type { DeclaredFile } from '../declarations/registry.ts';
import { declaration } from './example.ts';
import { defineRule } from './rule.ts';

export const duplicateSource = defineRule({
  id: 'registry/duplicate-source',
  severity: 'error',
  title: 'A source file has one declaration file',
  explanation: 'The declaration of a source file becomes one C header at its path; two would overwrite each other.',
  kernels: 'all',
  messages: {
    default: { message: '`{source}` is declared in {file} already', suggestion: 'move the entries into that file' },
  },
  // One file can't break it: the test puts the second example file beside the first.
  examples: { bad: declaration(''), good: declaration('') },
  check({ registry, report }) {
    const seen = new Map<string, DeclaredFile>();
    for (const each of registry.files) {
      const first = seen.get(each.source);
      if (first === undefined) {
        seen.set(each.source, each);
        continue;
      }
      const related = [{ message: 'the first declaration', place: below(first.place, 'source') }];
      const values = { source: each.source, file: first.file.name };
      report({ message: 'default', values, place: below(each.place, 'source'), related });
    }
  },
});

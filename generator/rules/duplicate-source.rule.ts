import { below } from '../declarations/place.ts';
import type { DeclaredFile } from '../declarations/registry.ts';
import { includeGuard } from '../targets/include-names.ts';
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
    header: {
      message: 'the header of `{source}` would have the include guard of that of `{other}`, declared in {file}',
      suggestion: 'sources of one registry differ in more than their ending, capitals and dashes',
    },
  },
  // One file can't break it: the test puts the second example file beside the first.
  examples: { bad: declaration(''), good: declaration('') },
  check({ registry, report }) {
    const seen = new Map<string, DeclaredFile>();
    for (const each of registry.files) {
      const guard = includeGuard(each.source);
      const first = seen.get(guard);
      if (first === undefined) {
        seen.set(guard, each);
        continue;
      }
      const at = {
        place: below(each.place, 'source'),
        related: [{ message: 'the first declaration', place: below(first.place, 'source') }],
      };
      const { source } = each;
      if (first.source === source) {
        report({ message: 'default', values: { source, file: first.file.name }, ...at });
      } else {
        report({ message: 'header', values: { source, other: first.source, file: first.file.name }, ...at });
      }
    }
  },
});

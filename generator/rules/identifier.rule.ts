import { isIdentifier } from '../c/identifier.ts';
import { kfuncs } from './example.ts';
import { namesOf } from './names.ts';
import { defineRule } from './rule.ts';

export const identifier = defineRule({
  id: 'registry/identifier',
  severity: 'error',
  title: 'Names are C identifiers',
  explanation:
    'Names of kfuncs, sets and types go into C headers and are looked up in BTF, which takes letters, digits and underscores (kernel/bpf/btf.c, btf_name_valid_identifier()). A word of C names nothing.',
  kernels: 'all',
  messages: {
    default: {
      message: '`{name}` is no C identifier',
      suggestion: 'use letters, digits and underscores, beginning with no digit; no word of C',
    },
    close: { message: '`{name}` is no C identifier', suggestion: 'did you mean `{nearest}`?' },
  },
  examples: { bad: kfuncs(['acme-get']), good: kfuncs(['acme_get']) },
  check({ registry, report }) {
    for (const { name, place } of namesOf(registry).filter((each) => !isIdentifier(each.name))) {
      const nearest = name.trim().replace(/[-. ]/g, '_');
      if (isIdentifier(nearest)) {
        report({ message: 'close', values: { name, nearest }, place });
      } else {
        report({ message: 'default', values: { name }, place });
      }
    }
  },
});

import { declaration } from './example.ts';
import { defineRule } from './rule.ts';

/** The rules about suppressions; the runner reports them, after all others have run. */

export const malformedSuppression = defineRule({
  id: 'registry/malformed-suppression',
  severity: 'error',
  title: 'A suppression names a rule and a reason',
  explanation:
    'A comment `# kfuncs-ignore RULE: reason` takes back the findings of that rule on the next line, or, behind an entry, on its own. Findings that leave nothing to generate from, such as those about the form of a file or about names, can not be taken back.',
  kernels: 'all',
  messages: {
    reason: {
      message: 'this suppression gives no reason',
      suggestion: 'write `# kfuncs-ignore {rule}: why it is right here`',
    },
    rule: { message: 'there is no rule `{rule}`', suggestion: '`kfuncs rules` lists the rules' },
    structure: {
      message: 'rule `{rule}` can not be suppressed: nothing can be made of a declaration that breaks it',
      suggestion: 'mend what it finds',
    },
  },
  examples: {
    bad: declaration(
      '# kfuncs-ignore registry/set-without-hook\nsets:\n  - { name: a_set, kfuncs: [], hooks: [xdp] }\n',
    ),
    good: declaration(
      'sets:\n  # kfuncs-ignore registry/set-without-hook: registered by another module\n  - { name: a_set, kfuncs: [] }\n',
    ),
  },
});

export const unusedSuppression = defineRule({
  id: 'registry/unused-suppression',
  severity: 'warning',
  title: 'A suppression suppresses something',
  explanation: 'The finding that the comment took back is gone; left in place it would hide the next one.',
  kernels: 'all',
  messages: { default: { message: 'rule `{rule}` finds nothing there', suggestion: 'remove the comment' } },
  examples: {
    bad: declaration(
      'sets:\n  # kfuncs-ignore registry/set-without-hook: registered by another module\n  - { name: a_set, kfuncs: [], hooks: [xdp] }\n',
    ),
    good: declaration('sets:\n  - { name: a_set, kfuncs: [], hooks: [xdp] }\n'),
  },
});

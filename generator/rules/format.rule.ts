import { setFor } from './example.ts';
import { defineRule } from './rule.ts';

/** The rules about the form of a declaration: what its JSON Schema says, in words. */

export const unknownKey = defineRule({
  id: 'registry/unknown-key',
  severity: 'error',
  title: 'Every key is one of the format',
  explanation: 'A key that the format does not know would say nothing; mostly it is misspelt.',
  kernels: 'all',
  messages: {
    near: { message: 'there is no key `{key}` here', suggestion: 'did you mean `{nearest}`?' },
    again: { message: 'there is no key `{key}` here', suggestion: '`{nearest}` stands here already; remove this one' },
    far: { message: 'there is no key `{key}` here', suggestion: 'the keys here are {keys}' },
  },
  examples: { bad: 'source: acme.c\nownr: acme\nowner: acme\n', good: 'source: acme.c\nowner: acme\n' },
});

export const missingKey = defineRule({
  id: 'registry/missing-key',
  severity: 'error',
  title: 'Required keys are there',
  explanation: 'The entry means nothing without this key.',
  kernels: 'all',
  messages: { default: { message: 'the key `{key}` is missing', suggestion: 'add `{key}: …`' } },
  examples: { bad: 'source: acme.c\n', good: 'source: acme.c\nowner: acme\n' },
});

export const wrongType = defineRule({
  id: 'registry/wrong-type',
  severity: 'error',
  title: 'Values are of the type that the format wants',
  explanation: 'A text where a list belongs, a number where a name belongs, and the like.',
  kernels: 'all',
  messages: {
    default: { message: 'expected {expected}, found {found}', suggestion: 'write {expected}' },
    version: { message: 'expected the name of a kernel, found the number {found}', suggestion: 'write `v{found}`' },
    list: { message: 'expected a list, found {found}', suggestion: 'put it in brackets: `[{found}]`' },
  },
  examples: {
    bad: 'source: acme.c\nowner: acme\nsets: none\n',
    good: 'source: acme.c\nowner: acme\nsets: []\n',
  },
});

export const invalidValue = defineRule({
  id: 'registry/invalid-value',
  severity: 'error',
  title: 'Values have the form that the format wants',
  explanation: 'The value is of the right type, but not of the form its key asks for: see the description of the key.',
  kernels: 'all',
  messages: { default: { message: '`{value}` is no {what}', suggestion: '{help}' } },
  examples: { bad: 'source: /etc/passwd\nowner: acme\n', good: 'source: drivers/acme.c\nowner: acme\n' },
});

/** The texts about a name that is none of those known. */
export const UNKNOWN_NAME = {
  near: { message: 'there is no {kind} `{value}`', suggestion: 'did you mean `{nearest}`?' },
  far: { message: 'there is no {kind} `{value}`', suggestion: 'there are {all}' },
} as const;

export const unknownHook = defineRule({
  id: 'registry/unknown-hook',
  severity: 'error',
  title: 'Hooks are those of some kernel',
  explanation: 'The name is no hook of any kernel (enum btf_kfunc_hook, kernel/bpf/btf.c).',
  kernels: 'all',
  messages: UNKNOWN_NAME,
  examples: { bad: setFor('hooks: [xpd]'), good: setFor('hooks: [xdp]') },
});

export const unknownProgType = defineRule({
  id: 'registry/unknown-prog-type',
  severity: 'error',
  title: 'Program types are those of some kernel',
  explanation: 'The name is no program type of any kernel (enum bpf_prog_type, include/uapi/linux/bpf.h).',
  kernels: 'all',
  messages: UNKNOWN_NAME,
  examples: { bad: setFor('prog_types: [shed_cls]'), good: setFor('prog_types: [sched_cls]') },
});

export const unknownFlag = defineRule({
  id: 'registry/unknown-flag',
  severity: 'error',
  title: 'Flags are those of some kernel',
  explanation:
    'The name is no flag of any kernel: KF_… in include/linux/btf.h, or a set of struct btf_kfunc_id_set before v6.0.',
  kernels: 'all',
  messages: UNKNOWN_NAME,
  examples: {
    bad: setFor('hooks: [xdp]').replace('[acme_get]', '[{ name: acme_get, flags: [aquire] }]'),
    good: setFor('hooks: [xdp]').replace('[acme_get]', '[{ name: acme_get, flags: [acquire] }]'),
  },
});

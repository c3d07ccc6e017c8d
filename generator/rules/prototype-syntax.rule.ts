import type { Place } from '../declarations/place.ts';
import { CSyntaxError } from '../c/syntax-error.ts';
import { isIdentifier } from '../c/identifier.ts';
import type { DeclaredFile } from '../declarations/registry.ts';
import { declaration } from './example.ts';
import { defineRule } from './rule.ts';

const withPrototype = (prototype: string): string =>
  declaration(`sets:
  - { name: acme_kfunc_set, hooks: [xdp], kfuncs: [acme_get] }
prototypes:
  - ${prototype}
`);

export const prototypeSyntax = defineRule({
  id: 'registry/prototype-syntax',
  severity: 'error',
  title: 'A prototype is one C function prototype with parameter names',
  explanation: 'The names matter: the verifier reads some of them, such as those that end in `__sz`.',
  kernels: 'all',
  messages: {
    default: {
      message: 'this is no C prototype: {problem} at character {column}',
      suggestion: 'write return type, name, and each parameter with its name: `void f(struct acme *a)`',
    },
  },
  examples: {
    bad: withPrototype('struct acme *acme_get(u32)'),
    good: withPrototype('struct acme *acme_get(u32 id)'),
  },
  check({ registry, report }) {
    for (const { parsed, text, place } of registry.files.flatMap(prototypesOf)) {
      if (parsed instanceof CSyntaxError) {
        report({ message: 'default', values: { problem: parsed.message, column: parsed.offset + 1 }, place });
        continue;
      }
      const wrong = [parsed.name, ...parsed.params.map(({ name }) => name)].find((name) => !isIdentifier(name));
      if (wrong !== undefined) {
        const values = { problem: `\`${wrong}\` names nothing in C`, column: text.indexOf(wrong) + 1 };
        report({ message: 'default', values, place });
      }
    }
  },
});

/** The prototypes of the declaration itself and those imported beside it. */
function prototypesOf({ prototypes, imported }: DeclaredFile): {
  parsed: DeclaredFile['prototypes'][number]['parsed'];
  text: string;
  place: Place;
}[] {
  const known = Object.entries(imported?.data.functions ?? {}).flatMap(([name, definitions]) =>
    definitions.map((definition, index) => ({ name, definition, index })),
  );
  return [
    ...prototypes,
    ...known.flatMap(({ name, definition, index }) =>
      imported === undefined
        ? []
        : [
            {
              parsed: imported.prototypeOf(definition),
              text: definition.prototype,
              place: { file: imported.file, path: ['functions', name, index, 'prototype'] },
            },
          ],
    ),
  ];
}

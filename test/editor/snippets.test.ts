import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findings } from '../generator/temporary-registry.ts';

interface Snippet {
  readonly scope: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: string | readonly string[];
}

const ROOT = join(import.meta.dirname, '../..');
/** JSON with commas behind the last items, as formatters leave it: YAML takes that. */
const SNIPPETS = Object.values(
  parse(readFileSync(join(ROOT, '.vscode/kfuncs.code-snippets'), 'utf8')) as Record<string, Snippet>,
);

const bodyOf = ({ body }: Snippet): string => (typeof body === 'string' ? body : body.join('\n'));

/** The text of a snippet as an editor leaves it where one types nothing, with one choice of each list. */
function expanded(body: string, choice: number): string {
  return body
    .replace(/\$\{\d+\|([^|]*)\|\}/g, (_, words: string) => words.split(',')[choice % words.split(',').length] ?? '')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d/g, '');
}

/** Where a snippet is typed: what stands around `@`, which is indented as its line is. */
const AROUND: Readonly<Record<string, string>> = {
  declaration: '@',
  set: 'source: a.c\nowner: vmlinux\nsince: v6.12\nuntil: v6.19\nsets:\n  @other\n',
  kfunc:
    'source: a.c\nowner: vmlinux\nsince: v6.12\nuntil: v6.19\nsets:\n  - name: s\n    hooks: [xdp]\n    kfuncs:\n      @\n',
  'kfunc-since':
    'source: a.c\nowner: vmlinux\nuntil: v6.19\nsets:\n  - name: s\n    hooks: [xdp]\n    kfuncs:\n      @\n',
  'flag-until':
    'source: a.c\nowner: vmlinux\nsince: v6.12\nsets:\n  - name: s\n    hooks: [xdp]\n    kfuncs:\n      - { name: a, flags: [@] }\n',
  dtor: 'source: a.c\nowner: vmlinux\nsince: v6.12\nprototypes: [void acme_put(struct acme *acme)]\ndtors:\n  @\n',
  'kfuncs-ignore': 'source: a.c\nowner: vmlinux\nsets:\n  @\n  - { name: s, kfuncs: [a] }\n',
};

describe.each(SNIPPETS.map((snippet) => [snippet.prefix, snippet] as const))('the snippet %s', (prefix, snippet) => {
  const choices = Math.max(
    1,
    ...[...bodyOf(snippet).matchAll(/\|([^|]*)\|/g)].map((match) => match[1]?.split(',').length ?? 1),
  );

  it.each(Array.from({ length: choices }, (_, at) => at))('gives what validates, with choice %i', (choice) => {
    const text = (AROUND[prefix] ?? 'nowhere: @').replace(/^( *)(.*)@/gm, (_, indent: string, before: string) =>
      [indent, before, expanded(bodyOf(snippet), choice).replaceAll('\n', `\n${indent}`)].join(''),
    );
    const found = findings(text.replace('registry/rule', 'registry/set-without-hook'));
    expect(found.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });

  it('is for YAML, and says what it is', () => {
    expect(snippet.scope).toBe('yaml');
    expect(snippet.description.length).toBeGreaterThan(10);
  });
});

import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Declaration } from '../../../generated/types/declaration.ts';
import { insertItem } from '../../../generator/add/insert-item.ts';
import type { Value } from '../../../generator/add/value.ts';
import { findDeclarations } from '../../../generator/declarations/find-files.ts';
import { PACKAGE_ROOT } from '../../../generator/declarations/package-files.ts';
import type { Path } from '../../../generator/diagnostics/source-file.ts';

const REGISTRY = join(PACKAGE_ROOT, 'registry');
const FILES = findDeclarations(REGISTRY).map((path) => [relative(REGISTRY, path), readFileSync(path, 'utf8')] as const);

const ENTRY = { name: 'acme_get', flags: ['acquire', 'ret_null'] };

/** Written as they are in tests below: `|` before a line begins it. */
const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

describe('insertItem', () => {
  it.each<[string, string, Path, Value, string]>([
    [
      'an entry in brackets behind its like',
      lines('kfuncs:', '  - { name: a, flags: [release] } # why', '  # the end'),
      ['kfuncs'],
      ENTRY,
      lines(
        'kfuncs:',
        '  - { name: a, flags: [release] } # why',
        '  - { name: acme_get, flags: [acquire, ret_null] }',
        '  # the end',
      ),
    ],
    [
      'an entry of lines behind its like',
      lines('kfuncs:', '- name: a', '  flags:', '  - release', '  # of a', 'owner: x'),
      ['kfuncs'],
      ENTRY,
      lines(
        'kfuncs:',
        '- name: a',
        '  flags:',
        '  - release',
        '  # of a',
        '- name: acme_get',
        '  flags:',
        '  - acquire',
        '  - ret_null',
        'owner: x',
      ),
    ],
    [
      'spaces within brackets and quotes as its like has them',
      lines('kfuncs:', "    - {'name': 'a', 'flags': [ 'release' ]}"),
      ['kfuncs'],
      ENTRY,
      lines(
        'kfuncs:',
        "    - {'name': 'a', 'flags': [ 'release' ]}",
        "    - {'name': 'acme_get', 'flags': [ 'acquire', 'ret_null' ]}",
      ),
    ],
    ['a name in a list within a line', 'kfuncs: [a, b] # both\n', ['kfuncs'], 'c', 'kfuncs: [a, b, c] # both\n'],
    ['a name in a list without spaces', 'kfuncs: [a,b]\n', ['kfuncs'], 'c', 'kfuncs: [a,b,c]\n'],
    ['a name behind a comma', 'kfuncs: [a, b, ]\n', ['kfuncs'], 'c', 'kfuncs: [a, b, c, ]\n'],
    ['a name in an empty list', 'kfuncs: []\n', ['kfuncs'], 'c', 'kfuncs: [c]\n'],
    ['a name in an empty list with a space', 'kfuncs: [ ]\n', ['kfuncs'], 'c', 'kfuncs: [ c ]\n'],
    [
      'a name on a line of its own, within brackets',
      lines('kfuncs: [', '    a,', '    b # last', '  ]'),
      ['kfuncs'],
      'c',
      lines('kfuncs: [', '    a,', '    b, # last', '    c', '  ]'),
    ],
    [
      'a name on a line of its own behind a comma',
      lines('kfuncs: [', '    a, # first, and last', '  ]'),
      ['kfuncs'],
      'c',
      lines('kfuncs: [', '    a, # first, and last', '    c,', '  ]'),
    ],
    [
      'a list that is missing, behind the keys before it',
      lines('source: a.c', 'owner: a', '# pairs', 'prototypes:', '  - int a(void)'),
      ['dtors'],
      { type: 't', kfunc: 'f' },
      lines(
        'source: a.c',
        'owner: a',
        'dtors:',
        '  - { type: t, kfunc: f }',
        '# pairs',
        'prototypes:',
        '  - int a(void)',
      ),
    ],
    [
      'a list that is missing, behind a text of many lines',
      lines('source: a.c', 'description: |', '  Some', '  # text', '', 'license: MIT'),
      ['sets'],
      { name: 's', hooks: ['xdp'], kfuncs: [ENTRY] },
      lines(
        'source: a.c',
        'description: |',
        '  Some',
        '  # text',
        '',
        'license: MIT',
        'sets:',
        '  - name: s',
        '    hooks: [xdp]',
        '    kfuncs:',
        '      - { name: acme_get, flags: [acquire, ret_null] }',
      ),
    ],
    ['a file without a line feed at the end', 'kfuncs:\n  - a', ['kfuncs'], 'b', 'kfuncs:\n  - a\n  - b'],
    ['a file with carriage returns', 'kfuncs:\r\n  - a\r\n', ['kfuncs'], 'b', 'kfuncs:\r\n  - a\r\n  - b\r\n'],
    [
      'a text that YAML would take for something else',
      'kfuncs:\n  - a\n',
      ['kfuncs'],
      'on: x',
      'kfuncs:\n  - a\n  - "on: x"\n',
    ],
    [
      'an entry that is too long for a line',
      'dtors:\n  - { type: t, kfunc: f }\n',
      ['dtors'],
      { type: 't'.repeat(60), kfunc: 'f'.repeat(60) },
      `dtors:\n  - { type: t, kfunc: f }\n  - type: ${'t'.repeat(60)}\n    kfunc: ${'f'.repeat(60)}\n`,
    ],
    [
      'JSON of one line',
      '{"owner":"a","kfuncs":["a"]}\n',
      ['kfuncs'],
      ENTRY,
      '{"owner":"a","kfuncs":["a", { "name": "acme_get", "flags": ["acquire", "ret_null"] }]}\n',
    ],
  ])('adds %s', (_, before, path, value, after) => {
    expect(insertItem(before, path, value)).toBe(after);
  });

  it.each([0, 2, 4, '\t'])('writes JSON as JSON.stringify() does, indented by %j', (indent) => {
    const data = { source: 'a.c', sets: [{ name: 's', kfuncs: [{ name: 'a', flags: ['release'] }, { name: 'b' }] }] };
    const result = insertItem(JSON.stringify(data, null, indent), ['sets', 0, 'kfuncs'], ENTRY);
    data.sets[0]?.kfuncs.push(ENTRY);
    expect(JSON.parse(result)).toEqual(data);
    if (indent === 2 || indent === 4) {
      expect(result).toBe(JSON.stringify(data, null, indent));
    }
  });

  it.each([
    ['an alias', 'a: &l [x]\nkfuncs: *l\n', ['kfuncs']],
    ['a list that is a text', 'kfuncs: a\n', ['kfuncs']],
    ['brackets that hold a comment alone', 'kfuncs: [ # none\n  ]\n', ['kfuncs']],
    ['a path that leads to nothing', 'sets: []\n', ['sets', 3, 'kfuncs']],
  ])('refuses %s', (_, text, path) => {
    expect(() => insertItem(text, path, 'a')).toThrow('laid out');
  });
});

/** Every list of a declaration that an entry may be added to, there or missing. */
function pathsOf(declaration: Declaration): readonly Path[] {
  return [...(declaration.sets ?? []).map((_, at) => ['sets', at, 'kfuncs']), ['dtors'], ['prototypes'], ['sets']];
}

function withItem(data: unknown, [step, ...rest]: Path, value: Value): unknown {
  if (step === undefined) {
    return [...((data ?? []) as unknown[]), value];
  }
  const inner = withItem((data as Record<string | number, unknown>)[step], rest, value);
  return Array.isArray(data) ? data.with(Number(step), inner) : { ...(data as object), [step]: inner };
}

const word = fc.stringMatching(/^[a-z_][a-z0-9_]{0,30}$/);
const anyText = fc.oneof(word, fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }));
const entry: fc.Arbitrary<Value> = fc.oneof(
  anyText,
  fc.record({ name: anyText, flags: fc.array(word, { maxLength: 3 }) }),
  fc.record({ type: word, kfunc: word, since: fc.constant('v6.1'), config: anyText }),
  fc.record({
    name: word,
    hooks: fc.array(word),
    kfuncs: fc.array(fc.oneof(word, fc.record({ name: word, flags: fc.array(word) }))),
  }),
);

describe.each(FILES)('%s with any entry in any list', (_, text) => {
  const declaration = parse(text) as Declaration;
  const path = fc.constantFrom(...pathsOf(declaration));

  it('keeps every other byte, and says just that entry more', () => {
    fc.assert(
      fc.property(path, entry, (list, value) => {
        const result = insertItem(text, list, value);
        let same = 0;
        while (same < text.length && result[same] === text[same]) same++;
        expect(result.endsWith(text.slice(same))).toBe(true);
        expect(parse(result)).toEqual(withItem(declaration, list, value));
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ['JSON', (data: unknown): string => JSON.stringify(data)],
    ['indented JSON', (data: unknown): string => JSON.stringify(data, null, 2)],
    ['quoted', (data: unknown): string => stringify(data, { defaultStringType: 'QUOTE_SINGLE', indentSeq: false })],
    ['wide', (data: unknown): string => stringify(data, { indent: 4, collectionStyle: 'block' })],
  ])('says just that entry more where it is laid out otherwise: %s', (__, print) => {
    const laidOut = print(declaration);
    fc.assert(
      fc.property(path, entry, (list, value) => {
        const result = insertItem(laidOut, list, value);
        expect(parse(result)).toEqual(withItem(declaration, list, value));
        if (laidOut.startsWith('{')) JSON.parse(result);
      }),
      { numRuns: 5 },
    );
  });
});

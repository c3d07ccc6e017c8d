import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfiles, loadRegistry } from '../../../generator/declarations/load.ts';
import { validateRegistry } from '../../../generator/rules/validate.ts';
import { findings, temporaryFolder } from '../temporary-registry.ts';

const GOOD = 'source: drivers/acme/acme_bpf.c\nowner: acme\n';

/** Ten anchors, each a list of ten aliases of the one before: a million values in a few lines. */
const BOMB = `${GOOD}sets:\n${Array.from({ length: 7 }, (_, n) =>
  n === 0 ? '  - &a0 [x, x, x, x, x, x, x, x, x, x]\n' : `  - &a${n} [${`*a${n - 1}, `.repeat(10)}]\n`,
).join('')}`;

describe('a file that is no declaration is one clear finding', () => {
  it.each([
    ['no YAML', '}{ nothing\n', ['registry/syntax'], [1, 1]],
    ['a plain text', 'hello\n', ['registry/wrong-type'], [1, 1]],
    ['a list of texts', '- a\n- b\n', ['registry/wrong-type'], [1, 3]],
    ['nothing', '', ['registry/empty-file'], [1, 1]],
    ['only comments', '# one\n# two\n', ['registry/empty-file'], [1, 1]],
    ['an empty document', '---\n', ['registry/empty-file'], [1, 1]],
    ['zero bytes', `${GOOD}\0`, ['registry/not-text'], [1, 1]],
    ['bytes that are no UTF-8', Uint8Array.of(0x73, 0xff, 0xfe, 0x0a), ['registry/not-text'], [1, 1]],
    ['UTF-16', Buffer.from(`\uFEFF${GOOD}`, 'utf16le'), ['registry/not-text'], [1, 1]],
    ['a byte order mark', `\uFEFF${GOOD}`, ['registry/byte-order-mark'], [1, 1]],
    ['CRLF', GOOD.replaceAll('\n', '\r\n'), ['registry/line-endings'], [1, 32]],
    ['a tab that indents', `${GOOD}sets:\n\t- a\n`, ['registry/syntax'], [4, 1]],
    ['a key that stands twice', `${GOOD}owner: other\n`, ['registry/duplicate-key'], [3, 1]],
    [
      'a key that stands twice in a flow mapping',
      `${GOOD}dtors: [{ type: a, type: b, kfunc: c }]\n`,
      ['registry/duplicate-key'],
      [3, 20],
    ],
    ['an alias bomb', BOMB, ['registry/alias'], [5, 10]],
    ['an alias of itself', `${GOOD}sets: &a [*a]\n`, ['registry/alias'], [3, 11]],
    ['an alias of nothing', `${GOOD}sets: *nothing\n`, ['registry/alias', 'registry/syntax'], [3, 7]],
    ['a tag', `${GOOD}description: !secret x\n`, ['registry/syntax'], [3, 14]],
    ['several documents', `${GOOD}---\n${GOOD}`, ['registry/syntax'], [3, 1]],
    ['__proto__ as a key', `${GOOD}__proto__: { polluted: 1 }\n`, ['registry/unknown-key'], [3, 1]],
    ['constructor as a key', `${GOOD}constructor: 1\n`, ['registry/unknown-key'], [3, 1]],
    ['an include', `${GOOD}include: acme.yaml\n`, ['registry/unknown-key'], [3, 1]],
    ['50 MB', Buffer.alloc(50 * 1024 * 1024, 'x'), ['registry/file-too-large'], [1, 1]],
    ['deep nesting of mappings', `${GOOD}sets: ${'{a: '.repeat(20_000)}\n`, ['registry/syntax'], undefined],
    ['deep nesting', `${GOOD}sets: ${'['.repeat(100_000)}\n`, ['registry/syntax'], undefined],
    [
      'names that objects have',
      `${GOOD}sets: [{ name: toString, hooks: [xdp], kfuncs: [valueOf, hasOwnProperty] }]\n`,
      [],
      undefined,
    ],
  ] as const)('%s', (_, content, rules, position) => {
    const found = findings({ 'kfuncs/acme.yaml': content });
    const first = found[0];
    if (rules.length > 1) {
      expect(rules).toContain(first?.rule);
    } else {
      expect([...new Set(found.map(({ rule }) => rule))]).toEqual(rules);
      expect(found.length).toBeLessThanOrEqual(5);
    }
    if (first !== undefined && position !== undefined) {
      const before = first.file.text.slice(0, first.range.start).split('\n');
      expect([before.length, (before.at(-1)?.length ?? 0) + 1]).toEqual(position);
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('what the file system refuses is told, and the rest is judged', () => {
  const judge = (...paths: string[]): { messages: string[]; rules: string[] } => {
    const loaded = loadRegistry(paths, loadProfiles());
    return {
      messages: loaded.unreadable.map(({ message }) => message),
      rules: validateRegistry(loaded).map(({ rule }) => rule),
    };
  };

  it('a file that does not exist', () => {
    const { messages } = judge('/nowhere/acme.yaml');
    expect(messages).toEqual([expect.stringContaining('there is no such file or folder')]);
  });

  it('a folder in place of a file', () => {
    const folder = temporaryFolder({ 'kfuncs/good.yaml': `${GOOD}ownr: x\n` });
    mkdirSync(join(folder, 'kfuncs', 'folder.yaml'));
    expect(judge(folder)).toEqual({ messages: [], rules: ['registry/unknown-key'] });
  });

  it('a pipe that nobody writes to', () => {
    const folder = temporaryFolder({ 'kfuncs/good.yaml': GOOD });
    execFileSync('mkfifo', [join(folder, 'kfuncs', 'pipe.yaml')]);
    expect(judge(folder).messages).toEqual([expect.stringContaining('it is no regular file')]);
  });

  it('a link that leads nowhere', () => {
    const folder = temporaryFolder({ 'kfuncs/good.yaml': GOOD });
    symlinkSync('nowhere.yaml', join(folder, 'kfuncs', 'link.yaml'));
    expect(judge(folder).messages).toEqual([expect.stringContaining('there is no such file')]);
  });

  it('links of folders that lead round in a circle', () => {
    const folder = temporaryFolder({ 'kfuncs/a/good.yaml': `${GOOD}ownr: x\n` });
    symlinkSync('..', join(folder, 'kfuncs', 'a', 'up'));
    expect(judge(folder)).toEqual({ messages: [], rules: ['registry/unknown-key'] });
  });

  it('a file named twice is read once', () => {
    const folder = temporaryFolder({ 'kfuncs/one.yaml': GOOD });
    expect(judge(folder, join(folder, 'kfuncs/one.yaml'))).toEqual({ messages: [], rules: [] });
  });

  it('several files at once', () => {
    const folder = temporaryFolder({ 'kfuncs/one.yaml': GOOD });
    const { messages } = judge('/nowhere/a.yaml', folder, '/nowhere/b.yaml');
    expect(messages).toHaveLength(2);
  });
});

import { readFileSync } from 'node:fs';
import { join, matchesGlob, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findYaml } from '../../generator/declarations/find-files.ts';
import { loadProfiles } from '../../generator/declarations/load.ts';
import { openEditor, type Editor } from './lsp-client.ts';

const ROOT = join(import.meta.dirname, '../..');
const { kernels } = loadProfiles();
const FILES = findYaml(join(ROOT, 'registry')).map((path) => relative(ROOT, path));
const SETTINGS = JSON.parse(readFileSync(join(ROOT, '.vscode/settings.json'), 'utf8')) as {
  'yaml.schemas': Readonly<Record<string, string>>;
};

const HEAD = 'source: drivers/acme.c\nowner: acme\nsets:\n  - name: s\n';
const WITHOUT_MODELINE = 'registry/kfuncs/drivers/acme.yaml';

let editor: Editor;
beforeAll(async () => {
  editor = await openEditor(ROOT);
});
afterAll(async () => {
  await editor.close();
});

/** What is underlined, and what is said of it. */
async function underlined(path: string, text: string): Promise<readonly (readonly [string, string])[]> {
  const lines = text.split('\n');
  return (await editor.problems(path, text)).map(({ range: { start, end }, message }) => [
    start.line === end.line ? (lines[start.line]?.slice(start.character, end.character) ?? '') : 'several lines',
    message,
  ]);
}

describe('an editor that opens the folder', () => {
  it.each([
    ['a wrong flag', '    hooks: [xdp]\n    kfuncs:\n      - { name: f, flags: [relaese] }\n', 'relaese', '"release"'],
    [
      'a wrong flag with a range',
      '    kfuncs: [{ name: f, flags: [{ flag: relaese, since: v6.1 }] }]\n',
      'relaese',
      '"release"',
    ],
    [
      'a wrong flag on a line',
      '    kfuncs:\n      - name: f\n        flags:\n          - relaese\n',
      'relaese',
      '"release"',
    ],
    ['a wrong hook', '    hooks: [xpd]\n    kfuncs: [f]\n', 'xpd', '"xdp"'],
    ['a text for a list', '    hooks: xdp\n    kfuncs: [f]\n', 'xdp', 'Expected "array"'],
    ['a wrong key', '    hoks: [xdp]\n    kfuncs: [f]\n', 'hoks', 'Property hoks is not allowed'],
    [
      'a number for a kernel',
      '    since: 6.1\n    kfuncs: [f]\n',
      '6.1',
      'Write the name of a kernel, with its v: `v6.1`.',
    ],
    [
      'a kernel without its v',
      '    since: "6.1"\n    kfuncs: [f]\n',
      '"6.1"',
      'Write the name of a kernel, with its v',
    ],
  ])('underlines %s, and that alone', async (_, rest, where, message) => {
    expect(await underlined(WITHOUT_MODELINE, `${HEAD}${rest}`)).toEqual([[where, expect.stringContaining(message)]]);
  });

  it.each([
    ['flags', '    kfuncs:\n      - { name: f, flags: [|] }\n', kernels.flatMap(({ flags }) => Object.keys(flags))],
    [
      'flags behind others',
      '    kfuncs:\n      - { name: f, flags: [acquire, re|] }\n',
      ['release', 'ret_null', 'rcu'],
    ],
    ['flags on a line', '    kfuncs:\n      - name: f\n        flags:\n          - |\n', ['acquire', 'release']],
    ['hooks', '    hooks: [|]\n    kfuncs: [f]\n', kernels.flatMap(({ hooks }) => Object.keys(hooks))],
    ['kernels', '    since: |\n    kfuncs: [f]\n', kernels.map(({ version }) => version)],
    ['keys of a set', '    kfuncs: [f]\n    |\n', ['hooks', 'prog_types', 'since', 'until', 'config']],
    ['keys of a kfunc', '    kfuncs:\n      - name: f\n        |\n', ['flags', 'since', 'until', 'config']],
  ])('offers %s', async (_, rest, words) => {
    const offered = await editor.completions(WITHOUT_MODELINE, `${HEAD}${rest}`);
    expect(offered.map(({ label }) => label)).toEqual(expect.arrayContaining([...new Set(words)]));
  });

  it('explains each flag that it offers', async () => {
    const offered = await editor.completions(WITHOUT_MODELINE, `${HEAD}    kfuncs: [{ name: f, flags: [|] }]\n`);
    const words = offered.filter(({ label }) => /^[a-z_0-9]+$/.test(label));
    const says = words.map(({ documentation }) =>
      typeof documentation === 'object' ? documentation.value : documentation,
    );
    expect(new Set(says).size).toBeGreaterThanOrEqual(17);
    expect(says[words.findIndex(({ label }) => label === 'sleepable')]).toContain(
      'Only sleepable programs may call it',
    );
  });

  it('finds nothing in the files that are there', async () => {
    const all = await Promise.all(
      FILES.map(async (path) => [path, await underlined(path, readFileSync(join(ROOT, path), 'utf8'))]),
    );
    expect(all).toEqual(FILES.map((path) => [path, []]));
  }, 120_000);

  it('takes the schema that a file names, wherever it is', async () => {
    const text = `# yaml-language-server: $schema=../schemas/declaration.schema.json\n${HEAD}    kfuncs: [f]\n    hooks: [xpd]\n`;
    expect(await underlined('elsewhere/acme.yaml', text)).toEqual([['xpd', expect.stringContaining('"xdp"')]]);
    expect(await underlined('elsewhere/acme.yaml', text.replace(/^#.*\n/, ''))).toEqual([]);
  });

  it('underlines what is wrong in files of every kind', async () => {
    for (const glob of Object.values(SETTINGS['yaml.schemas'])) {
      const path = FILES.find((each) => matchesGlob(each, glob)) ?? '';
      expect(await underlined(path.replace('.yaml', '-2.yaml'), 'nonsense: 1\n'), path).toEqual(
        expect.arrayContaining([['nonsense', expect.stringContaining('nonsense is not allowed')]]),
      );
    }
  });
});

describe('the schemas of .vscode/settings.json', () => {
  it.each(FILES)('are those that %s itself names', (path) => {
    const named = /^# yaml-language-server: \$schema=(\S+)$/m.exec(readFileSync(join(ROOT, path), 'utf8'))?.[1] ?? '';
    const mapped = Object.entries(SETTINGS['yaml.schemas']).filter(([, glob]) => matchesGlob(path, glob));
    expect(mapped.map(([schema]) => resolve(ROOT, schema))).toEqual([resolve(ROOT, path, '..', named)]);
  });
});

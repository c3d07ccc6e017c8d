import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type * as browserLibrary from '../src/browser.ts';

/** What the build makes for web pages. */
const FOLDER = join(import.meta.dirname, '../dist/browser');
const ENTRY = join(FOLDER, 'kfunc-registry.js');
const FIXTURES = join(import.meta.dirname, 'verifier/fixtures/corpus');

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));

describe('the bundle for web pages', () => {
  it('asks for nothing but its own files', () => {
    const imports = files.flatMap((name) => {
      const text = readFileSync(join(FOLDER, name), 'utf8');
      return [...text.matchAll(/(?:\}from|\bimport\(?)"([^"]+)"/g)].map(([, from]) => from ?? '');
    });
    expect(imports.filter((from) => !from.startsWith('./') && !from.startsWith('../'))).toEqual([]);
  });

  it('holds the engine and no table in what is loaded first', () => {
    const tables = files.filter((name) => /chunks.v\d/.test(name));
    expect(tables.length).toBeGreaterThan(20);
    const first = files.filter((name) => !tables.includes(name)).map((name) => readFileSync(join(FOLDER, name)));
    expect(gzipSync(Buffer.concat(first)).length).toBeLessThan(200_000);
  });

  it('judges programs of the corpus as v5.19 did', async () => {
    const library = (await import(pathToFileURL(ENTRY).href)) as typeof browserLibrary;
    const btfOf = (name: string): browserLibrary.Btf =>
      library.openBtfFile(readFileSync(join(FIXTURES, 'btf', `${name}.btf`)));
    const given = { vmlinux: btfOf('kernel-v5.19'), modules: new Map() };
    const judge = library.openJudge(await library.tables['v5.19'](), given);
    const lines = readFileSync(join(FIXTURES, 'cases.jsonl'), 'utf8').split('\n').slice(0, 100);
    for (const line of lines) {
      const wanted = (JSON.parse(line) as { kernel: Record<string, { errno: number } | undefined> }).kernel['v5.19'];
      if (wanted === undefined) continue;
      const { judged } = library.judgeProgram(library.jsonCandidate(line, { btfOf }), judge);
      expect(judged.errno ?? 0, judged.id).toBe(wanted.errno);
    }
  });
});

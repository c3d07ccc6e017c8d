import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../src/cli/run.ts';
import { openBtf } from '../../src/btf/open-btf.ts';
import { writeBtf } from '../../src/btf/write-btf.ts';
import { typesOf, wordsOf, writeObject } from '../generator/btf-ids/btf-ids-object.ts';

const base = writeBtf(typesOf('func in_base'));
const module = writeObject({
  words: [0, 0, 0, 5, 0, 0, 0, 7],
  symbols: [
    ['__BTF_ID__set8__s', 0, 32],
    ['__BTF_ID__func__own__1', 2],
    ['__BTF_ID__func__gone__2', 4],
    ['__BTF_ID__func__in_base__3', 6],
  ],
  types: typesOf('func own').slice(1),
  base: openBtf(base),
});
const RESOLVED = [3, 0, 0, 0, 2, 7, 3, 5];

let folder = '';
let said = { out: '', err: '' };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kfuncs-resolve-'));
  said = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said.out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said.err += String(text)), true));
  writeFileSync(join(folder, 'acme.ko'), module);
  writeFileSync(join(folder, 'vmlinux.btf'), base);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);
const resolve = (...args: string[]): Promise<number> => runCli(['resolve', ...args]);

describe('kfuncs resolve', () => {
  it('fills the ids in place, and prints the warnings of the kernel tool', async () => {
    chmodSync(at('acme.ko'), 0o640);
    expect(await resolve(at('acme.ko'), '--btf', at('vmlinux.btf'))).toBe(0);
    expect(wordsOf(readFileSync(at('acme.ko')))).toEqual(RESOLVED);
    expect(statSync(at('acme.ko')).mode & 0o777).toBe(0o640);
    expect(said).toEqual({ out: 'WARN: resolve_btfids: unresolved symbol gone\n', err: '' });
    expect(readdirSync(folder).toSorted()).toEqual(['acme.ko', 'vmlinux.btf']);
  });

  it('leaves the file alone where --out names another', async () => {
    expect(await resolve(at('acme.ko'), '--btf', at('vmlinux.btf'), '--out', at('resolved.ko'))).toBe(0);
    expect(wordsOf(readFileSync(at('resolved.ko')))).toEqual(RESOLVED);
    expect(readFileSync(at('acme.ko'))).toEqual(Buffer.from(module));
  });

  it('writes where a link points to, and keeps the link', async () => {
    symlinkSync('acme.ko', at('link.ko'));
    expect(await resolve(at('link.ko'), '--btf', at('vmlinux.btf'))).toBe(0);
    expect(lstatSync(at('link.ko')).isSymbolicLink()).toBe(true);
    expect(wordsOf(readFileSync(at('acme.ko')))).toEqual(RESOLVED);
  });

  it('needs no base for a file that has all types itself', async () => {
    const words = { words: [0], symbols: [['__BTF_ID__func__own__1', 0]] } as const;
    writeFileSync(at('vmlinux'), writeObject({ ...words, types: typesOf('func own') }));
    expect(await resolve(at('vmlinux'))).toBe(0);
    expect(wordsOf(readFileSync(at('vmlinux')))).toEqual([2]);
  });

  it('tells that a file was resolved before', async () => {
    await resolve(at('acme.ko'), '--btf', at('vmlinux.btf'));
    expect(said.err).toBe('');
    expect(await resolve(at('acme.ko'), '--btf', at('vmlinux.btf'))).toBe(0);
    expect(said.err).toContain('was resolved before');
  });

  it.each([
    { what: 'a missing file', args: ['gone.ko'], says: 'cannot read FOLDER/gone.ko: there is no such file' },
    {
      what: 'a missing base',
      args: ['acme.ko', '--btf', 'gone'],
      says: 'cannot read FOLDER/gone: there is no such file',
    },
    { what: 'a module without its base', args: ['acme.ko'], says: '--btf names the BTF of the kernel it is built for' },
    { what: 'what is no ELF file', args: ['vmlinux.btf'], says: 'cannot read FOLDER/vmlinux.btf: ELF: ' },
    {
      what: 'a folder that is not there',
      args: ['acme.ko', '--btf', 'vmlinux.btf', '--out', 'no/x'],
      says: 'FOLDER/no/x',
    },
  ])('exits 2 and changes nothing for $what', async ({ args, says }) => {
    expect(await resolve(...args.map((arg) => (arg.startsWith('--') ? arg : at(arg))))).toBe(2);
    expect(said.err).toContain(says.replace('FOLDER', folder));
    expect(said.err).not.toContain('defect');
    expect(readFileSync(at('acme.ko'))).toEqual(Buffer.from(module));
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../generator/declarations/input-error.ts';
import { readProbeResult } from '../../../generator/probe/read-result.ts';
import { temporaryFolder } from '../temporary-registry.ts';
import { REAL, resultOf, resultText } from './results.ts';

/** A result with one kfunc, small enough to be read. */
const SMALL = `{
  "format": 1,
  "generator": "kfunc-registry 0.1.0",
  "registry": "0123456789abcdef",
  "kernel": { "release": "6.1.0", "version": "#1", "machine": "x86_64" },
  "settings": {
    "bpf_jit_enable": 1, "unprivileged_bpf_disabled": null, "lockdown": null, "capabilities": null, "config": null
  },
  "problems": [],
  "owners": ["vmlinux"],
  "programs": [
    { "name": "xdp", "prog_type": "xdp", "available": true }
  ],
  "kfuncs": [
    {
      "name": "acme_get", "owner": "vmlinux", "btf_id": 7, "tagged": false,
      "answers": [{ "verdict": "allowed", "errno": 0, "log": "", "programs": ["xdp"] }]
    }
  ]
}
`;

function read(text: string | Uint8Array): unknown {
  return readProbeResult(join(temporaryFolder({ 'result.json': text }), 'result.json'));
}

/** What is said of a file, without the name of its folder. */
function complaint(text: string | Uint8Array): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error.message.replaceAll(/\S*(?=result\.json)/g, '');
    throw error;
  }
  return 'none';
}

describe('a result', () => {
  it.each(REAL)('of %s is read as the probe printed it', (version) => {
    expect(read(resultText(version))).toEqual(resultOf(version));
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /^cannot read result\.json: it is empty: did the probe run\?$/],
    ['no JSON', 'Illegal instruction\n', /result\.json:1:1 .*mapping/],
    [
      'JSON that is cut off',
      SMALL.slice(0, 400),
      /: it is no result of a probe\nresult\.json:12:42 .*\n.*\n.*\n {2}help: all that the probe printed is wanted.*\?$/,
    ],
    ['a list', '[]\n', /result\.json:1:1 .*a mapping/],
    [
      'bytes that are no text',
      new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
      /result\.json:1:1 the file is not UTF-8/,
    ],
    [
      'a newer format',
      SMALL.replace('"format": 1', '"format": 2, "more": {}'),
      /result\.json:2:13 this is format 2, and 1 is the newest that this kfuncs reads\n {2}2 \| {3}"format": 2, "more": \{\},\n.*\n {2}help: read it with the kfuncs that wrote the probe/,
    ],
    ['a format that is no number', SMALL.replace('"format": 1', '"format": "1"'), /result\.json:2:13 /],
    ['a format before the first', SMALL.replace('"format": 1', '"format": 0'), /result\.json:2:13 /],
    [
      'a name that is no C identifier',
      SMALL.replace('acme_get', 'acme-get; x'),
      /result\.json:16:15 `acme-get; x` is no name/,
    ],
    ['an owner that is none', SMALL.replace('"owner": "vmlinux"', '"owner": "../x"'), /result\.json:16:36 `\.\.\/x`/],
    ['a verdict that is none', SMALL.replace('"allowed"', '"alowed"'), /result\.json:17:32 .*alowed/],
    ['a key that is none', SMALL.replace('"tagged"', '"taged"'), /result\.json:16:6\d .*taged/],
    [
      'a program that is none',
      SMALL.replace('"programs": ["xdp"]', '"programs": ["xdp", "tc"]'),
      /result\.json:17:86 tc is not among the programs/,
    ],
    [
      'an owner that was not asked about',
      SMALL.replace('"owner": "vmlinux"', '"owner": "acme"'),
      /result\.json:16:36 acme is not among the owners/,
    ],
    [
      'two answers for a program',
      SMALL.replace('"programs": ["xdp"]', '"programs": ["xdp", "xdp"]'),
      /result\.json:17:86 the answer for xdp stands there twice\n.*\n.*\n {2}help: the other stands in line 17/,
    ],
    [
      'a kfunc twice',
      SMALL.replace(/( {4}\{\n {6}"name": [\s\S]*?\n {4}\})/, '$1,\n$1'),
      /result\.json:20:15 the kfunc acme_get of vmlinux stands there twice\n.*\n.*\n {2}help: the other stands in line 16/,
    ],
    [
      'a program twice',
      SMALL.replace(/( {4}\{ "name": "xdp".*)/, '$1,\n$1'),
      /result\.json:13:15 the program xdp stands there twice/,
    ],
  ])('with %s is refused, with the place', (_, text, expected) => {
    expect(complaint(text)).toMatch(expected);
  });

  it('tells five mistakes, and counts the rest', () => {
    const answers = Array.from({ length: 9 }, () => '"no_such"').join(', ');
    const text = complaint(SMALL.replace('"programs": ["xdp"] }]', `"programs": [${answers}] }]`));
    expect(text.match(/no_such is not among/g)).toHaveLength(5);
    expect(text).toMatch(/\nand 4 more$/);
  });

  it('of no file, a folder or too much is refused', () => {
    const folder = temporaryFolder({ 'large.json': ' '.repeat(4 * 1024 * 1024 + 1) });
    expect(() => readProbeResult(join(folder, 'none.json'))).toThrow('there is no such file');
    expect(() => readProbeResult(folder)).toThrow('it is a folder');
    expect(() => readProbeResult(join(folder, 'large.json'))).toThrow('it has 4194305 bytes, more than the 4194304');
  });
});

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeFiles } from '../../../site/judge/judge-files.ts';
import type { GivenFile, JudgeReply, JudgeRequest } from '../../../site/judge/protocol.ts';
import { realKernel } from '../../btf/real-kernel.ts';
import { CLANG, compileSource } from '../../verifier/programs/sources.ts';

const real = await realKernel();
const PROGRAMS = join(import.meta.dirname, '../../verifier/programs');
const CORPUS = join(import.meta.dirname, '../../verifier/fixtures/corpus');

function fileAt(path: string): GivenFile {
  return { name: basename(path), bytes: new Uint8Array(readFileSync(path)) };
}

const smallBtf = fileAt(join(PROGRAMS, 'fixtures/kernel-v5.19.btf'));
const mapsBtf = fileAt(join(CORPUS, 'btf/maps.btf'));
const caseLines = readFileSync(join(CORPUS, 'cases.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '');

function jsonLines(name: string, lines: readonly string[]): GivenFile {
  return { name, bytes: new TextEncoder().encode(lines.join('\n')) };
}

function judge(programFiles: readonly GivenFile[], given: Partial<JudgeRequest> = {}): Promise<JudgeReply> {
  return judgeFiles({ kernel: 'v5.19', kernelFiles: [smallBtf], programFiles, ...given });
}

describe('files that are no programs', () => {
  it.each([
    [
      'bytes of no kind',
      { name: 'photo.o', bytes: new Uint8Array([0xff, 0xd8, 0xff]) },
      'neither a BPF object nor JSON',
    ],
    ['a broken object', { name: 'cut.o', bytes: smallElf() }, 'e_shentsize at byte'],
    ['JSON that ends early', jsonLines('half.json', ['{"id": "a"']), 'half.json'],
  ])('%s: it says what is wrong, and judges the others', async (_, file, says) => {
    const good = jsonLines('good.jsonl', [caseLines[0] ?? '']);
    const { programs, unreadable } = await judge([file, good, mapsBtf]);
    expect(unreadable).toEqual([{ file: file.name, message: expect.stringContaining(says) as string }]);
    expect(programs).toHaveLength(1);
  });

  it('a bad line loses no other line', async () => {
    const lines = jsonLines('cases.jsonl', [caseLines[0] ?? '', 'no JSON', '', caseLines[1] ?? '']);
    const { programs, unreadable } = await judge([lines, mapsBtf]);
    expect(unreadable).toEqual([]);
    expect(programs.map(({ result }) => [result.line, result.verdict === 'unsupported'])).toEqual([
      [1, false],
      [2, true],
      [4, false],
    ]);
  });

  it('a program whose BTF is not there says which file it wants', async () => {
    const line = caseLines.find((each) => /"btf": ?"maps"/.test(each)) ?? '';
    const { programs, unreadable } = await judge([jsonLines('one.json', [line])]);
    expect(programs).toEqual([]);
    expect(unreadable[0]?.message).toContain('give maps.btf along with it');
  });
});

describe('files that are no kernel', () => {
  it('none at all: it says what is wanted', async () => {
    const { programs, notes } = await judge([], { kernelFiles: [] });
    expect(programs).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('/sys/kernel/btf/vmlinux')]);
  });

  it('a second vmlinux is one too many', async () => {
    const { unreadable } = await judge([], { kernelFiles: [smallBtf, { ...smallBtf, name: 'other.btf' }] });
    expect(unreadable).toEqual([{ file: 'other.btf', message: expect.stringContaining('one of those') as string }]);
  });

  if (typeof real === 'string') {
    it.skip(real, () => undefined);
  } else {
    it('a BTF of another version is told of', async () => {
      const { notes } = await judge([], { kernelFiles: [fileAt(real.vmlinux)] });
      expect(notes).toEqual(['vmlinux does not look like v5.19: it is nearer to v6.1']);
    });

    it('a module is one by its BTF, whatever comes first', async () => {
      const conntrack = real.modules.find((path) => path.endsWith('/nf_conntrack.ko')) ?? '';
      const files = [fileAt(conntrack), fileAt(real.vmlinux)];
      expect(await judge([], { kernel: 'v6.1', kernelFiles: files })).toEqual({
        programs: [],
        unreadable: [],
        notes: [],
      });
    });
  }

  it('one of the version is not', async () => {
    expect((await judge([])).notes).toEqual([]);
  });
});

it('gives for every case of the corpus the verdict of v5.19', async () => {
  const cases = caseLines.map((line) => JSON.parse(line) as { id: string; kernel: Record<string, { errno: number }> });
  const given = jsonLines('cases.jsonl', caseLines);
  const corpusBtf = fileAt(join(CORPUS, 'btf/kernel-v5.19.btf'));
  const others = [fileAt(join(CORPUS, 'btf/maps-tagorder.btf')), mapsBtf];
  const { programs } = await judge([given, ...others], { kernelFiles: [corpusBtf] });
  expect(programs).toHaveLength(cases.length);
  const differing = cases.filter(({ kernel }, index) => {
    const real = kernel['v5.19'];
    return real !== undefined && (programs[index]?.result.errno ?? 0) !== real.errno;
  });
  expect(differing.map(({ id }) => id)).toEqual([]);
});

if (CLANG === undefined) {
  it.skip('objects: needs clang', () => undefined);
} else {
  describe('an object that leaks a connection', () => {
    const path = join(PROGRAMS, 'gate.c');
    const object = { name: 'gate.bpf.o', bytes: compileSource(path) };

    it('is refused with its path, and the registers before each step of it', async () => {
      const { programs } = await judge([object]);
      const [gate] = programs;
      expect(gate?.result).toMatchObject({ id: 'gate', verdict: 'reject', rule: 'ref/leak', errno: -22 });
      const { walk, code } = gate ?? {};
      expect(walk?.kind).toBe('path');
      const insns = walk?.steps.map(({ insn }) => insn) ?? [];
      expect(insns[0]).toBe(0);
      expect(insns.at(-1)).toBe(gate?.result.insn);
      expect(walk?.steps.every(({ registers }) => registers.length === 11)).toBe(true);
      const lines = code?.map(({ source }) => source?.text.trim());
      expect(lines).toContain('ct = bpf_xdp_ct_lookup(ctx, &tuple, sizeof(tuple.ipv4), &opts, sizeof(opts));');
    });
  });
}

/** The header of an ELF file, and nothing behind it. */
function smallElf(): Uint8Array {
  return new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...Array.from({ length: 57 }, () => 0xff)]);
}

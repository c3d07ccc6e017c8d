import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openElf } from '../../../src/elf/open-elf.ts';
import { findSection, sectionData } from '../../../src/elf/sections.ts';
import { encodeCode, joinCode, type Code } from '../../../src/program/code.ts';
import { openObject } from '../../../src/program/object/open-object.ts';
import { assemble } from '../../../src/program/text/assemble.ts';
import { disassemble } from '../../../src/program/text/disassemble.ts';
import { CLANGS, compileFile } from '../compile.ts';

const SOURCES = join(import.meta.dirname, '../libbpf/c');
const FILES = readdirSync(SOURCES).filter((file) => file.endsWith('.bpf.c') && file !== 'matches.bpf.c');
const CPUS = ['v1', 'v2', 'v3', 'v4'];

const hasObjdump = spawnSync('llvm-objdump', ['--version']).status === 0;
const missing = CLANGS.length === 0 ? 'needs clang' : hasObjdump ? undefined : 'needs llvm-objdump';
const newest = CLANGS.toSorted((a, b) => versionOf(a) - versionOf(b)).at(-1) ?? '';

/** What only newer compilers take. */
const SINCE: Readonly<Record<string, number>> = { v4: 17, may_goto: 19 };

describe.skipIf(missing !== undefined)(`against LLVM${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'llvm-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(FILES)('what llvm-objdump writes of %s is read as the same bytes', (file) => {
    const bytes = compileFile(join(SOURCES, file));
    const path = join(folder, `${file}.o`);
    writeFileSync(path, bytes);
    for (const { name, code } of openObject(bytes).codeSections) {
      const args = ['-d', '--no-show-raw-insn', '-j', name, path];
      const { stdout } = spawnSync('llvm-objdump', args, { encoding: 'utf8' });
      const text = stdout
        .split('\n')
        .filter((line) => /^\s+\d+:/.test(line))
        .map((line) => line.replace(/<.*>$/, ''));
      expect(withoutCalls(hexOf(assemble(text.join('\n')).code))).toBe(withoutCalls(hexOf(code)));
    }
  });

  it.for(FILES.flatMap((file) => CPUS.map((cpu) => ({ file, cpu }))))(
    'what is written of $file for $cpu is assembled by clang to the same bytes',
    ({ file, cpu }, { skip }) => {
      const since = SINCE[cpu] ?? 0;
      skip(versionOf(newest) < since, `needs clang ${String(since)}`);
      const args = [`-mcpu=${cpu}`];
      const object = openObject(compileFile(join(SOURCES, file), { clang: newest, args }));
      const code = joinCode(object.codeSections.map((section) => section.code));
      const lines = disassemble(code).map(({ text }) => text);
      // The assembler has no word for a call by distance.
      const text = lines.map((line) => line.replace(/^call \+?(-?\d+)$/, 'call $1')).join('\n');
      expect(withoutCalls(clangHex(text))).toBe(withoutCalls(hexOf(code)));
    },
  );

  it('words for all of version 4 are clang’s', ({ skip }) => {
    skip(versionOf(newest) < 19, 'needs clang 19');
    const text = `
      r1 s/= r2
      w1 s/= 5
      r1 s%= 7
      w1 = (s8)w2
      w1 = (s16)w2
      r1 = (s8)r2
      r1 = (s32)r2
      r1 = bswap16 r1
      r1 = bswap64 r1
      r1 = be32 r1
      r1 = le16 r1
      gotol +3
      r1 = *(s8 *)(r2 +4)
      r1 = *(s32 *)(r2 -4)
      *(u64 *)(r10 -8) = -5
      may_goto +1
      r1 = addr_space_cast(r2, 0, 1)
      r1 = -r1
      w1 = -w1
      r0 = *(u16 *)skb[12]
      lock *(u32 *)(r1 +4) &= w2
      r2 = atomic_fetch_add((u64 *)(r1 +0), r2)
      w2 = xchg32_32(r1 +0, w2)
      r0 = cmpxchg_64(r1 +8, r0, r2)
      if w1 s< w2 goto +1
      if r1 & 8 goto +0
      r1 = 0x1122334455667788 ll
      exit`;
    expect(hexOf(assemble(text).code)).toBe(clangHex(text));
  });

  function clangHex(text: string): string {
    const source = join(folder, 'text.s');
    const output = join(folder, 'text.o');
    writeFileSync(source, `${text}\n`);
    const args = ['-target', 'bpf', '-mcpu=v4', '-c', source, '-o', output];
    if (versionOf(newest) < 17) args[2] = '-mcpu=v3';
    const { status, stderr } = spawnSync(newest, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const elf = openElf(new Uint8Array(readFileSync(output)));
    const section = findSection(elf, '.text');
    return section === undefined ? '' : Buffer.from(sectionData(elf, section)).toString('hex');
  }
});

/** Calls of subprograms have another src_reg, which the assembler has no way to write. */
function withoutCalls(hex: string): string {
  return (hex.match(/.{16}/g) ?? []).map((slot) => slot.replace(/^851/, '850')).join('\n');
}

function versionOf(clang: string): number {
  const match = /version (\d+)/.exec(spawnSync(clang, ['--version'], { encoding: 'utf8' }).stdout);
  return Number(match?.[1] ?? 0);
}

function hexOf(code: Code): string {
  return Buffer.from(encodeCode(code)).toString('hex');
}

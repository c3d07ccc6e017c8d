import { describe, expect, it } from 'vitest';
import { table } from '../../../generated/tables/v5.19.ts';
import type { Program, SourceLine } from '../../../src/program/program.ts';
import { assemble } from '../../../src/program/text/assemble.ts';
import { disassembleSlot } from '../../../src/program/text/disassemble.ts';
import { bootKernel } from '../../../src/verifier/kernel/kernel.ts';
import { conditionAt } from '../../../src/verifier/report/condition.ts';
import { errnoName } from '../../../src/verifier/report/errno-name.ts';
import { lineAt } from '../../../src/verifier/report/line-at.ts';
import { programResult, type Judged } from '../../../src/verifier/report/program-result.ts';
import { verify } from '../../../src/verifier/verify.ts';
import { corpusBtf } from '../corpus.ts';

const kernel = bootKernel(table, corpusBtf('kernel-v5.19'));

function programOf(text: string, more: Partial<Program> = {}): Program {
  const { code, kfuncCalls } = assemble(text, { helpers: new Map([['ktime_get_ns', 5]]) });
  return {
    id: 'test',
    progType: 'sched_cls',
    expectedAttachType: 0,
    attach: undefined,
    sleepable: false,
    license: 'GPL',
    code,
    kfuncCalls,
    mapReferences: new Map(),
    kernelVariables: new Map(),
    maps: [],
    btf: undefined,
    functions: [],
    lines: [],
    ...more,
  };
}

function judged(program: Program): Judged {
  return programResult(verify(program, kernel), program, (slot) => disassembleSlot(program.code, slot));
}

const ACQUIRE = `
  r1 = r10
  r1 += -8
  *(u64 *)(r10 -8) = 0
  call kfunc bpf_kfunc_call_test_acquire
  if r0 != 0 goto +1
  exit`;

describe('the result of a program', () => {
  it('tells of an accepted one how many instructions were processed', () => {
    expect(judged(programOf('r0 = 0; exit'))).toEqual({
      id: 'test',
      kernel: 'v5.19',
      verdict: 'accept',
      insns_processed: 2,
    });
  });

  it('leads from the acquisition to the leak, and names what releases', () => {
    const { path, related, ...rest } = judged(programOf(`${ACQUIRE}\n r0 = 0\n exit`));
    expect(rest).toMatchObject({ rule: 'ref/leak', errno: -22, errno_name: '-EINVAL', insn: 7 });
    expect(rest.suggestion).toBe(
      'call bpf_kfunc_call_test_release() before this path ends, or leave the object in a map by bpf_kptr_xchg()',
    );
    expect(related).toEqual([{ message: 'it was acquired here', place: { insn: 3, instruction: 'call kfunc#0' } }]);
    expect(path?.map(({ kind, condition, from }) => [from.insn, kind, condition])).toEqual([
      [3, 'acquire', undefined],
      [4, 'taken', 'r0 != 0'],
    ]);
  });

  it('tells when a reference was released that is used again', () => {
    const program = programOf(`${ACQUIRE}
      r6 = r0
      r1 = r0
      call kfunc bpf_kfunc_call_test_release
      r0 = *(u32 *)(r6 +0)
      exit`);
    const { insn, path } = judged(program);
    expect(insn).toBe(9);
    expect(path?.at(-1)).toMatchObject({ kind: 'release', reference: 2, from: { insn: 8 } });
  });

  it('counts the rounds of a loop instead of listing them', () => {
    const program = programOf(`
      call ktime_get_ns
      r6 = r0
      r7 = 0
      again:
      r7 += 1
      if r7 == r6 goto out
      if r7 < 50 goto again
      r0 = 0
      exit
      out:
      exit`);
    expect(judged(program).verdict).toBe('accept');
    const bad = programOf(`
      call ktime_get_ns
      r6 = r0
      r7 = 0
      again:
      r7 += 1
      if r7 == r6 goto out
      if r7 < 50 goto again
      r0 = *(u8 *)(r7 +0)
      exit
      out:
      exit`);
    expect(judged(bad).path).toMatchObject([{ kind: 'not-taken', condition: 'r7 != r6', times: 50 }]);
  });

  it('keeps the beginning and the end of a long path', () => {
    const branch = `
      if r6 == 1 goto +0
      if r6 == 2 goto +0`;
    const program = programOf(`
      call ktime_get_ns
      r6 = r0
      ${branch.repeat(100)}
      r0 = r5
      exit`);
    const { path = [], path_omitted: omitted = 0 } = judged(program);
    expect(path.length).toBe(128);
    expect(path.reduce((sum, { times = 1 }) => sum + times, 0) + omitted).toBe(200);
  });

  it('blames instructions that are refused before the walk', () => {
    const { rule, insn, path } = judged(programOf('r0 = 0\n call kfunc no_such_kfunc\n exit'));
    expect({ rule, insn, path }).toEqual({ rule: 'kfunc/not-found', insn: 1, path: undefined });
  });

  it('points to source lines', () => {
    const line = (slot: number, number: number): SourceLine => ({
      slot,
      file: 'a.c',
      text: `line ${String(number)};`,
      line: number,
      column: 3,
    });
    const program = programOf('r0 = 0\n r0 = r3\n exit', { lines: [line(0, 7), line(1, 9)] });
    expect(judged(program).place).toEqual({
      insn: 1,
      instruction: 'r0 = r3',
      source: { file: 'a.c', line: 9, column: 3, text: 'line 9;' },
    });
  });

  it('explains what CO-RE found no answer to', () => {
    const program = programOf('call 195896080\n exit', { unresolved: new Map([[0, 'nf_conn.gone']]) });
    expect(judged(program).message).toBe('this kernel does not have what CO-RE asks for here: nf_conn.gone');
  });
});

describe('parts of a report', () => {
  it.each([
    ['if r1 == 0 goto +0', 'r1 == 0', 'r1 != 0'],
    ['if r1 != r2 goto +0', 'r1 != r2', 'r1 == r2'],
    ['if w1 > 7 goto +0', 'w1 > 7', 'w1 <= 7'],
    ['if r1 s<= -1 goto +0', 'r1 s<= -1', 'r1 s> -1'],
    ['if r1 & 8 goto +0', 'r1 has bits of 8', 'r1 has no bits of 8'],
    ['goto +0', undefined, undefined],
    ['exit', undefined, undefined],
  ])('%s: what holds on both ways', (text, taken, notTaken) => {
    const { code } = assemble(text);
    expect([conditionAt(code, 0, true), conditionAt(code, 0, false)]).toEqual([taken, notTaken]);
  });

  it('finds the line that a slot was made of', () => {
    const lines = [2, 5, 9].map((slot) => ({ slot, file: 'a.c', text: '', line: slot, column: 1 }));
    const found = [0, 2, 4, 5, 8, 9, 100].map((slot) => lineAt(lines, slot)?.line);
    expect(found).toEqual([undefined, 2, 2, 5, 5, 9, 9]);
    expect(lineAt([], 3)).toBeUndefined();
  });

  it('names errors with their sign', () => {
    expect([-22, -13, -524, -4242].map(errnoName)).toEqual(['-EINVAL', '-EACCES', '-ENOTSUPP', '-4242']);
  });
});

import { expect, it } from 'vitest';
import type { CodePlace } from '../../../generated/types/check-report.ts';
import { pathEntries } from '../../../site/judge/path-entries.ts';

function place(insn: number, file: string, line: number): CodePlace {
  return { insn, source: { file, line, column: 1, text: 'if (x)' } };
}

it('tells files of one name apart where a step goes from one to the other', () => {
  const step = {
    kind: 'taken',
    condition: 'r0 != 0',
    from: place(1, 'a/net.h', 5),
    to: place(4, 'b/net.h', 5),
  } as const;
  expect(pathEntries([step], []).map(({ text }) => text)).toEqual(['r0 != 0: goes on at b/net.h:5']);
});

it('finds the branch that goes the same way, after the one before', () => {
  const back = { kind: 'taken', from: place(1, 'a.c', 1), to: place(0, 'a.c', 1) } as const;
  const out = { kind: 'not-taken', from: place(1, 'a.c', 1), to: place(2, 'a.c', 2) } as const;
  const steps = [0, 1, 0, 1, 2].map((insn) => ({ insn }));
  expect(pathEntries([back, out], steps).map(({ step }) => step)).toEqual([1, 3]);
});

it('has no step for what is not among those that are shown', () => {
  const left = { kind: 'acquire', reference: 2, from: place(7, 'a.c', 1), to: place(8, 'a.c', 1) } as const;
  expect(pathEntries([left], [{ insn: 9 }]).map(({ step }) => step)).toEqual([undefined]);
});

import { expect, test } from 'vitest';
import { agreementPage } from './agreement.ts';
import type { AgreementRow } from './section.ts';

const row = (changes: Partial<AgreementRow>): AgreementRow => ({
  ...{ kernel: 'v6.1', release: '6.1.0-56', source: 'corpus', family: 'ret-null' },
  ...{ cases: 10, agreed: 10, unsupported: 0, counted: 9, countedAlike: 9 },
  ...changes,
});
const rows = [
  row({ source: 'seed 7', cases: 5, agreed: 3, unsupported: 1 }),
  row({ source: 'seed 8', cases: 5, agreed: 5 }),
  row({}),
  row({ kernel: 'v6.12', release: '6.12.117', source: 'C programs', family: 'kptr.bpf.c', cases: 2, agreed: 2 }),
];
const page = agreementPage(rows, ['a note'], new Date('2026-01-02T03:04:05Z'));

test('a family of all seeds takes one row, with what is neither agreed nor unsupported as differing', () => {
  const cells = page
    .split('\n')
    .filter((line) => line.startsWith('| v'))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1)
        .join(' '),
    );
  expect(cells).toEqual([
    'v6.1 corpus ret-null 10 10 0 0',
    'v6.1 generated ret-null 10 8 1 1',
    'v6.12 C programs kptr.bpf.c 2 2 0 0',
  ]);
  expect(page).toContain('Of 22 questions 20 agreed, 1 were unsupported and\n1 differed.');
});

test('the day, the kernels, the seeds and the runs are told', () => {
  expect(page).toContain('Measured on 2026-01-02');
  expect(page).toContain('v6.1 (`6.1.0-56`) and v6.12 (`6.12.117`)');
  expect(page).toContain('the seeds 7, 8');
  expect(page).toContain('- a note');
});

test('without generated cases no seed is told', () => {
  expect(agreementPage([row({})], [], new Date(0))).not.toContain('seed');
});

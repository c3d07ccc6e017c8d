// Writes generated cases, one a line. The same seed gives the same cases.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Case } from './case.ts';
import { FAMILIES } from './families/table.ts';
import { generate } from './generate.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2000' },
    family: { type: 'string' },
    mutations: { type: 'string', default: '18' },
    corpus: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

if (values.list) {
  for (const { name } of FAMILIES) process.stdout.write(`${name}\n`);
} else {
  const cases = generate({
    seed: Number(values.seed),
    count: Number(values.count),
    family: values.family,
    mutations: Number(values.mutations),
    accepted: values.corpus === undefined ? [] : accepted(values.corpus),
  });
  process.stdout.write(cases.map((made) => `${JSON.stringify(made)}\n`).join(''));
}

function accepted(path: string): Case[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case)
    .filter(({ kernel }) => Object.values(kernel).some(({ ok }) => ok === true));
}

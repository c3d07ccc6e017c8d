import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeOutput } from '../../../generator/output/write-output.ts';
import { emitted, generated, makeTree, readTree, type Tree } from './tree.ts';

const COUNT = 40;
const numbered = (text: string): Tree =>
  Object.fromEntries(Array.from({ length: COUNT }, (_, i) => [`docs/${i}.md`, generated(`${text} ${i}`)]));
const OLD = numbered('old');
const NEW = numbered('new');

/** Writes NEW, and sends itself a signal when it calls a function of node:fs for the given time. */
const CHILD = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const [folder, files, name, count, signal] = process.argv.slice(2);
const original = fs[name];
let calls = 0;
fs[name] = (...args) => {
  calls += 1;
  if (calls === Number(count)) process.kill(process.pid, signal);
  return original(...args);
};
syncBuiltinESMExports();
const { writeOutput } = await import('./write-output.mjs');
await writeOutput(folder, JSON.parse(files), ['docs']);
`;

/** The code of the output folder as plain JavaScript. */
let bundle: string;
beforeAll(async () => {
  const entry = join(import.meta.dirname, '../../../generator/output/write-output.ts');
  const result = await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', write: false });
  bundle = result.outputFiles[0]?.text ?? '';
});

function writeInChild(folder: string, name: string, count: number, signal: string): NodeJS.Signals | null {
  const scripts = makeTree({ 'write-output.mjs': bundle, 'child.mjs': CHILD });
  const args = [join(scripts, 'child.mjs'), folder, JSON.stringify(emitted(NEW)), name, String(count), signal];
  return spawnSync(process.execPath, args, { stdio: 'ignore' }).signal;
}

describe('a process that is told to end', () => {
  const cases = [
    { when: 'while it stages', call: 'writeFileSync', after: OLD },
    { when: 'with its last staged file', call: 'copyFileSync', count: COUNT, after: OLD },
    { when: 'at its first move', call: 'renameSync', count: 1, after: NEW },
    { when: 'in the middle of its moves', call: 'renameSync', after: NEW },
  ];
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    it.each(cases)(`${signal} $when leaves a whole output`, ({ call, count, after }) => {
      const folder = makeTree(OLD);
      expect(writeInChild(folder, call, count ?? COUNT / 2, signal)).toBe(signal);
      expect(readTree(folder)).toEqual(after);
    });
  }
});

it.each(['writeFileSync', 'renameSync'])('the next run mends what a process killed at %s left', async (call) => {
  const folder = makeTree(OLD);
  expect(writeInChild(folder, call, COUNT / 2, 'SIGKILL')).toBe('SIGKILL');
  expect(Object.keys(readTree(folder)).some((path) => path.startsWith('.kfuncs-staging-'))).toBe(true);
  await writeOutput(folder, emitted(NEW), ['docs']);
  expect(readTree(folder)).toEqual(NEW);
});

it('a process that is killed while it stages leaves the old files as they were', () => {
  const folder = makeTree(OLD);
  writeInChild(folder, 'writeFileSync', COUNT / 2, 'SIGKILL');
  const left = Object.entries(readTree(folder)).filter(([path]) => path.startsWith('docs/'));
  expect(Object.fromEntries(left)).toEqual(OLD);
});

it('signals reach the process again when the output is written', async () => {
  const listeners = () => ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => process.listenerCount(signal));
  const before = listeners();
  const folder = makeTree();
  writeFileSync(join(folder, 'mine'), 'mine');
  await writeOutput(folder, emitted(NEW), ['docs']);
  expect(listeners()).toEqual(before);
});

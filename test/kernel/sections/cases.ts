import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Btf } from '../../../src/btf/btf.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { readProgramLines } from '../../../src/program/json/program-lines.ts';
import { CORPUS } from '../paths.ts';
import type { Question } from './question.ts';

/** Cases that do not fit the schema (a mutation makes a size negative, say) can't be asked, and are left out. */
export function readCases(source: string, text: string): Question[] {
  const lines = text.split('\n');
  return [...readProgramLines(text, { btfOf: blob, file: source })].flatMap(({ line, parsed }) => {
    const own = lines[line - 1] ?? '';
    if (parsed === undefined) return [];
    const { family } = JSON.parse(own) as { readonly family?: string };
    return [{ source, family: family ?? '', line: own, asked: parsed }];
  });
}

const blobs = new Map<string, Btf>();

function blob(name: string): Btf | undefined {
  if (!/^maps(-tagorder)?$/.test(name)) return undefined;
  const known = blobs.get(name) ?? openBtf(readFileSync(join(CORPUS, `btf/${name}.btf`)));
  blobs.set(name, known);
  return known;
}

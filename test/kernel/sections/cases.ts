import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Btf } from '../../../src/btf/btf.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { readProgramLines } from '../../../src/program/json/program-lines.ts';
import type { Case } from '../generate/case.ts';
import { CORPUS, CORPUS_V6_12 } from '../paths.ts';
import type { Question } from './question.ts';
import { retagBtf } from './retag-btf.ts';

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

/** The lines of a file of cases. */
export function readLines(path: string): readonly Case[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case);
}

/** How the name of a blob begins of which v6.12 gets a part; value types follow, with commas. */
const PART = 'maps for v6.12: ';

/** The case with its types in a blob that v6.12 takes, if it takes the value types as such. */
export function forV6_12(made: Case): Case {
  if (made.btf !== 'maps') return made;
  const types = new Set(made.maps.flatMap(({ value_type }) => value_type ?? []));
  return { ...made, btf: PART + [...types].sort().join(',') };
}

const blobs = new Map<string, Btf>();

function blob(name: string): Btf | undefined {
  const known = blobs.get(name) ?? openBlob(name);
  if (known !== undefined) blobs.set(name, known);
  return known;
}

function openBlob(name: string): Btf | undefined {
  if (name === 'maps-v6.12') return openBtf(readFileSync(join(CORPUS_V6_12, `${name}.btf`)));
  if (/^maps(-tagorder)?$/.test(name)) return openBtf(readFileSync(join(CORPUS, `btf/${name}.btf`)));
  const whole = name.startsWith(PART) ? blob('maps') : undefined;
  return whole && retagBtf(whole, name.slice(PART.length).split(','));
}

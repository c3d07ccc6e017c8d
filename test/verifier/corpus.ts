import { readFileSync } from 'node:fs';
import { openBtf } from '../../src/btf/open-btf.ts';
import type { Btf } from '../../src/btf/btf.ts';
import { isMapCase, parseProgramJson } from '../../src/program/json/parse-program-json.ts';
import type { MapCase } from '../../src/program/map-case.ts';
import type { Program } from '../../src/program/program.ts';
import { judgeMapCase } from '../../src/verifier/maps/judge-map-case.ts';
import type { Kernel } from '../../src/verifier/kernel/kernel.ts';
import { verify } from '../../src/verifier/verify.ts';

/** What a real kernel said. */
export interface RealVerdict {
  readonly ok: boolean;
  /** 0 or negative. */
  readonly errno: number;
  readonly insns_processed?: number;
}

/** A program, or operations on maps, with what real kernels said. */
export interface CorpusCase {
  readonly id: string;
  readonly family: string;
  readonly kernel: Readonly<Record<string, RealVerdict>>;
  readonly parsed: Program | MapCase;
}

const FOLDER = new URL('fixtures/corpus/', import.meta.url);
const blobs = new Map<string, Btf>();

/** A BTF blob of the corpus by its name. */
export function corpusBtf(name: string): Btf {
  const known = blobs.get(name) ?? openBtf(readFileSync(new URL(`btf/${name}.btf`, FOLDER)));
  blobs.set(name, known);
  return known;
}

/** The cases that a kernel judged, by family. */
export function corpusCases(label: string): ReadonlyMap<string, readonly CorpusCase[]> {
  const text = readFileSync(new URL('cases.jsonl', FOLDER), 'utf8');
  const families = new Map<string, CorpusCase[]>();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const data = JSON.parse(line) as Omit<CorpusCase, 'parsed'>;
    if (!(label in data.kernel)) continue;
    const parsed = parseProgramJson(data, { btfOf: corpusBtf, file: 'cases.jsonl' });
    families.set(data.family, [...(families.get(data.family) ?? []), { ...data, parsed }]);
  }
  return families;
}

/** What the engine says, in the same form; `unsupported` is equal to nothing. */
export function judge(kernel: Kernel, parsed: Program | MapCase): RealVerdict | { readonly unsupported: string } {
  if (isMapCase(parsed)) {
    const errno = judgeMapCase(kernel, parsed).failed?.errno ?? 0;
    return { ok: errno === 0, errno };
  }
  const verdict = verify(parsed, kernel);
  if (verdict.verdict === 'unsupported') return { unsupported: verdict.reason };
  const errno = verdict.verdict === 'reject' ? verdict.errno : 0;
  return { ok: errno === 0, errno, insns_processed: verdict.insnsProcessed };
}

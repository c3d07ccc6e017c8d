import { describe, expect, it } from 'vitest';
import { table } from '../../generated/tables/v5.19.ts';
import { pathToEnd, stepsInOrder } from '../../src/judge/walk-steps.ts';
import { isMapCase } from '../../src/program/json/parse-program-json.ts';
import type { Program } from '../../src/program/program.ts';
import { bootKernel } from '../../src/verifier/kernel/kernel.ts';
import { verify } from '../../src/verifier/verify.ts';
import type { PathStep } from '../../src/verifier/verdict.ts';
import { corpusBtf, corpusCases } from '../verifier/corpus.ts';

const kernel = bootKernel(table, corpusBtf('kernel-v5.19'));
const programs = [...corpusCases('v5.19').values()]
  .flat()
  .flatMap(({ parsed }): Program[] => (isMapCase(parsed) ? [] : [parsed]));

const ALL = Number.POSITIVE_INFINITY;

function isBranch({ kind }: PathStep): boolean {
  return kind === 'taken' || kind === 'not-taken';
}

describe('the path to where a kernel stops', () => {
  const refused = programs.flatMap((program) => {
    const verdict = verify(program, kernel);
    const isOnPath = verdict.verdict === 'reject' && verdict.insnsProcessed > 0;
    return isOnPath ? [{ program, verdict }] : [];
  });

  it('is that of the report, branch by branch, for every refused program of the corpus', () => {
    expect(refused.length).toBeGreaterThan(500);
    const differences = refused.flatMap(({ program, verdict }) => {
      const { steps } = pathToEnd(program, kernel, ALL);
      const places = steps.map(({ insn }) => insn);
      let from = 0;
      const isMissing = verdict.finding.path.filter(isBranch).some(({ insn, to }) => {
        const at = places.findIndex((place, index) => index >= from && place === insn && places[index + 1] === to);
        from = at + 1;
        return at === -1;
      });
      return isMissing ? [program.id] : [];
    });
    expect(differences).toEqual([]);
  });

  it('has no gap: each step goes on from the one before', () => {
    const gaps = refused.filter(({ program }) =>
      pathToEnd(program, kernel, ALL).steps.some(({ followsLast }, index) => index > 0 && !followsLast),
    );
    expect(gaps.map(({ program }) => program.id)).toEqual([]);
  });

  it('loses its start where it is longer than is asked for', () => {
    const [longest] = refused
      .map(({ program }) => ({ program, whole: pathToEnd(program, kernel, ALL).steps }))
      .sort((a, b) => b.whole.length - a.whole.length);
    if (longest === undefined) throw new Error('no refused program');
    const { steps, omitted } = pathToEnd(longest.program, kernel, 3);
    expect(steps.map(({ insn }) => insn)).toEqual(longest.whole.slice(-3).map(({ insn }) => insn));
    expect(omitted).toBe(longest.whole.length - 3);
  });
});

describe('a whole walk', () => {
  it('has as many steps as instructions are processed, those that are known already among them', () => {
    const differing = programs.filter((program) => {
      const { insnsProcessed } = verify(program, kernel);
      return insnsProcessed > 0 && stepsInOrder(program, kernel, ALL).steps.length !== insnsProcessed;
    });
    expect(differing.map(({ id }) => id)).toEqual([]);
  });
});

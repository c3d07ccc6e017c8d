import type { MapCase } from '../../../src/program/map-case.ts';
import { isMapCase } from '../../../src/program/json/parse-program-json.ts';
import type { Program } from '../../../src/program/program.ts';
import type { Kernel } from '../../../src/verifier/kernel/kernel.ts';
import { judgeMapCase } from '../../../src/verifier/maps/judge-map-case.ts';
import { verify } from '../../../src/verifier/verify.ts';

/** What the engine says, in the terms in which a kernel answers. */
export type Judgement =
  | { readonly kind: 'program'; readonly errno: number; readonly insnsProcessed: number; readonly message: string }
  | { readonly kind: 'map'; readonly results: readonly number[]; readonly message: string }
  | { readonly kind: 'unsupported'; readonly reason: string }
  /** A defect of the engine. */
  | { readonly kind: 'thrown'; readonly reason: string };

export function judge(kernel: Kernel, question: Program | MapCase): Judgement {
  try {
    if (isMapCase(question)) {
      const { results, failed } = judgeMapCase(kernel, question);
      return {
        kind: 'map',
        results,
        message: failed === undefined ? '' : `${failed.refusal.rule.id}: ${failed.refusal.message}`,
      };
    }
    const verdict = verify(question, kernel);
    const { insnsProcessed } = verdict;
    switch (verdict.verdict) {
      case 'accept':
        return { kind: 'program', errno: 0, insnsProcessed, message: '' };
      case 'reject': {
        const { errno, finding } = verdict;
        return { kind: 'program', errno, insnsProcessed, message: `${finding.rule}: ${finding.message}` };
      }
      case 'unsupported':
        return { kind: 'unsupported', reason: verdict.reason };
    }
  } catch (error) {
    return { kind: 'thrown', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

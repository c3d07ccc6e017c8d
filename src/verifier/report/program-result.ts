import type { CheckResult } from '../../../generated/types/check-report.ts';
import type { Program } from '../../program/program.ts';
import type { MapCaseJudgement } from '../maps/judge-map-case.ts';
import type { MapRefusal } from '../maps/refusal.ts';
import type { Verdict, VerifierFinding } from '../verdict.ts';
import { errnoName } from './errno-name.ts';
import { stepsOf } from './path-steps.ts';
import { placeOf, type InstructionText } from './place.ts';

/** A verdict as a report has it, but for where the program came from. */
export type Judged = Omit<CheckResult, 'file' | 'line' | 'position'>;

/**
 * The verdict on a program with everything that a report shows: places in the source, the branches as conditions.
 *
 * @param instructionText instructions as text, of this program
 */
export function programResult(
  verdict: Verdict,
  program: Program,
  instructionText: InstructionText = () => undefined,
): Judged {
  const { id, kernel } = verdict;
  const base = { id, kernel, verdict: verdict.verdict, insns_processed: verdict.insnsProcessed };
  switch (verdict.verdict) {
    case 'accept':
      return base;
    case 'unsupported': {
      const { insn, reason } = verdict;
      return {
        ...base,
        message: reason,
        ...(insn === undefined ? {} : { place: placeOf(program, insn, instructionText) }),
      };
    }
    case 'reject':
      return {
        ...base,
        ...refusal(verdict.errno, withRelocation(verdict.finding, program)),
        ...found(verdict.finding, program, instructionText),
      };
  }
}

/** The verdict on operations on maps: that of the first that fails. */
export function mapCaseResult(id: string, kernel: string, { failed }: MapCaseJudgement): Judged {
  const base = { id, kernel, insns_processed: 0 } as const;
  if (failed === undefined) return { ...base, verdict: 'accept' };
  return { ...base, verdict: 'reject', ...mapRefusal(failed.errno, failed.refusal) };
}

/** A program of which nothing is claimed. */
export function unsupportedResult(id: string, kernel: string, message: string): Judged {
  return { id, kernel, verdict: 'unsupported', insns_processed: 0, message };
}

function mapRefusal(errno: number, { rule, message, suggestion }: MapRefusal): Partial<Judged> {
  return refusal(errno, { rule: rule.id, message, suggestion });
}

/** What the loader poisoned is explained by what the relocation asks for, not by the call that it became. */
function withRelocation(finding: VerifierFinding, { unresolved }: Program): VerifierFinding {
  const asked = finding.insn === undefined ? undefined : unresolved?.get(finding.insn);
  if (asked === undefined) return finding;
  return {
    ...finding,
    message: `this kernel does not have what CO-RE asks for here: ${asked}`,
    suggestion: 'ask first whether it is there, with bpf_core_field_exists() and the like, and come here only then',
  };
}

function refusal(
  errno: number,
  { rule, message, suggestion }: Pick<VerifierFinding, 'rule' | 'message' | 'suggestion'>,
): Partial<Judged> {
  return { errno, errno_name: errnoName(errno), rule, message, suggestion };
}

function found(
  { insn, related, path, registers }: VerifierFinding,
  program: Program,
  instructionText: InstructionText,
): Partial<Judged> {
  const { steps, omitted } = stepsOf(program, path, instructionText);
  return {
    ...(insn === undefined ? {} : { insn, place: placeOf(program, insn, instructionText) }),
    ...(related.length === 0
      ? {}
      : {
          related: related.map((each) => ({
            message: each.message,
            place: placeOf(program, each.insn, instructionText),
          })),
        }),
    ...(steps.length === 0 ? {} : { path: steps }),
    ...(omitted === 0 ? {} : { path_omitted: omitted }),
    ...(registers.length === 0 ? {} : { registers: registers.map(({ name, text }) => ({ name, text })) }),
  };
}

import type { MapRefusal } from '../maps/refusal.ts';
import type { Rejection } from '../rules/rule.ts';
import { describeRegister } from '../state/describe.ts';
import type { PathLink } from '../state/state.ts';
import type { PathStep, RegisterView, RelatedInsn, VerifierFinding } from '../verdict.ts';
import { frameOf, readRegister, type Walk } from '../walk/walk.ts';

/** What a report says of a rejection. @param walk undefined if the program was rejected before it was walked */
export function describeFinding(rejection: Rejection, walk: Walk | undefined): VerifierFinding {
  const base = { rule: rejection.rule.id, message: rejection.message, suggestion: rejection.suggestion };
  if (walk === undefined) return { ...base, insn: undefined, related: [], path: [], registers: [] };
  return {
    ...base,
    insn: walk.insn,
    related: relatedTo(walk, rejection),
    path: pathTo(walk.state.path),
    registers: rejection.registers.map((number) => viewOf(walk, number)),
  };
}

/** A map that the program needs and that is not created. */
export function mapFinding({ rule, message, suggestion }: MapRefusal): VerifierFinding {
  return {
    rule: rule.id,
    message,
    suggestion,
    insn: undefined,
    related: [],
    path: [],
    registers: [],
  };
}

/** References are explained by where they were acquired. */
function relatedTo(walk: Walk, { rule, registers }: Rejection): readonly RelatedInsn[] {
  const ids = new Set(registers.map((number) => readRegister(walk, number).refId).filter((id) => id !== 0));
  const isLeak = rule.id === 'ref/leak' || rule.id === 'ref/tail-call' || rule.id === 'ref/load-abs';
  return frameOf(walk)
    .references.filter(({ id }) => isLeak || ids.has(id))
    .map(({ id, insn }) => ({ insn, message: `reference ${String(id)} is acquired here` }))
    .sort((a, b) => a.insn - b.insn);
}

function pathTo(last: PathLink | undefined): readonly PathStep[] {
  const steps: PathStep[] = [];
  for (let link = last; link !== undefined; link = link.before) {
    steps.push({ insn: link.insn, kind: link.kind, to: link.to });
  }
  return steps.reverse();
}

function viewOf(walk: Walk, number: number): RegisterView {
  return { name: `R${String(number)}`, text: describeRegister(readRegister(walk, number)) };
}

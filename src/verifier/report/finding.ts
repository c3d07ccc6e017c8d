import type { MapRefusal } from '../maps/refusal.ts';
import type { Rejection } from '../rules/rule.ts';
import { describeRegister } from '../state/describe.ts';
import type { Reference } from '../state/references.ts';
import type { PathLink } from '../state/state.ts';
import { findLeak } from '../transfer/leaks.ts';
import type { PathStep, RegisterView, RelatedInsn, VerifierFinding } from '../verdict.ts';
import { frameOf, readRegister, type Walk } from '../walk/walk.ts';
import { releasersOf } from './releasers.ts';

/** What a report says of a rejection. @param walk undefined if the program was rejected before it was walked */
export function describeFinding(rejection: Rejection, walk: Walk | undefined): VerifierFinding {
  const { rule, message, suggestion, insn } = rejection;
  const base = { rule: rule.id, message, suggestion, insn, related: [], path: [], registers: [] };
  // What is blamed for something else than the step that is being walked was found before or after the walk.
  if (walk === undefined || insn !== undefined) return base;
  return {
    ...base,
    suggestion: suggestionFor(walk, rejection),
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

/** Rules that are broken by holding a reference, and the moment before which it has to go. */
const LEAKS: Readonly<Record<string, string>> = {
  'ref/leak': 'before this path ends',
  'ref/tail-call': 'before the tail call',
  'ref/load-abs': 'before',
};

function leakedBy(walk: Walk, rule: string): Reference | undefined {
  return rule === 'ref/leak' ? findLeak(walk) : rule in LEAKS ? frameOf(walk).references[0] : undefined;
}

/** Names the functions that release what is leaked, where they are known. */
function suggestionFor(walk: Walk, { rule, suggestion }: Rejection): string {
  const leaked = leakedBy(walk, rule.id);
  const releasers = leaked === undefined ? undefined : releasersOf(walk.prepared, leaked.insn);
  if (releasers === undefined || releasers.functions.length === 0) return suggestion;
  const calls = releasers.functions.map((name) => `${name}()`).join(' or ');
  const stay = releasers.mayStayInMap ? ', or leave the object in a map by bpf_kptr_xchg()' : '';
  return `call ${calls} ${LEAKS[rule.id] ?? ''}${stay}`;
}

/** References are explained by where they were acquired. */
function relatedTo(walk: Walk, { rule, registers }: Rejection): readonly RelatedInsn[] {
  const { references } = frameOf(walk);
  const leaked = leakedBy(walk, rule.id);
  const ids = new Set(registers.map((number) => readRegister(walk, number).refId).filter((id) => id !== 0));
  const told = leaked === undefined ? references.filter(({ id }) => ids.has(id)) : [leaked];
  return told
    .map(({ id, insn }) => ({
      insn,
      message: leaked === undefined ? `reference ${String(id)} was acquired here` : 'it was acquired here',
    }))
    .sort((a, b) => a.insn - b.insn);
}

function pathTo(last: PathLink | undefined): readonly PathStep[] {
  const steps: PathStep[] = [];
  for (let link = last; link !== undefined; link = link.before) {
    const { insn, kind, to, reference } = link;
    steps.push({ insn, kind, to, reference: reference === 0 ? undefined : reference });
  }
  return steps.reverse();
}

function viewOf(walk: Walk, number: number): RegisterView {
  return { name: `R${String(number)}`, text: describeRegister(readRegister(walk, number)) };
}

import type { CoreRelocation } from '../../btf/btf-ext.ts';
import { nameOf, stringAt, type Btf } from '../../btf/btf.ts';
import type { BtfType } from '../../btf/btf-type.ts';
import type { TypeIn } from '../../btf/compat.ts';
import type { KernelBtf } from '../../btf/resolver.ts';
import { ObjectError, type ObjectPlace } from '../object/object-error.ts';
import { findCandidates } from './candidates.ts';
import { describeSpec, parseSpec, type CoreSpec } from './core-spec.ts';
import { valueOf, type CoreValue } from './core-value.ts';
import { matchSpec } from './match-spec.ts';

/** What has to become of an instruction. */
export interface CoreResult {
  /** What it holds by the object's own BTF; undefined if that need not be so. */
  readonly expected: bigint | undefined;
  /** What it has to hold; undefined: it must not be reached, and is poisoned. */
  readonly value: bigint | undefined;
  /** Bytes of the field, where a load or store of it has to change its size; undefined where it must not. */
  readonly size: { readonly before: number; readonly after: number } | undefined;
  /** Whether the sizes differ in a way that a load or store can't follow. */
  readonly isUnsafe: boolean;
  /** What is asked about, for messages. */
  readonly text: string;
}

/** What has been found out for one object and kernel. */
export interface CoreCache {
  /** By type of the object: its candidates that have had all that was asked for so far. */
  readonly candidates: Map<number, readonly TypeIn[]>;
  /** By question. */
  readonly answers: Map<string, CoreResult>;
}

/**
 * Answers a relocation for a kernel: bpf_core_calc_relo_insn(), tools/lib/bpf/relo_core.c.
 *
 * @param local the object's BTF
 * @param place of the instruction, for errors
 * @throws ObjectError `core-malformed`, `core-ambiguous`; BtfError
 */
export function resolveCore(
  local: Btf,
  relocation: CoreRelocation,
  kernel: KernelBtf,
  cache: CoreCache,
  place: ObjectPlace,
): CoreResult {
  const { kind, type: rootId } = relocation;
  const access = stringAt(local, relocation.accessOffset);
  const question = `${kind} ${String(rootId)} ${access}`;
  const known = cache.answers.get(question);
  if (known !== undefined) return known;
  const answer = ask(local, relocation, access, kernel, cache, place);
  cache.answers.set(question, answer);
  return answer;
}

function ask(
  local: Btf,
  relocation: CoreRelocation,
  access: string,
  kernel: KernelBtf,
  cache: CoreCache,
  place: ObjectPlace,
): CoreResult {
  const { kind, type: rootId } = relocation;
  const spec = parseSpec(local, rootId, kind, access);
  if (typeof spec === 'string') throw new ObjectError('core-malformed', place, `CO-RE relocation: ${spec}`);
  const text = describeSpec(spec);
  const ours = required(valueOf(kind, spec), place, text);
  if (ours === undefined) throw new ObjectError('core-malformed', place, `CO-RE relocation of ${text}`);
  if (kind === 'type_id_local') {
    return { expected: undefined, value: BigInt(rootId), size: undefined, isUnsafe: false, text };
  }
  if (nameOf(local, rootId) === '') {
    throw new ObjectError('core-malformed', place, 'CO-RE relocation of a type without a name');
  }
  const theirs = askCandidates(spec, relocation, kernel, cache, place, text);
  const expected = ours.isCertain ? ours.value : undefined;
  if (theirs === undefined) return { expected, value: undefined, size: undefined, isUnsafe: false, text };
  const before = ours.field;
  const after = theirs.field;
  const differs = before !== undefined && after !== undefined && before.size !== after.size;
  return {
    expected,
    value: theirs.value,
    size: differs ? { before: before.size, after: after.size } : undefined,
    isUnsafe: differs && !canResize(before.type, after.type),
    text,
  };
}

/** What the candidates that have it agree on; if none has it, what that means. */
function askCandidates(
  spec: CoreSpec,
  { kind, type: rootId }: CoreRelocation,
  kernel: KernelBtf,
  cache: CoreCache,
  place: ObjectPlace,
  text: string,
): CoreValue | undefined {
  const candidates = cache.candidates.get(rootId) ?? findCandidates(kernel, { btf: spec.btf, id: rootId });
  const matching: TypeIn[] = [];
  let answer: { readonly value: CoreValue | undefined; readonly bitOffset: number } | undefined;
  for (const candidate of candidates) {
    const found = matchSpec(spec, kind, candidate);
    if (found === undefined) continue;
    if (typeof found === 'string')
      throw new ObjectError('core-malformed', place, `CO-RE relocation of ${text}: ${found}`);
    const value = required(valueOf(kind, found), place, text);
    const isSame =
      answer === undefined || (answer.bitOffset === found.bitOffset && answer.value?.value === value?.value);
    if (!isSame) {
      const message = `CO-RE relocation of ${text}: the kernel has several types of that name, which differ in it`;
      throw new ObjectError('core-ambiguous', place, message);
    }
    answer ??= { value, bitOffset: found.bitOffset };
    matching.push(candidate);
  }
  cache.candidates.set(rootId, matching.length > 0 ? matching : candidates);
  return answer === undefined ? required(valueOf(kind, undefined), place, text) : answer.value;
}

function required(value: CoreValue | undefined | string, place: ObjectPlace, text: string): CoreValue | undefined {
  if (typeof value !== 'string') return value;
  throw new ObjectError('core-malformed', place, `CO-RE relocation of ${text}: ${value}`);
}

/** Pointers, and integers without a sign, are extended with zeros by a load, so that their size may change. */
function canResize(before: BtfType, after: BtfType): boolean {
  if (before.kind === 'ptr' && after.kind === 'ptr') return true;
  return before.kind === 'int' && after.kind === 'int' && before.encoding !== 'signed' && after.encoding !== 'signed';
}

import { PSEUDO, CALL, LD_IMM64, CALL_OPCODE } from '../encoding.ts';
import { joinCode, sliceCode, SLOT_BYTES, type Code } from '../code.ts';
import { functionAt, type ObjectFunction } from './functions.ts';
import { ObjectError } from './object-error.ts';
import type { BpfObject } from './open-object.ts';
import type { CodeRelocation } from './relocations.ts';

/** A program with the subprograms that it needs behind it. */
export interface LinkedProgram {
  readonly code: Code;
  /** In the order of their slots. */
  readonly parts: readonly LinkedPart[];
  /** By slot: what is left to fill in, maps and externs. */
  readonly references: ReadonlyMap<number, CodeRelocation>;
}

export interface LinkedPart {
  readonly function: ObjectFunction;
  /** Its first slot in the program. */
  readonly slot: number;
}

/** Where a part's scan for calls is. */
interface Scan {
  readonly part: LinkedPart;
  next: number;
}

/** Kernels take a million instructions (BPF_COMPLEXITY_LIMIT_INSNS); a program above is refused there, not here. */
const MOST_SLOTS = 1 << 22;

/**
 * Puts a program and its subprograms together: bpf_object__reloc_code(), tools/lib/bpf/libbpf.c. A subprogram goes to the
 * end when the first call of it is met, and its own calls are looked through before those that follow.
 *
 * @param sections code by section, CO-RE relocations done
 * @throws ObjectError `bad-relocation`, `too-big`
 */
export function linkProgram(
  object: BpfObject,
  main: ObjectFunction,
  sections: ReadonlyMap<number, Code>,
): LinkedProgram {
  const parts: LinkedPart[] = [];
  const placed = new Map<ObjectFunction, number>();
  const calls: { readonly slot: number; readonly target: ObjectFunction }[] = [];
  const references = new Map<number, CodeRelocation>();
  const stack: Scan[] = [];
  let length = 0;
  const place = (target: ObjectFunction): void => {
    const part = { function: target, slot: length };
    placed.set(target, length);
    parts.push(part);
    length += target.length;
    if (length > MOST_SLOTS)
      throw new ObjectError('too-big', { name: main.name }, 'the program has too many instructions');
    stack.push({ part, next: 0 });
  };
  place(main);
  for (let scan = stack.at(-1); scan !== undefined; scan = stack.at(-1)) {
    const { part } = scan;
    const { section, slot: start, length: count } = part.function;
    if (scan.next >= count) {
      stack.pop();
      continue;
    }
    const slot = start + scan.next;
    const linked = part.slot + scan.next;
    scan.next++;
    const relocation = object.relocations.get(section)?.get(slot);
    const target = referredFunction(object, part.function, slot, sections.get(section), relocation);
    if (target !== undefined) {
      calls.push({ slot: linked, target });
      if (!placed.has(target)) place(target);
    } else if (relocation !== undefined) {
      references.set(linked, relocation);
    }
  }
  const code = joinCode(parts.map((part) => partCode(part, sections)));
  for (const { slot, target } of calls) {
    code.imm[slot] = (placed.get(target) ?? 0) - slot - 1;
    if (code.opcode[slot] === LD_IMM64) {
      code.src[slot] = PSEUDO.func;
      code.imm[slot + 1] = 0;
    }
  }
  return { code, parts, references };
}

function partCode({ function: target }: LinkedPart, sections: ReadonlyMap<number, Code>): Code {
  const code = sections.get(target.section);
  if (code === undefined) throw new ObjectError('bad-program', { name: target.name }, 'a function without code');
  return sliceCode(code, target.slot, target.slot + target.length);
}

/** The function of the object that an instruction calls or takes the address of. */
function referredFunction(
  object: BpfObject,
  caller: ObjectFunction,
  slot: number,
  code: Code | undefined,
  relocation: CodeRelocation | undefined,
): ObjectFunction | undefined {
  if (relocation?.kind === 'call' || relocation?.kind === 'function-address') return relocation.target;
  const isCall = code?.opcode[slot] === CALL_OPCODE && code.src[slot] === CALL.subprogram;
  if (!isCall || relocation !== undefined) return undefined;
  // Within a section a static function is called without a relocation.
  const place = { section: caller.sectionName, offset: slot * SLOT_BYTES, name: caller.name };
  const target = functionAt(object.functions, caller.section, slot + (code.imm[slot] ?? 0) + 1);
  if (target?.isSubprogram !== true) throw new ObjectError('bad-relocation', place, 'calls no function of .text');
  return target;
}

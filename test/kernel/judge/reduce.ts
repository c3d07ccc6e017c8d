import type { ProgramCase } from '../generate/case.ts';
import { LD_IMM64 } from '../generate/opcodes.ts';
import { putTogether, removeSlots, takeApart } from '../generate/slots.ts';

/** Of each of many programs, whether it still shows what is looked for. All at once, since asking a kernel takes a boot. */
export type Shows = (programs: readonly ProgramCase[]) => Promise<readonly boolean[]>;

/** So many boots at most. */
const ROUNDS = 40;

/**
 * A smaller program that still shows what is looked for: stretches of it are left out, first long ones, then single
 * instructions, until none can go.
 */
export async function reduce(program: ProgramCase, shows: Shows): Promise<ProgramCase> {
  let smallest = program;
  let stretch = Math.max(1, Math.floor(slotCount(program) / 2));
  for (let round = 0; round < ROUNDS; round++) {
    const candidates = withoutStretches(smallest, stretch);
    const shown = await shows(candidates);
    const better = candidates.find((_, at) => shown[at] === true);
    if (better !== undefined) smallest = better;
    else if (stretch === 1) break;
    else stretch = Math.max(1, Math.floor(stretch / 2));
  }
  return smallest;
}

function withoutStretches(program: ProgramCase, stretch: number): ProgramCase[] {
  const count = slotCount(program);
  const candidates: ProgramCase[] = [];
  // From the end, where what is looked for is mostly not.
  for (let at = count - stretch; at >= 0; at -= stretch) {
    const apart = takeApart(program);
    // Both halves of a BPF_LD_IMM64, or none.
    const start = apart.slots[at - 1]?.opcode === LD_IMM64 ? at - 1 : at;
    const end = apart.slots[at + stretch - 1]?.opcode === LD_IMM64 ? at + stretch + 1 : at + stretch;
    removeSlots(apart, start, end - start);
    if (apart.slots.length > 0) candidates.push({ ...putTogether(program, apart), mutated: ['reduced'] });
  }
  return candidates;
}

function slotCount({ insns }: ProgramCase): number {
  return insns.length / 16;
}

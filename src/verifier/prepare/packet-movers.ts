import { namesFunction } from './subprograms.ts';
import { CALL, CALL_OPCODE } from '../../program/encoding.ts';
import type { Program } from '../../program/program.ts';
import { findHelper } from '../kernel/helpers.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Subprogram } from '../walk/walk.ts';

/**
 * Functions that call helpers after which packets may have moved, or functions that do: merge_callee_effects(),
 * kernel/bpf/verifier.c.
 *
 * @returns by function
 */
export function findPacketMovers(program: Program, kernel: Kernel, subprograms: readonly Subprogram[]): boolean[] {
  const { code } = program;
  const moves = subprograms.map(({ start, end }) => {
    for (let insn = start; insn < end; insn++) {
      if (code.opcode[insn] !== CALL_OPCODE || code.src[insn] !== CALL.helper) continue;
      const helper = findHelper(kernel.helpers, code.imm[insn] ?? 0, program);
      if (typeof helper !== 'string' && helper.changesPacket) return true;
    }
    return false;
  });
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const [index, { start, end }] of subprograms.entries()) {
      if (moves[index] === true) continue;
      for (let insn = start; insn < end; insn++) {
        if (!namesFunction(code, insn)) continue;
        const target = insn + (code.imm[insn] ?? 0) + 1;
        if (moves[subprograms.findIndex((each) => each.start === target)] !== true) continue;
        moves[index] = true;
        isChanged = true;
      }
    }
  }
  return moves;
}

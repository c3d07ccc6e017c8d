import { codeOf, type Slot } from '../src/program/code.ts';
import type { Program } from '../src/program/program.ts';

const BLOCKS = 40;

const slot = (opcode: number, dst = 0, imm = 0, off = 0): Slot => ({ opcode, dst, src: 0, off, imm });
const move = (dst: number, imm: number): Slot => slot(0xb7, dst, imm);
const add = (dst: number, imm: number): Slot => slot(0x07, dst, imm);
const EXIT = slot(0x95);

/** Counts to half of the instructions that it takes to walk it. */
export function boundedLoop(instructions: number): Program {
  const count = instructions / 2 - 2;
  return programOf('loop', [move(0, 0), move(1, 0), add(1, 1), slot(0xa5, 1, count, -2), move(0, 0), EXIT]);
}

/** Every path ends with another number, which is then relied on: no two states are alike. */
export function explosion(): Program {
  const blocks = Array.from({ length: BLOCKS }, (_, index) => [
    slot(0x85, 0, 7), // bpf_get_prandom_u32()
    slot(0x15, 0, 0, 1),
    add(6, 1 << (index % 30)),
    slot(0x07, 7, 1),
  ]);
  const head = [move(6, 0), move(7, 0)];
  return programOf('explosion', [...head, ...blocks.flat(), slot(0x15, 6, 1, 0), move(0, 0), EXIT]);
}

function programOf(id: string, slots: readonly Slot[]): Program {
  return {
    id,
    progType: 'sched_cls',
    expectedAttachType: 0,
    attach: undefined,
    sleepable: false,
    license: 'GPL',
    code: codeOf(slots),
    kfuncCalls: new Map(),
    mapReferences: new Map(),
    kernelVariables: new Map(),
    maps: [],
    btf: undefined,
    functions: [],
    lines: [],
  };
}

import { assemble, leadsByImmediate, newLabel } from './assembler.ts';
import type { Label, Slot } from './assembler.ts';
import type { ProgramCase } from './case.ts';
import { CALL, EXIT, LD_IMM64, PSEUDO } from './opcodes.ts';

/** A program taken apart, so that slots can be changed, added and removed while jumps keep their targets. */
export interface Program {
  readonly slots: Slot[];
  readonly functions: { readonly label: Label; readonly name: string }[];
}

export function takeApart(program: ProgramCase): Program {
  const bytes = Buffer.from(program.insns, 'hex');
  const slots: Slot[] = [];
  for (let at = 0; at < bytes.length; at += 8) {
    const registers = bytes.readUInt8(at + 1);
    slots.push({
      opcode: bytes.readUInt8(at),
      dst: registers & 15,
      src: registers >> 4,
      off: bytes.readInt16LE(at + 2),
      imm: bytes.readInt32LE(at + 4),
    });
  }
  const labels = new Map<number, Label>();
  const labelAt = (slot: number): Label => {
    const label = labels.get(slot) ?? newLabel();
    label.slot = slot;
    labels.set(slot, label);
    return label;
  };
  for (let at = 0; at < slots.length; at++) {
    const slot = slots[at];
    if (slot === undefined) break;
    const kfunc = program.kfunc_calls[at];
    const map = program.map_refs[at];
    if (kfunc !== undefined) slot.kfunc = kfunc;
    if (map !== undefined) slot.map = map;
    if (leads(slot)) {
      const target = at + 1 + (leadsByImmediate(slot) ? slot.imm : slot.off);
      if (target >= 0 && target <= slots.length) slot.target = labelAt(target);
    }
    if (slot.opcode === LD_IMM64) at++;
  }
  return { slots, functions: (program.func_info ?? []).map(([slot, name]) => ({ label: labelAt(slot), name })) };
}

function leads(slot: Slot): boolean {
  if (slot.opcode === LD_IMM64) return slot.src === PSEUDO.func;
  if (slot.opcode === CALL) return slot.src === PSEUDO.call;
  const kind = slot.opcode & 7;
  return (kind === 5 || kind === 6) && slot.opcode !== EXIT;
}

/** The case with this as its program. */
export function putTogether(program: ProgramCase, { slots, functions }: Program): ProgramCase {
  const infos = functions.map(({ label, name }) => [label.slot ?? 0, name] as const);
  return { ...program, ...assemble(slots), ...(infos.length > 0 && { func_info: infos }) };
}

/** Removes slots; what led to one of them leads to what follows. */
export function removeSlots(program: Program, at: number, count: number): void {
  program.slots.splice(at, count);
  for (const label of labelsOf(program)) {
    if (label.slot === undefined || label.slot <= at) continue;
    label.slot = Math.max(at, label.slot - count);
  }
}

export function insertSlot(program: Program, at: number, slot: Slot): void {
  program.slots.splice(at, 0, slot);
  for (const label of labelsOf(program)) if (label.slot !== undefined && label.slot > at) label.slot++;
}

function labelsOf({ slots, functions }: Program): ReadonlySet<Label> {
  const labels = new Set<Label>(functions.map(({ label }) => label));
  for (const { target } of slots) if (target !== undefined) labels.add(target);
  return labels;
}

import { codeOf, type Code, type Slot } from '../code.ts';
import { PSEUDO, CALL, LD_IMM64, CALL_OPCODE } from '../encoding.ts';
import type { KernelVariable, KfuncCall, MapReference } from '../program.ts';
import { AssemblyError } from './assembly-error.ts';
import { parseInstruction, type Parsed } from './parse-instruction.ts';
import type { WideLoad } from './parse-wide-load.ts';

export interface AssembleOptions {
  /** Numbers of helpers by name. */
  readonly helpers?: ReadonlyMap<string, number> | undefined;
  /** Names of maps in their order; a map may also be given by its position. */
  readonly maps?: readonly string[] | undefined;
}

/** Instructions with what they refer to, as a Program has them. */
export interface Assembled {
  readonly code: Code;
  readonly kfuncCalls: ReadonlyMap<number, KfuncCall>;
  readonly mapReferences: ReadonlyMap<number, MapReference>;
  readonly kernelVariables: ReadonlyMap<number, KernelVariable>;
  /** Slots by label. */
  readonly labels: ReadonlyMap<string, number>;
  /** By slot, the line that it was made of, from 1. */
  readonly lines: ReadonlyMap<number, number>;
}

/** An instruction that was read, and where it goes. */
interface Placed {
  readonly parsed: Parsed;
  readonly slot: number;
  readonly line: number;
}

/** What is being made. */
interface Draft {
  readonly slots: Slot[];
  readonly labels: ReadonlyMap<string, number>;
  readonly options: AssembleOptions;
  readonly kfuncCalls: Map<number, KfuncCall>;
  readonly mapReferences: Map<number, MapReference>;
  readonly kernelVariables: Map<number, KernelVariable>;
}

const HALF = { opcode: 0, dst: 0, src: 0, off: 0 } as const;
const LARGEST = { register: 15, off: 0x7fff, imm: 0xffffffff } as const;

/**
 * Makes instructions of text: the form that disassemble() and llvm-objdump write. One instruction a line, or several
 * with `;` between them; `//` begins a comment; `NAME:` is a label, which jumps, calls and `func` may name. A call by a
 * name that is no label is that of a helper, or else of a kfunc; `call kfunc NAME` is of a kfunc always.
 *
 * @throws AssemblyError
 */
export function assemble(text: string, options: AssembleOptions = {}): Assembled {
  const { placed, labels } = readLines(text);
  const draft: Draft = {
    slots: [],
    labels,
    options,
    kfuncCalls: new Map(),
    mapReferences: new Map(),
    kernelVariables: new Map(),
  };
  for (const each of placed) emit(draft, each);
  const { slots, kfuncCalls, mapReferences, kernelVariables } = draft;
  const lines = new Map(placed.map(({ slot, line }) => [slot, line]));
  return { code: codeOf(slots), kfuncCalls, mapReferences, kernelVariables, labels, lines };
}

function readLines(text: string): { readonly placed: readonly Placed[]; readonly labels: ReadonlyMap<string, number> } {
  const placed: Placed[] = [];
  const labels = new Map<string, number>();
  let slot = 0;
  for (const [index, whole] of text.split('\n').entries()) {
    const line = index + 1;
    for (const part of whole.replace(/\/\/.*$/, '').split(';')) {
      const rest = takeLabels(part.trim(), (label) => {
        if (labels.has(label)) throw new AssemblyError(line, `there is a label ${label} already`);
        labels.set(label, slot);
      });
      if (rest === '') continue;
      const parsed = parseInstruction(rest);
      if (parsed === undefined) throw new AssemblyError(line, `no instruction: ${rest}`);
      placed.push({ parsed, slot, line });
      slot += isWide(parsed) ? 2 : 1;
    }
  }
  return { placed, labels };
}

/** Labels stand in front; a number with a colon, as listings have it, means nothing. */
function takeLabels(text: string, onLabel: (label: string) => void): string {
  const match = /^(?:([A-Za-z_.$][\w.$]*)|\d+):\s*(.*)$/.exec(text);
  if (match === null) return text;
  const [, label, rest = ''] = match;
  if (label !== undefined) onLabel(label);
  return takeLabels(rest, onLabel);
}

function isWide(parsed: Parsed): parsed is WideLoad {
  return parsed.kind !== 'slot' && parsed.kind !== 'label' && parsed.kind !== 'call';
}

function emit(draft: Draft, { parsed, slot, line }: Placed): void {
  const push = (fields: Partial<Slot>): void => void draft.slots.push(checked(fields, line));
  switch (parsed.kind) {
    case 'slot':
      push(parsed.slot);
      return;
    case 'label':
      push({ ...parsed.slot, [parsed.field]: distanceTo(draft, parsed.label, slot, line) });
      return;
    case 'call':
      push(callByName(draft, parsed.name, parsed.isKfunc, slot));
      return;
    default: {
      const { src, low, high } = wideValue(draft, parsed, slot, line);
      push({ opcode: LD_IMM64, dst: parsed.dst, src, imm: low });
      push({ ...HALF, imm: high });
    }
  }
}

function callByName(draft: Draft, name: string, isKfunc: boolean, slot: number): Partial<Slot> {
  const label = draft.labels.get(name);
  const opcode = CALL_OPCODE;
  if (!isKfunc && label !== undefined) return { opcode, src: CALL.subprogram, imm: label - slot - 1 };
  const helper = draft.options.helpers?.get(name);
  if (!isKfunc && helper !== undefined) return { opcode, imm: helper };
  draft.kfuncCalls.set(slot, { name, weak: false });
  return { opcode, src: CALL.kfunc };
}

function wideValue(
  draft: Draft,
  load: WideLoad,
  slot: number,
  line: number,
): { readonly src: number; readonly low: number; readonly high: number } {
  switch (load.kind) {
    case 'wide':
      return load;
    case 'map': {
      const { valueOffset } = load;
      const map = mapPosition(load.map, draft.options.maps ?? []);
      if (map === undefined) throw new AssemblyError(line, `there is no map ${load.map}`);
      draft.mapReferences.set(slot, { map, valueOffset });
      const src = valueOffset === undefined ? PSEUDO.mapFd : PSEUDO.mapValue;
      return { src, low: 0, high: (valueOffset ?? 0) | 0 };
    }
    case 'ksym':
      draft.kernelVariables.set(slot, { name: load.name, weak: false });
      return { src: PSEUDO.btfId, low: 0, high: 0 };
    case 'function':
      return { src: PSEUDO.func, low: distanceTo(draft, load.label, slot, line), high: 0 };
  }
}

function mapPosition(text: string, maps: readonly string[]): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const position = maps.indexOf(text);
  return position === -1 ? undefined : position;
}

function distanceTo({ labels }: Draft, label: string, slot: number, line: number): number {
  const target = labels.get(label);
  if (target === undefined) throw new AssemblyError(line, `there is no label ${label}`);
  return target - slot - 1;
}

function checked({ opcode = 0, dst = 0, src = 0, off = 0, imm = 0 }: Partial<Slot>, line: number): Slot {
  if (Math.max(dst, src) > LARGEST.register) throw new AssemblyError(line, 'there is no such register');
  if (!(off >= -LARGEST.off - 1 && off <= LARGEST.off))
    throw new AssemblyError(line, `${String(off)} does not fit 16 bits`);
  if (!(imm >= -0x80000000 && imm <= LARGEST.imm)) throw new AssemblyError(line, `${String(imm)} does not fit 32 bits`);
  return { opcode, dst, src, off, imm: imm | 0 };
}

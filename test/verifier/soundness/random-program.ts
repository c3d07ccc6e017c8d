import { assemble } from '../../../src/program/text/assemble.ts';
import { CLASS, JUMP, SOURCE_REGISTER } from '../../../src/program/encoding.ts';
import { encodeCode, type Code } from '../../../src/program/code.ts';
import type { Program } from '../../../src/program/program.ts';
import { parseProgramJson, isMapCase } from '../../../src/program/json/parse-program-json.ts';
import { corpusBtf } from '../corpus.ts';
import { emitPrologue } from './gadgets-flow.ts';
import { emitAll, type Gadget } from './gadgets.ts';
import { createDraft, emit, openFunction } from './writer.ts';

/** The value types of the maps below. */
export const VALUE_TYPES: readonly (string | undefined)[] = ['v_mix', 'v_mix', 'v_lock', undefined, undefined];

const MAPS = [
  { name: 'array', type: 'array', key_size: 4, value_size: 48, max_entries: 2, value_type: 'v_mix' },
  { name: 'hash', type: 'hash', key_size: 4, value_size: 48, max_entries: 2, value_type: 'v_mix' },
  { name: 'locks', type: 'array', key_size: 4, value_size: 16, max_entries: 1, value_type: 'v_lock' },
  { name: 'records', type: 'ringbuf', key_size: 0, value_size: 0, max_entries: 4096, value_type: null },
  { name: 'programs', type: 'prog_array', key_size: 4, value_size: 4, max_entries: 1, value_type: null },
].map((map) => ({ ...map, map_flags: 0 }));

/** A change of one field of one slot. */
export interface Change {
  readonly at: number;
  readonly which: number;
  readonly by: number;
}

export interface Recipe {
  readonly gadgets: readonly Gadget[];
  readonly change: Change | undefined;
}

export interface RandomProgram {
  readonly text: string;
  /** In the form of the corpus. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly program: Program;
}

/** Writes the program that a recipe stands for. */
export function programOf({ gadgets, change }: Recipe): RandomProgram {
  const draft = createDraft();
  const main = openFunction(draft);
  if (main === undefined) throw new RangeError('a program without a function');
  emitPrologue(main, 'r1');
  emit(main, 'call 7;r9 = r0');
  emitAll(main, gadgets);
  emit(main, 'r0 = 0;exit');
  const text = draft.functions.map(({ name, lines }) => `${name}:\n${lines.join('\n')}`).join('\n');
  return programOfText(text, draft.hasCallbacks ? draft.functions.map(({ name }) => name) : [], change);
}

/** A program for the maps above. @param functions those that func_info is to name; none: it is loaded without */
export function programOfText(
  text: string,
  functions: readonly string[] = [],
  change: Change | undefined = undefined,
): RandomProgram {
  const { code, kfuncCalls, mapReferences, labels } = assemble(text);
  // What callbacks do to their caller's stack is misjudged by kernels: see known-unsound.test.ts.
  const changed = change === undefined || functions.length > 0 ? code : changeCode(code, change);
  const json = {
    id: 'random',
    prog_type: 'sched_cls',
    insns: Buffer.from(encodeCode(changed)).toString('hex'),
    kfunc_calls: Object.fromEntries([...kfuncCalls].map(([slot, { name }]) => [String(slot), name])),
    map_refs: Object.fromEntries([...mapReferences].map(([slot, { map }]) => [String(slot), map])),
    maps: MAPS,
    btf: 'maps',
    ...(functions.length === 0 ? {} : { func_info: functions.map((name) => [labels.get(name), name]) }),
  };
  const program = parseProgramJson(json, { btfOf: corpusBtf, file: 'random' });
  if (isMapCase(program)) throw new RangeError('a program was to be read');
  return { text, json, program };
}

type Field = 'dst' | 'src' | 'off' | 'imm';

/** One of the fields that an instruction has a use for. */
function changeCode(code: Code, { at, which, by }: Change): Code {
  const slot = at % code.length;
  const fields = fieldsOf(code.opcode[slot] ?? 0);
  const field = fields[which % fields.length];
  if (field === undefined) return code;
  const copy = { ...code, [field]: code[field].slice() };
  const old = code[field][slot] ?? 0;
  copy[field][slot] = field === 'dst' || field === 'src' ? (old + by) % 11 : old + by - 16;
  return copy;
}

function fieldsOf(opcode: number): readonly Field[] {
  const kind = opcode & 7;
  const operand = (opcode & SOURCE_REGISTER) === 0 ? 'imm' : 'src';
  if (kind === CLASS.alu || kind === CLASS.alu64) return ['dst', operand];
  if (kind === CLASS.jmp || kind === CLASS.jmp32)
    return (opcode & 0xf0) >= JUMP.call && (opcode & 0xf0) <= JUMP.exit ? [] : ['off', 'dst', operand];
  return kind === CLASS.ld ? [] : ['off', 'dst', kind === CLASS.st ? 'imm' : 'src'];
}

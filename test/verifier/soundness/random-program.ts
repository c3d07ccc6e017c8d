import { assemble } from '../../../src/program/text/assemble.ts';
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
  readonly field: 'dst' | 'src' | 'off' | 'imm';
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

/** Wide loads and calls stay as they are. */
function changeCode(code: Code, { at, field, by }: Change): Code {
  const slot = at % code.length;
  const opcode = code.opcode[slot] ?? 0;
  if ((opcode & 7) === 0 || opcode === 0x85) return code;
  const copy = { ...code, [field]: code[field].slice() };
  if (field === 'dst' || field === 'src') copy[field][slot] = ((copy[field][slot] ?? 0) + by) % 11;
  else copy[field][slot] = (copy[field][slot] ?? 0) + by - 16;
  return copy;
}

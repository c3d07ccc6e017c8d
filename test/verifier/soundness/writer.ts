/** What is kept on the stack while inner gadgets run. */
export interface Kept {
  readonly what: 'ref' | 'memb' | 'sock' | 'record' | 'value' | 'lock' | 'counter';
  /** Distance below the frame pointer. */
  readonly at: number;
}

/** A function that is being written. */
export interface Writer {
  readonly lines: string[];
  /** Unique in its program. */
  readonly name: string;
  readonly kept: Kept[];
  readonly program: ProgramDraft;
  readonly isCallback: boolean;
}

export interface ProgramDraft {
  readonly functions: Writer[];
  labels: number;
  hasCallbacks: boolean;
}

/** Functions that the BTF of the corpus has, but for the main one. */
const NAMES = ['sub_a', 'sub_b', 'sub_c'] as const;
/** Places on the stack that are for everyone. */
export const PLACE = { spill: 80, area: 96, key: 104, tuple: 120, value: 168 } as const;

export function createDraft(): ProgramDraft {
  return { functions: [], labels: 0, hasCallbacks: false };
}

/** Begins a function; undefined if there are enough. */
export function openFunction(program: ProgramDraft, isCallback = false): Writer | undefined {
  const name = program.functions.length === 0 ? 'main_prog' : NAMES[program.functions.length - 1];
  if (name === undefined) return undefined;
  const writer = { lines: [], name, kept: [], program, isCallback };
  program.functions.push(writer);
  return writer;
}

export function emit({ lines }: Writer, text: string): void {
  lines.push(...text.split(';').map((line) => line.trim()));
}

export function label({ program }: Writer): string {
  program.labels += 1;
  return `l${String(program.labels)}`;
}

/** Keeps R0, or a number, on the stack while something is written. */
export function keeping(writer: Writer, what: Kept['what'], value: string, write: (at: number) => void): void {
  const at = 16 + 8 * writer.kept.length;
  emit(writer, `*(u64 *)(r10 - ${String(at)}) = ${value}`);
  writer.kept.push({ what, at });
  write(at);
  writer.kept.pop();
}

/** Loads what is kept, the innermost of a kind. @returns whether there is any */
export function recall(writer: Writer, what: readonly Kept['what'][], register: string): Kept | undefined {
  const found = writer.kept.findLast((each) => what.includes(each.what));
  if (found !== undefined) emit(writer, `${register} = *(u64 *)(r10 - ${String(found.at)})`);
  return found;
}

import { nameOf, type Btf } from '../btf.ts';
import { BtfError } from '../btf-error.ts';
import { pointerBytes } from '../size.ts';
import { createCNames, type CNames } from './c-names.ts';
import type { CLayout } from './c-layout.ts';

/** What printing one set of types shares. */
export interface CContext {
  readonly btf: Btf;
  readonly pointerBytes: 4 | 8;
  readonly names: CNames;
  /** Of structs and unions by id; undefined while one is being laid out. */
  readonly layouts: Map<number, CLayout | undefined>;
  /** Characters that may still be printed. */
  left: number;
}

/**
 * How deep types may nest in C: the longest way through members, typedefs and pointers in a vmlinux has less than 20 steps.
 */
export const MAX_NESTING = 256;
/** As many characters are printed in one go; a whole vmlinux has about 4 million. */
export const MAX_CHARACTERS = 16 * 1024 * 1024;

export function createCContext(btf: Btf): CContext {
  return {
    btf,
    pointerBytes: pointerBytes(btf),
    names: createCNames(),
    layouts: new Map(),
    left: MAX_CHARACTERS,
  };
}

/** Counts text as printed, and returns it. @throws BtfError `too-big`: types that share parts can grow without end */
export function spend(context: CContext, id: number, text: string): string {
  context.left -= text.length;
  if (context.left < 0) throw cError(context, 'too-big', id, `more than ${String(MAX_CHARACTERS)} characters of C`);
  return text;
}

/** @throws BtfError `too-deep` */
export function requireShallow(context: CContext, id: number, depth: number): void {
  if (depth > MAX_NESTING) throw cError(context, 'too-deep', id, `nests deeper than ${String(MAX_NESTING)}`);
}

export function cError(
  { btf }: CContext,
  code: 'too-big' | 'too-deep' | 'loop' | 'not-c',
  id: number,
  text: string,
): BtfError {
  return new BtfError(code, { field: 'type', typeId: id, typeName: nameOf(btf, id) }, text);
}

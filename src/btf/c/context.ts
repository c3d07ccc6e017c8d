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
  /** What may still be spent in all, and on the declaration that is being printed; see spend(). */
  left: number;
  leftHere: number;
}

/**
 * How deep types may nest in C: the longest way through members, typedefs and pointers in a vmlinux has less than 20 steps.
 */
export const MAX_NESTING = 256;
/** What one declaration may cost: 2 million characters; the largest of a kernel has 17,000. */
export const MAX_DECLARATION_COST = 2 * 1024 * 1024;
/** What all may cost; those of a whole vmlinux cost 20 million. */
const MAX_COST = 64 * 1024 * 1024;
/** What a declarator costs beside its characters. */
const DECLARATOR_COST = 16;

export function createCContext(btf: Btf): CContext {
  return {
    btf,
    pointerBytes: pointerBytes(btf),
    names: createCNames(),
    layouts: new Map(),
    left: MAX_COST,
    leftHere: MAX_DECLARATION_COST,
  };
}

/**
 * Counts text as printed, and returns it. Types without a name are printed wherever they are used, so types that share
 * parts can grow without end.
 *
 * @throws BtfError `too-big`
 */
export function spend(context: CContext, id: number, text: string): string {
  context.left -= text.length + DECLARATOR_COST;
  context.leftHere -= text.length + DECLARATOR_COST;
  if (context.left < 0 || context.leftHere < 0) throw cError(context, 'too-big', id, 'the C of it has no end');
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

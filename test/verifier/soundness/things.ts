import { unsound } from './unsound.ts';

/** What pointers point to. */
export type ThingKind = 'stack' | 'context' | 'packet' | 'map' | 'value' | 'object' | 'socket' | 'record' | 'function';

/** A piece of memory, or a thing that has an address and no bytes that a program may touch. */
export interface Thing {
  readonly kind: ThingKind;
  /** A struct, or whatever tells it from others of its kind. */
  readonly name: string;
  readonly size: number;
  readonly address: bigint;
  readonly bytes: Uint8Array;
  /** By byte, of stacks: whether it was written. */
  readonly written: Uint8Array;
  /** By offset: pointers that lie here whole, spilled to a stack or in a kptr slot. */
  readonly pointers: Map<number, Pointer>;
  /** By offset, of map values. */
  readonly slots: ReadonlyMap<number, KptrSlot>;
  /** What was freed stays here as poison. */
  isFreed: boolean;
  /** Of kernel objects: references that anyone holds. */
  references: number;
}

/** A field of a map value that keeps a pointer to a kernel object. */
export interface KptrSlot {
  readonly struct: string;
  readonly referenced: boolean;
}

export interface Pointer {
  readonly thing: Thing;
  readonly offset: number;
  /**
   * Read out of memory of the kernel or a kptr slot, where it is kept by nothing: what it points to may be gone, or be
   * NULL. The kernel reads through it with protection against faults.
   */
  readonly isStale: boolean;
}

/** A register's value; undefined: never written. */
export type Value = bigint | Pointer;

export function isPointer(value: Value): value is Pointer {
  return typeof value !== 'bigint';
}

export function pointerTo(thing: Thing, offset = 0, isStale = false): Pointer {
  return { thing, offset, isStale };
}

/** The number that a value is for those who only look at bits. */
export function bitsOf(value: Value): bigint {
  return isPointer(value) ? BigInt.asUintN(64, value.thing.address + BigInt(value.offset)) : value;
}

const NO_SLOTS: ReadonlyMap<number, KptrSlot> = new Map();

export function createThing(
  kind: ThingKind,
  name: string,
  size: number,
  address: bigint,
  slots: ReadonlyMap<number, KptrSlot> = NO_SLOTS,
): Thing {
  return {
    kind,
    name,
    size,
    address,
    bytes: new Uint8Array(size),
    written: new Uint8Array(kind === 'stack' ? size : 0),
    pointers: new Map(),
    slots,
    isFreed: false,
    references: 1,
  };
}

/** NULL where the kernel reads it as a pointer: reads through it give 0. */
export const NULL_OBJECT: Thing = { ...createThing('object', 'NULL', 0, 0n), isFreed: true, references: 0 };

/** A value that must be a pointer into memory that is there. @throws Unsound */
export function memoryOf(value: Value | undefined, offset: number, size: number, what: string): Pointer {
  if (value === undefined) unsound(`${what} through a register that was never written`);
  if (!isPointer(value)) unsound(`${what} through the number ${String(value)}`);
  const { thing } = value;
  const start = value.offset + offset;
  if (value.isStale) return { ...value, offset: start };
  if (thing.isFreed) unsound(`${what} of ${thing.kind} ${thing.name} that is gone`);
  if (thing.kind === 'map' || thing.kind === 'function') unsound(`${what} of a ${thing.kind}`);
  if (!(start >= 0 && start + size <= thing.size)) {
    unsound(`${what} of bytes ${String(start)} to ${String(start + size)} of ${thing.kind} ${thing.name}`);
  }
  return { ...value, offset: start };
}

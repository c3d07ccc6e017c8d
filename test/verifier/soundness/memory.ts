import { dropReference, type Machine } from './machine.ts';
import { bitsOf, isPointer, memoryOf, NULL_OBJECT, pointerTo } from './things.ts';
import type { KptrSlot, Pointer, Thing, Value } from './things.ts';
import { unsound } from './unsound.ts';

/** Offsets in struct __sk_buff. */
const CONTEXT = { data: 76, dataEnd: 80 } as const;
/** Members of struct __sk_buff that programs of tc may write: mark, tc_index, cb, tc_classid, and others. */
const CONTEXT_WRITABLE: readonly (readonly [start: number, end: number])[] = [
  [8, 16],
  [32, 36],
  [44, 48],
  [48, 68],
  [72, 76],
  [152, 160],
];
/** The pointer `next` of struct prog_test_ref_kfunc. */
const NEXT = 16;

/** A load. @throws Unsound */
export function load(machine: Machine, base: Value | undefined, offset: number, size: number): Value {
  const at = memoryOf(base, offset, size, 'a load');
  const { thing } = at;
  switch (thing.kind) {
    case 'context':
      return loadContext(machine, at.offset, size);
    case 'object':
    case 'socket':
      return loadObject(machine, at, size);
    default:
      return loadBytes(machine, at, size);
  }
}

function loadContext(machine: Machine, offset: number, size: number): Value {
  if (size === 4 && offset === CONTEXT.data) return pointerTo(machine.packet);
  if (size === 4 && offset === CONTEXT.dataEnd) return pointerTo(machine.packet, machine.packet.size);
  return BigInt.asUintN(size * 8, machine.random.word());
}

/** The kernel reads its own objects with protection: what is gone, or beyond, is read as anything. */
function loadObject(machine: Machine, { thing, offset }: Pointer, size: number): Value {
  const { random, objects } = machine;
  if (thing.name === 'prog_test_ref_kfunc' && offset === NEXT && size === 8) {
    return pointerTo(objects[random.below(objects.length + 1)] ?? NULL_OBJECT, 0, true);
  }
  return BigInt.asUintN(size * 8, random.word());
}

function loadBytes(machine: Machine, { thing, offset }: Pointer, size: number): Value {
  const slot = slotAt(thing, offset, size);
  if (slot !== undefined) {
    const kept = thing.pointers.get(offset);
    return kept === undefined ? 0n : { ...kept, isStale: true };
  }
  const spilled = size === 8 ? thing.pointers.get(offset) : undefined;
  if (spilled !== undefined) return spilled;
  checkWritten(machine, thing, offset, size, 'a load');
  let value = 0n;
  for (let index = size - 1; index >= 0; index--) value = (value << 8n) | BigInt(thing.bytes[offset + index] ?? 0);
  return value;
}

/** @throws Unsound if part of a stack was never written; where that may be read, it is anything */
function checkWritten(machine: Machine, thing: Thing, offset: number, size: number, what: string): void {
  if (thing.kind !== 'stack') return;
  for (let at = offset; at < offset + size; at++) {
    if (thing.written[at] === 1) continue;
    if (!machine.uninitReadable) unsound(`${what} of byte ${String(at - thing.size)} of the stack, never written`);
    thing.bytes[at] = machine.random.below(256);
  }
}

/** The kptr slot at a place, if any. @throws Unsound if only part of one is touched */
function slotAt(thing: Thing, offset: number, size: number): KptrSlot | undefined {
  if (thing.slots.size === 0) return undefined;
  const slot = thing.slots.get(offset);
  if (slot !== undefined && size === 8) return slot;
  for (const at of thing.slots.keys()) {
    if (offset < at + 8 && at < offset + size) unsound(`an access of part of the kptr at offset ${String(at)}`);
  }
  return undefined;
}

/** A store. @throws Unsound */
export function store(base: Value | undefined, offset: number, size: number, value: Value): void {
  const at = memoryOf(base, offset, size, 'a store');
  const { thing } = at;
  if (at.isStale || thing.kind === 'object' || thing.kind === 'socket')
    unsound(`a store to ${thing.kind} ${thing.name}`);
  if (thing.kind === 'context') {
    const isWritable = CONTEXT_WRITABLE.some(([start, end]) => at.offset >= start && at.offset + size <= end);
    if (!isWritable) unsound(`a store to byte ${String(at.offset)} of the context`);
    return;
  }
  const slot = slotAt(thing, at.offset, size);
  if (slot !== undefined) {
    storeKptr(at, slot.referenced, slot.struct, value);
    return;
  }
  writeBits(thing, at.offset, size, bitsOf(value));
  if (size === 8 && isPointer(value) && thing.kind === 'stack') thing.pointers.set(at.offset, value);
}

function storeKptr({ thing, offset }: Pointer, referenced: boolean, struct: string, value: Value): void {
  if (value === 0n && !referenced) {
    thing.pointers.delete(offset);
    return;
  }
  if (referenced) unsound('a store to a referenced kptr');
  if (!isPointer(value)) unsound('a number is stored to a kptr');
  // What is read through NULL, or was read from the kernel, may be stored: it is read as untrusted.
  if (value.thing !== NULL_OBJECT && (value.thing.name !== struct || value.offset !== 0)) {
    unsound(`a pointer to ${value.thing.name}, offset ${String(value.offset)}, is stored to a kptr of ${struct}`);
  }
  thing.pointers.set(offset, value);
}

function writeBits(thing: Thing, offset: number, size: number, bits: bigint): void {
  for (let index = 0; index < size; index++) {
    thing.bytes[offset + index] = Number((bits >> BigInt(8 * index)) & 0xffn);
  }
  markWritten(thing, offset, size);
}

function markWritten(thing: Thing, offset: number, size: number): void {
  if (thing.kind === 'stack') thing.written.fill(1, offset, offset + size);
  for (let at = offset - 7; at < offset + size; at++) thing.pointers.delete(at);
}

/** Memory that a function of the kernel reads. @throws Unsound */
export function readMemory(machine: Machine, base: Value | undefined, size: number, what: string): Pointer {
  const at = memoryOf(base, 0, size, what);
  const { thing } = at;
  if (at.isStale || thing.kind === 'object' || thing.kind === 'context') unsound(`${what}: ${thing.kind} for memory`);
  slotAt(thing, at.offset, size);
  for (let byte = 0; byte < size; byte += 8) if (thing.slots.has(at.offset + byte)) unsound(`${what}: a kptr in it`);
  checkWritten(machine, thing, at.offset, size, what);
  return at;
}

/** Memory that a function of the kernel writes: anything. @throws Unsound */
export function writeMemory(machine: Machine, base: Value | undefined, size: number, what: string): void {
  const { thing, offset, isStale } = memoryOf(base, 0, size, what);
  if (isStale || thing.kind === 'object' || thing.kind === 'context') unsound(`${what}: ${thing.kind} for memory`);
  for (let byte = 0; byte < size; byte++) {
    if (thing.slots.has((offset + byte) & ~7)) unsound(`${what}: a kptr in it`);
    thing.bytes[offset + byte] = machine.random.below(256);
  }
  markWritten(thing, offset, size);
}

/** A value is overwritten as a whole: what its kptrs hold is released. */
export function releaseSlots(value: Thing): void {
  for (const [at, { referenced }] of value.slots) {
    const kept = value.pointers.get(at);
    value.pointers.delete(at);
    if (referenced && kept !== undefined) dropReference(kept.thing);
  }
}

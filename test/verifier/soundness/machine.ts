import type { Program } from '../../../src/program/program.ts';
import { randomOf, type Random } from './random.ts';
import { createThing, pointerTo, type KptrSlot, type Pointer, type Thing, type ThingKind } from './things.ts';
import { unsound } from './unsound.ts';

const LIMIT = 60_000;
const REF = 'prog_test_ref_kfunc';
const MEMBER = 'prog_test_member';

/** The kptr slots of the value types that the programs use: test/verifier/fixtures/corpus/btf/mkmaps.py. */
const VALUE_SLOTS: Readonly<Record<string, ReadonlyMap<number, KptrSlot>>> = {
  v_mix: new Map([
    [8, { struct: REF, referenced: false }],
    [16, { struct: REF, referenced: true }],
    [24, { struct: MEMBER, referenced: true }],
    [32, { struct: MEMBER, referenced: false }],
  ]),
  v_lock: new Map([[8, { struct: REF, referenced: true }]]),
};

export const OBJECT_BYTES: Readonly<Record<string, number>> = { [REF]: 32, [MEMBER]: 8, bpf_sock: 80 };

/** A map while a program runs. */
export interface LiveMap {
  readonly thing: Thing;
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly values: Thing[];
}

export interface Machine {
  readonly program: Program;
  /** Bytes of a stack that were never written may be read, and are anything. */
  readonly uninitReadable: boolean;
  readonly random: Random;
  readonly maps: readonly LiveMap[];
  readonly context: Thing;
  packet: Thing;
  /** References of the program: how many of each thing. */
  readonly held: Map<Thing, number>;
  /** Kernel objects that there were, for pointers that are read from anywhere. */
  readonly objects: Thing[];
  lock: Thing | undefined;
  nextAddress: bigint;
  steps: number;
}

/** What runs a program once. @param valueTypes of its maps, by position; undefined: without BTF */
export function createMachine(
  program: Program,
  valueTypes: readonly (string | undefined)[],
  seed: number,
  uninitReadable: boolean,
): Machine {
  const random = randomOf(seed);
  let nextAddress = 0xffff_8880_0000_0000n;
  const make = (kind: ThingKind, name: string, size: number, slots?: ReadonlyMap<number, KptrSlot>): Thing => {
    nextAddress += 0x10_0000n;
    return createThing(kind, name, size, nextAddress, slots);
  };
  const maps = program.maps.map((spec, index) => {
    const slots = VALUE_SLOTS[valueTypes[index] ?? ''];
    const value = (): Thing => fill(make('value', spec.name, spec.valueSize, slots), random);
    const count = spec.type === 'array' || spec.type === 'hash' ? spec.maxEntries : 0;
    const values = Array.from({ length: count }, value);
    const thing = make('map', spec.name, 0);
    return { thing, type: spec.type, keySize: spec.keySize, valueSize: spec.valueSize, values };
  });
  const packet = fill(make('packet', 'the packet', random.below(100)), random);
  const context = make('context', '__sk_buff', 192);
  const machine: Machine = {
    program,
    uninitReadable,
    random,
    maps,
    context,
    packet,
    held: new Map(),
    objects: [],
    lock: undefined,
    nextAddress,
    steps: 0,
  };
  for (const map of maps)
    for (const value of map.values) for (const [at, slot] of value.slots) populate(machine, value, at, slot);
  return machine;
}

function fill(thing: Thing, random: Random): Thing {
  for (let at = 0; at < thing.size; at++) if (!isInSlot(thing, at)) thing.bytes[at] = random.below(256);
  return thing;
}

function isInSlot({ slots }: Thing, at: number): boolean {
  return slots.has(at & ~7);
}

/** A kptr slot as others may have left it: empty, or with an object that only it holds, or that is gone by now. */
function populate(machine: Machine, value: Thing, at: number, { struct, referenced }: KptrSlot): void {
  if (machine.random.below(2) === 0) return;
  const object = newObject(machine, 'object', struct);
  if (!referenced && machine.random.below(2) === 0) dropReference(object);
  value.pointers.set(at, pointerTo(object));
}

export function newThing(machine: Machine, kind: ThingKind, name: string, size: number): Thing {
  machine.nextAddress += 0x10_0000n;
  return createThing(kind, name, size, machine.nextAddress);
}

/** A kernel object with one reference. */
export function newObject(machine: Machine, kind: 'object' | 'socket', struct: string): Thing {
  const object = newThing(machine, kind, struct, OBJECT_BYTES[struct] ?? 0);
  machine.objects.push(object);
  return object;
}

/** The program gets a reference. */
export function hold(machine: Machine, thing: Thing): Pointer {
  machine.held.set(thing, (machine.held.get(thing) ?? 0) + 1);
  return pointerTo(thing);
}

/** The program gives a reference away. @throws Unsound if it has none, or the pointer is none to the object */
export function giveUp(machine: Machine, pointer: Pointer, what: string): Thing {
  const { thing, offset } = pointer;
  const count = machine.held.get(thing) ?? 0;
  if (count === 0) unsound(`${what} of ${thing.kind} ${thing.name}, of which the program has no reference`);
  if (offset !== 0) unsound(`${what} of a pointer at offset ${String(offset)}`);
  if (count === 1) machine.held.delete(thing);
  else machine.held.set(thing, count - 1);
  return thing;
}

/** One reference less; without any the object is gone. */
export function dropReference(thing: Thing): void {
  thing.references -= 1;
  if (thing.references <= 0) thing.isFreed = true;
}

/** What other processors do at any time: they take objects out of maps, and put others there. */
export function disturb(machine: Machine): void {
  const { random, maps } = machine;
  if (random.below(4) !== 0) return;
  for (const { values } of maps) {
    for (const value of values) {
      for (const [at, slot] of value.slots) {
        if (random.below(3) !== 0) continue;
        const old = value.pointers.get(at);
        value.pointers.delete(at);
        if (slot.referenced && old !== undefined) dropReference(old.thing);
        if (random.below(2) === 0) populate(machine, value, at, slot);
      }
    }
  }
}

/** @throws RangeError if a program takes too long to run: that is no fault of the verifier */
export function countStep(machine: Machine): void {
  if (++machine.steps > LIMIT) throw new RangeError('the program runs for too long');
}

/** A program ends. @throws Unsound if it has anything left */
export function checkEnd(machine: Machine, how: string): void {
  const [left] = machine.held.keys();
  if (left !== undefined) unsound(`${how} with a reference of ${left.kind} ${left.name}`);
  if (machine.lock !== undefined) unsound(`${how} with a spin lock`);
}

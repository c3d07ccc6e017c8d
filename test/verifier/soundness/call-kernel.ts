import { callMapHelper } from './map-helpers.ts';
import { disturb, dropReference, giveUp, hold, newObject, newThing, type Machine } from './machine.ts';
import { readMemory } from './memory.ts';
import { bitsOf, isPointer, pointerTo, type Pointer, type Thing, type Value } from './things.ts';
import { unsound } from './unsound.ts';

/** R1 to R5. */
export type Arguments = readonly (Value | undefined)[];

const HELPER = {
  ktime: 5,
  random: 7,
  pullData: 39,
  skLookupTcp: 84,
  skRelease: 86,
  lock: 93,
  unlock: 94,
  ringbufOutput: 130,
  ringbufReserve: 131,
  ringbufSubmit: 132,
  ringbufDiscard: 133,
} as const;

/** Fixed sizes of what kfuncs take for memory. */
const MEMORY: Readonly<Record<string, number>> = {
  bpf_kfunc_call_test_pass1: 16,
  bpf_kfunc_call_test_pass2: 88,
};

/** A number as an argument. @throws Unsound if it was never written */
export function numberOf(args: Arguments, index: number): bigint {
  const value = args[index];
  if (value === undefined) unsound(`argument ${String(index + 1)} was never written`);
  return bitsOf(value);
}

function pointerOf(args: Arguments, index: number, what: string): Pointer {
  const value = args[index];
  if (value === undefined || !isPointer(value)) unsound(`${what} is given ${String(value)} for a pointer`);
  return value;
}

/** Something acquired, or NULL. */
function acquire(machine: Machine, kind: 'object' | 'socket', struct: string): Value {
  const { random, objects } = machine;
  if (random.below(3) === 0) return 0n;
  // As often as not an object that others have as well.
  const shared = objects[random.below(objects.length * 2 + 1)];
  if (shared?.name === struct && !shared.isFreed) {
    shared.references += 1;
    return hold(machine, shared);
  }
  return hold(machine, newObject(machine, kind, struct));
}

function release(machine: Machine, args: Arguments, kinds: readonly string[], what: string): void {
  const pointer = pointerOf(args, 0, what);
  if (!kinds.includes(pointer.thing.name)) unsound(`${what} of ${pointer.thing.name}`);
  dropReference(giveUp(machine, pointer, what));
}

/** A kfunc of the kernel's tests. @returns R0 @throws Unsound */
export function callKfunc(machine: Machine, name: string, args: Arguments): Value | undefined {
  if (machine.lock !== undefined) unsound(`${name}() is called under a spin lock`);
  disturb(machine);
  const [first] = args;
  switch (name) {
    case 'bpf_kfunc_call_test_acquire':
      readMemory(machine, first, 8, name);
      return acquire(machine, 'object', 'prog_test_ref_kfunc');
    case 'bpf_kfunc_call_memb_acquire':
      return acquire(machine, 'object', 'prog_test_member');
    case 'bpf_kfunc_call_test_release':
      release(machine, args, ['prog_test_ref_kfunc'], name);
      return undefined;
    case 'bpf_kfunc_call_memb_release':
      release(machine, args, ['prog_test_member'], name);
      return undefined;
    case 'bpf_kfunc_call_test_kptr_get':
      return getKptr(machine, args, name);
    case 'bpf_kfunc_call_test_mem_len_pass1':
      readMemory(machine, first, Number(BigInt.asIntN(32, numberOf(args, 1))), name);
      return undefined;
    case 'bpf_kfunc_call_test_pass_ctx':
      if (pointerOf(args, 0, name).thing !== machine.context) unsound(`${name}() is not given the context`);
      return undefined;
    default: {
      const size = MEMORY[name];
      if (size === undefined) throw new RangeError(`kfunc ${name}`);
      readMemory(machine, first, size, name);
      return undefined;
    }
  }
}

function getKptr(machine: Machine, args: Arguments, name: string): Value {
  const { thing, offset } = pointerOf(args, 0, name);
  numberOf(args, 1);
  numberOf(args, 2);
  const slot = thing.slots.get(offset);
  if (slot?.referenced !== true || slot.struct !== 'prog_test_ref_kfunc') {
    unsound(`${name}() is given byte ${String(offset)} of ${thing.kind} ${thing.name}`);
  }
  const kept = thing.pointers.get(offset);
  if (kept === undefined) return 0n;
  kept.thing.references += 1;
  return hold(machine, kept.thing);
}

/** A helper, but for those that call back or do not return. @returns R0 @throws Unsound */
export function callHelper(machine: Machine, id: number, args: Arguments): Value | undefined {
  if (machine.lock !== undefined && id !== HELPER.unlock) unsound(`helper ${String(id)} is called under a spin lock`);
  disturb(machine);
  switch (id) {
    case HELPER.ktime:
    case HELPER.random:
      return id === HELPER.random ? BigInt.asUintN(32, machine.random.word()) : machine.random.word();
    case HELPER.pullData:
      numberOf(args, 1);
      return pullData(machine);
    case HELPER.skLookupTcp:
      readMemory(machine, args[1], Number(numberOf(args, 2)), 'bpf_sk_lookup_tcp');
      return acquire(machine, 'socket', 'bpf_sock');
    case HELPER.skRelease:
      release(machine, args, ['bpf_sock'], 'bpf_sk_release');
      return 0n;
    case HELPER.lock:
    case HELPER.unlock:
      return useLock(machine, pointerOf(args, 0, 'a spin lock'), id === HELPER.lock);
    case HELPER.ringbufReserve:
      return reserve(machine, Number(numberOf(args, 1)));
    case HELPER.ringbufSubmit:
    case HELPER.ringbufDiscard:
      release(machine, args, ['a record'], 'a ring buffer');
      return undefined;
    case HELPER.ringbufOutput:
      readMemory(machine, args[1], Number(numberOf(args, 2)), 'bpf_ringbuf_output');
      return 0n;
    default:
      return callMapHelper(machine, id, args);
  }
}

/** What points to the packet is of no use any more. */
function pullData(machine: Machine): bigint {
  machine.packet.isFreed = true;
  machine.packet = newThing(machine, 'packet', 'the packet', machine.random.below(100));
  return machine.random.below(2) === 0 ? 0n : BigInt.asUintN(64, -12n);
}

function useLock(machine: Machine, { thing, offset }: Pointer, takes: boolean): undefined {
  if (thing.kind !== 'value' || offset !== 0) unsound(`a spin lock at byte ${String(offset)} of ${thing.kind}`);
  if (takes && machine.lock !== undefined) unsound('a spin lock is taken twice');
  if (!takes && machine.lock !== thing) unsound('a spin lock is released that is not held');
  machine.lock = takes ? thing : undefined;
  return undefined;
}

function reserve(machine: Machine, size: number): Value {
  if (machine.random.below(3) === 0) return 0n;
  const record: Thing = newThing(machine, 'record', 'a record', size);
  return pointerTo(hold(machine, record).thing);
}

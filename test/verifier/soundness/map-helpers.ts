import { numberOf, type Arguments } from './call-kernel.ts';
import { giveUp, hold, type LiveMap, type Machine } from './machine.ts';
import { readMemory, releaseSlots } from './memory.ts';
import { isPointer, pointerTo, type Pointer, type Thing, type Value } from './things.ts';
import { unsound } from './unsound.ts';

const HELPER = { lookup: 1, update: 2, delete: 3, kptrXchg: 194 } as const;

/** Helpers for maps and kptrs. @returns R0 @throws Unsound */
export function callMapHelper(machine: Machine, id: number, args: Arguments): Value | undefined {
  switch (id) {
    case HELPER.lookup:
      return lookUp(machine, args);
    case HELPER.update:
      return update(machine, args);
    case HELPER.delete:
      return remove(machine, args);
    case HELPER.kptrXchg:
      return exchange(machine, args);
    default:
      throw new RangeError(`helper ${String(id)}`);
  }
}

/** The map that a pointer stands for. @throws Unsound */
export function mapOf(machine: Machine, value: Value | undefined): LiveMap {
  const map = machine.maps.find(({ thing }) => value !== undefined && isPointer(value) && value.thing === thing);
  return map ?? unsound('what is given for a map is none');
}

function keyOf(machine: Machine, map: LiveMap, args: Arguments): number {
  const { thing, offset } = readMemory(machine, args[1], map.keySize, 'a key');
  let key = 0;
  for (let at = map.keySize - 1; at >= 0; at--) key = key * 256 + (thing.bytes[offset + at] ?? 0);
  return key;
}

/** Of an array what is there; of a hash table what happens to be. */
function find(machine: Machine, map: LiveMap, args: Arguments): Thing | undefined {
  const key = keyOf(machine, map, args);
  if (map.type === 'array') return map.values[key];
  return map.values[machine.random.below(map.values.length + 1)];
}

function lookUp(machine: Machine, args: Arguments): Value {
  const found = find(machine, mapOf(machine, args[0]), args);
  return found === undefined ? 0n : pointerTo(found);
}

function update(machine: Machine, args: Arguments): Value {
  const map = mapOf(machine, args[0]);
  const found = find(machine, map, args);
  const { thing, offset } = readMemory(machine, args[2], map.valueSize, 'a value');
  numberOf(args, 3);
  if (found === undefined) return BigInt.asUintN(64, -7n);
  const copy = thing.bytes.slice(offset, offset + map.valueSize);
  releaseSlots(found);
  found.bytes.set(copy);
  return 0n;
}

function remove(machine: Machine, args: Arguments): Value {
  const map = mapOf(machine, args[0]);
  const found = find(machine, map, args);
  if (map.type === 'array' || found === undefined) return BigInt.asUintN(64, -22n);
  releaseSlots(found);
  return 0n;
}

/** bpf_kptr_xchg(): what is given goes to the map, and what was there to the program. */
function exchange(machine: Machine, [place, given]: Arguments): Value {
  if (place === undefined || given === undefined) unsound('bpf_kptr_xchg() of what was never written');
  if (!isPointer(place)) unsound('bpf_kptr_xchg() on a number');
  const { thing, offset } = place;
  const slot = thing.slots.get(offset);
  if (thing.kind !== 'value' || slot?.referenced !== true) {
    unsound(`bpf_kptr_xchg() on byte ${String(offset)} of ${thing.kind} ${thing.name}`);
  }
  const old = thing.pointers.get(offset);
  thing.pointers.delete(offset);
  if (isPointer(given)) put(machine, thing, offset, slot.struct, given);
  else if (given !== 0n) unsound(`bpf_kptr_xchg() is given the number ${String(given)}`);
  return old === undefined ? 0n : hold(machine, old.thing);
}

function put(machine: Machine, value: Thing, offset: number, struct: string, given: Pointer): void {
  if (given.thing.name !== struct) unsound(`${given.thing.name} goes to a kptr of ${struct}`);
  value.pointers.set(offset, pointerTo(giveUp(machine, given, 'bpf_kptr_xchg()')));
}

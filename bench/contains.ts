import { loadProfiles } from '../generator/declarations/load.ts';
import { btfOf, createKernelState } from '../src/tables/kernel-state.ts';
import type { BtfObject, KernelState } from '../src/tables/kernel-state.ts';
import { kfuncSetContains, resolveSlot, slotContains } from '../src/tables/lookup.ts';
import { moduleComing } from '../src/tables/module-lifetime.ts';
import { registerBtfKfuncIdSet } from '../src/tables/register-kfuncs.ts';
import type { Row } from './row.ts';

const IDS = 300;
const LIMIT = 3;
const ROUNDS = 41;
const LOOKUPS = 120_000;

/** The public lookup by names on a table of 300 ids, against a bare binary search in a typed array. */
function contains(): Row {
  const { state, btf, ids, wanted } = setUp();
  const name = `kfuncSetContains, ${IDS} ids : bare binary search`;
  const ratio = compare(
    wanted,
    (id) => kfuncSetContains(state, btf, 'xdp', 'check', id),
    (id) => bareContains(ids, id),
  );
  return { name, value: ratio, unit: '×', limit: LIMIT };
}

/** The same with a slot that was resolved before. */
function containsInSlot(): Row {
  const { state, btf, ids, wanted } = setUp();
  const slot = resolveSlot(state, 'xdp');
  const name = `slotContains, ${IDS} ids : bare binary search`;
  const ratio = compare(
    wanted,
    (id) => slotContains(slot, btf, id),
    (id) => bareContains(ids, id),
  );
  return { name, value: ratio, unit: '×', limit: LIMIT };
}

/** Lookups, beside what the kernel's own would be in JavaScript. */
export function lookups(): readonly Row[] {
  return [contains(), containsInSlot()];
}

function setUp(): { state: KernelState; btf: BtfObject; ids: Int32Array; wanted: Int32Array } {
  const profile = loadProfiles().kernels.find(
    ({ layout, registration }) => layout === 'id_set8' && registration.module_sets === 'assigned',
  );
  if (profile === undefined) throw new Error('no kernel takes the sets of a module without a limit');
  // A module, since vmlinux may have no more than 256 kfuncs in a hook.
  const state = createKernelState(profile);
  moduleComing(state, 'acme');
  const ids = Int32Array.from({ length: IDS }, (_, position) => 90_000 + 3 * position);
  registerBtfKfuncIdSet(state, 'xdp', { layout: 'id_set8', owner: 'acme', ids, flags: new Uint32Array(IDS) });
  const btf = btfOf(state, 'acme');
  if (btf === undefined) throw new RangeError('acme has no BTF');
  return { state, btf, ids, wanted: anyIds() };
}

/** Ids of which a third is in the table. In no order at all: the processor would learn any. */
function anyIds(): Int32Array {
  let seed = 1;
  return Int32Array.from({ length: LOOKUPS }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return 90_000 + Math.floor((seed / 2 ** 32) * 3 * IDS);
  });
}

function bareContains(ids: Int32Array, id: number): boolean {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ids[middle] as number;
    if (found === id) return true;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** Median of the ratios of neighbouring rounds, so that what slows the machine down for a while slows down both. */
function compare(wanted: Int32Array, one: (id: number) => boolean, other: (id: number) => boolean): number {
  const expected = count(wanted, other).found;
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = count(wanted, one);
    const second = count(wanted, other);
    if (first.found !== expected) throw new Error(`found ${first.found} ids where ${expected} are`);
    ratios.push(first.milliseconds / second.milliseconds);
  }
  return ratios.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
}

function count(wanted: Int32Array, lookup: (id: number) => boolean): { found: number; milliseconds: number } {
  const start = performance.now();
  let found = 0;
  for (const id of wanted) if (lookup(id)) found++;
  return { found, milliseconds: performance.now() - start };
}

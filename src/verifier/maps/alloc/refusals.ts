import type { MapSpec } from '../../../program/program.ts';
import { accessFlagsExclude } from '../../rules/map/access-flags.rule.ts';
import { elementTooBig } from '../../rules/map/too-big.rule.ts';
import { flagsNotTaken } from '../../rules/map/flags.rule.ts';
import { tooManyEntries } from '../../rules/map/too-many-entries.rule.ts';
import { wrongKeySize } from '../../rules/map/key-size.rule.ts';
import { wrongMaxEntries } from '../../rules/map/max-entries.rule.ts';
import { wrongValueSize } from '../../rules/map/value-size.rule.ts';
import { flagNames, isProgramAccessOk } from '../map-flags.ts';
import { refuse, type MapRefusal } from '../refusal.ts';

/** @param flags those that are not taken */
export function refuseFlags({ name, type }: MapSpec, flags: number): MapRefusal {
  return refuse(flagsNotTaken, { map: name, type, flags: flagNames(flags) });
}

/** Refuses flags that a type does not take, and those that would keep programs from reading and writing. */
export function checkFlags(spec: MapSpec, taken: number): MapRefusal | undefined {
  const others = spec.flags & ~taken;
  return others === 0 ? checkProgramAccess(spec) : refuseFlags(spec, others);
}

function checkProgramAccess({ name, flags }: MapSpec): MapRefusal | undefined {
  if (isProgramAccessOk(flags)) return undefined;
  return refuse(accessFlagsExclude, { map: name, first: 'BPF_F_RDONLY_PROG', second: 'BPF_F_WRONLY_PROG' });
}

/** @param expected what the type takes, in words */
export function refuseKeySize({ name, type, keySize }: MapSpec, expected: string): MapRefusal {
  return refuse(wrongKeySize, { map: name, type, size: keySize, expected });
}

/** @param expected what the type takes, in words */
export function refuseValueSize({ name, type, valueSize }: MapSpec, expected: string): MapRefusal {
  return refuse(wrongValueSize, { map: name, type, size: valueSize, expected });
}

/** @param expected what the type takes, in words */
export function refuseMaxEntries({ name, type, maxEntries }: MapSpec, expected: string): MapRefusal {
  return refuse(wrongMaxEntries, { map: name, type, entries: maxEntries, expected });
}

export function refuseTooBig({ name }: MapSpec, size: number, limit: number): MapRefusal {
  return refuse(elementTooBig, { map: name, size, limit });
}

export function refuseTooMany({ name, maxEntries }: MapSpec, limit: number): MapRefusal {
  return refuse(tooManyEntries, { map: name, entries: maxEntries, limit });
}

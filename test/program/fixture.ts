import { readFileSync } from 'node:fs';

/** BPF objects of clang; fixtures/build.sh makes them. */
export const OBJECTS = ['link', 'core', 'externs', 'struct-ops'] as const;
export type ObjectName = (typeof OBJECTS)[number] | 'gcc';

/** The bytes of one. */
export function objectFixture(name: ObjectName): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`./fixtures/${name}.o`, import.meta.url)));
}

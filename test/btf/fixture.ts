import { readFileSync } from 'node:fs';

/** The bytes of a file in `fixtures/`. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));
}

/** A BPF object of clang in both byte orders; their source is `program.c`. */
export const PROGRAMS = ['program.o', 'program-be.o'] as const;

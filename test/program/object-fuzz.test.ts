import { describe, expect, it } from 'vitest';
import type { Btf } from '../../src/btf/btf.ts';
import { isBtfError } from '../../src/btf/btf-error.ts';
import { openBtfFile } from '../../src/btf/open-btf-file.ts';
import { isElfError } from '../../src/elf/elf-error.ts';
import { disassemble } from '../../src/program/text/disassemble.ts';
import { namesOfProgram } from '../../src/program/text/instruction-names.ts';
import { loadPrograms } from '../../src/program/object/load-programs.ts';
import { isObjectError } from '../../src/program/object/object-error.ts';
import { openObject } from '../../src/program/object/open-object.ts';
import { mutate, randomFrom } from '../btf/mutate.ts';
import { objectFixture, OBJECTS } from './fixture.ts';

/** Inputs for each file; a longer run takes the number from the environment. */
const RUNS = Number(process.env['KFUNCS_FUZZ_RUNS'] ?? 1500);
/** What is given to a loader for one of our own objects takes some milliseconds. */
const SLOWEST_MS = 3000;

const CONFIG = new Map([
  ['CONFIG_BPF_SYSCALL', 'y'],
  ['CONFIG_NF_CONNTRACK', 'm'],
  ['CONFIG_TEXT_CHAR', 'y'],
  ['CONFIG_HZ', '250'],
  ['CONFIG_DEFAULT_HOSTNAME', '"host"'],
  ['CONFIG_NEGATIVE', '-1'],
]);

/** Loads an object for a kernel whose BTF is that of the object as it was. @returns how far that came */
function load(bytes: Uint8Array, vmlinux: Btf): 'loaded' | 'refused' {
  try {
    const options = { kernelBtf: { vmlinux, modules: new Map() }, kernelVersion: 'v6.1', config: CONFIG };
    for (const program of loadPrograms(openObject(bytes), options)) disassemble(program.code, namesOfProgram(program));
    return 'loaded';
  } catch (error) {
    if (isBtfError(error) || isElfError(error) || isObjectError(error)) return 'refused';
    throw error;
  }
}

describe('objects that came to harm', () => {
  it.each(OBJECTS)('%s loads as it is', (name) => {
    const bytes = objectFixture(name);
    expect(load(bytes, openBtfFile(bytes))).toBe('loaded');
  });

  it.each(OBJECTS)(
    '%s: changes anywhere are refused with an error of ours, or do no harm',
    (name) => {
      const random = randomFrom(0x0b7ec7);
      const original = objectFixture(name);
      const vmlinux = openBtfFile(objectFixture(name));
      const counts = { loaded: 0, refused: 0 };
      for (let run = 0; run < RUNS; run++) {
        const bytes = mutate(original, random);
        const before = process.cpuUsage();
        counts[load(bytes, vmlinux)]++;
        // Not the time on the clock, which others on the machine have a part in.
        expect(process.cpuUsage(before).user / 1000).toBeLessThan(SLOWEST_MS);
      }
      expect(counts.loaded).toBeGreaterThan(0);
      expect(counts.refused).toBeGreaterThan(0);
    },
    60_000 + 20 * RUNS,
  );
});

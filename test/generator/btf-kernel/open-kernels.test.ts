import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernels } from '../../../generator/btf-kernel/open-kernels.ts';
import { InputError } from '../../../generator/declarations/input-error.ts';
import { findIdByName } from '../../../src/btf/find.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { writeBtf } from '../../../src/btf/write-btf.ts';
import { writeElf } from '../../../src/elf/write-elf.ts';
import { writtenBtf } from '../btf-rules/written-btf.ts';

let folder = '';
const path = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kfuncs-btf-'));
  const first = writtenBtf(['struct acme', 'int acme_read(struct acme *a)']);
  const second = writtenBtf(['struct other', 'struct acme', 'int acme_write(struct acme *a)']);
  writeFileSync(path('first'), first);
  writeFileSync(path('second'), second);
  writeFileSync(path('nf-acme'), writtenBtf(['int one(struct acme *a)'], { base: openBtf(first) }));
  writeFileSync(path('other.btf'), writtenBtf(['int two(struct acme *a)'], { base: openBtf(second) }));
  writeFileSync(path('text'), 'no BTF at all, but long enough to be looked at as one\n');
  writeFileSync(path('cut'), first.subarray(0, 40));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('files of several kernels', () => {
  it('make a kernel of each vmlinux, with the modules named behind it', async () => {
    const kernels = await openKernels([path('first'), path('nf-acme'), path('second'), path('other.btf')]);
    expect(kernels.map(({ path: name, modules }) => [name, ...modules.keys()])).toEqual([
      [path('first'), 'nf_acme'],
      [path('second'), 'other'],
    ]);
    const module = kernels[1]?.modules.get('other');
    expect(module && findIdByName(module, 'two', 'func')).toBe(module && module.typeCount - 1);
  });

  it('give a module that is named first to the first vmlinux', async () => {
    const [kernel] = await openKernels([path('nf-acme'), path('first')]);
    expect(kernel?.modules.get('nf_acme')?.base).toBe(kernel?.vmlinux);
  });
});

describe('a module with a base of its own', () => {
  const reduced = writeBtf([{ kind: 'int', name: 'int', size: 4, bits: 32, bitOffset: 0, encoding: 'signed' }]);
  const write = (name: string, base: Uint8Array): void => {
    const own = writtenBtf(['int three(int a)'], { base: openBtf(base) });
    writeFileSync(
      path(name),
      writeElf({
        bits: 64,
        littleEndian: true,
        type: 1,
        machine: 62,
        sections: [
          { name: '.BTF', data: own },
          { name: '.BTF.base', data: base },
        ],
      }),
    );
  };

  it('is brought onto the BTF of its vmlinux', async () => {
    write('own.ko', reduced);
    const [kernel] = await openKernels([path('first'), path('own.ko')]);
    const module = kernel?.modules.get('own');
    expect(module?.base).toBe(kernel?.vmlinux);
    expect(module && findIdByName(module, 'three', 'func')).toBe(module && module.typeCount - 1);
  });

  it('does not fit another kernel', async () => {
    write('other.ko', writeBtf([{ kind: 'float', name: 'int', size: 4 }]));
    await expect(openKernels([path('first'), path('other.ko')])).rejects.toThrow(/other\.ko: BTF: .* own base/);
  });
});

describe('files that can not be used', () => {
  it.each([
    [['nf-acme'], 'it is the BTF of a module, which needs that of its vmlinux beside it'],
    [['missing'], 'there is no such file or folder'],
    [['text'], 'kernel image: '],
    [['cut'], 'BTF: '],
  ])('%j', async (names, reason) => {
    const opening = openKernels(names.map(path));
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(`cannot read ${path(names[0] ?? '')}: ${reason}`);
  });
});

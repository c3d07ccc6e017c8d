import { describe, expect, it } from 'vitest';
import { printKsymHeader } from '../../../generator/ksym-header/ksym-header.ts';
import { findIdByName } from '../../../src/btf/find.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { writeBtf } from '../../../src/btf/write-btf.ts';

/** `struct acme { struct other *next; int id; }`, `struct other { … }` and functions on them. */
const btf = openBtf(
  writeBtf([
    { kind: 'int', name: 'int', size: 4, bits: 32, bitOffset: 0, encoding: 'signed' },
    { kind: 'struct', name: 'other', size: 4, members: [{ name: 'x', type: 1, bitOffset: 0, bitSize: undefined }] },
    { kind: 'ptr', type: 2 },
    {
      kind: 'struct',
      name: 'acme',
      size: 16,
      members: [
        { name: 'next', type: 3, bitOffset: 0, bitSize: undefined },
        { name: 'id', type: 1, bitOffset: 64, bitSize: undefined },
      ],
    },
    { kind: 'ptr', type: 4 },
    { kind: 'func_proto', returns: 5, parameters: [{ name: 'id', type: 1 }], isVariadic: false },
    { kind: 'func', name: 'acme_get', type: 6, linkage: 'static' },
    { kind: 'func_proto', returns: 0, parameters: [{ name: 'a', type: 5 }], isVariadic: false },
    { kind: 'func', name: 'acme_put', type: 8, linkage: 'static' },
    { kind: 'func_proto', returns: 1, parameters: [], isVariadic: false },
    { kind: 'func', name: 'acme_count', type: 10, linkage: 'static' },
  ]),
);

function header(...names: readonly string[]): string {
  const ids = names.map((name) => findIdByName(btf, name, 'func') ?? 0);
  return printKsymHeader(btf, ids, 'from a test');
}

describe('a header of kfuncs', () => {
  it('defines what they point to, and declares what is behind that', () => {
    expect(header('acme_get', 'acme_put')).toBe(`/* from a test */
#ifndef KFUNCS_ACME_GET_H
#define KFUNCS_ACME_GET_H

#ifndef __ksym
#define __ksym __attribute__((section(".ksyms")))
#endif

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct other;

struct acme {
	struct other *next;
	int id;
};

#pragma clang attribute pop

extern struct acme *acme_get(int id) __ksym;
extern void acme_put(struct acme *a) __ksym;

#endif /* KFUNCS_ACME_GET_H */
`);
  });

  it('has no attribute where there is nothing to give it to', () => {
    expect(header('acme_count')).not.toContain('#pragma');
    expect(header('acme_count')).toContain('extern int acme_count(void) __ksym;\n');
  });
});

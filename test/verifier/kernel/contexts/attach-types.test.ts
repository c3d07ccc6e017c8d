import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attachTypeName, attachTypeNumber } from '../../../../src/verifier/kernel/contexts/attach-types.ts';

interface Schema {
  readonly $defs: { readonly attachType: { readonly enum: readonly string[] } };
}

const path = join(import.meta.dirname, '../../../../schemas/prog-type.schema.json');
const names = (JSON.parse(readFileSync(path, 'utf8')) as Schema).$defs.attachType.enum;

describe('attach types', () => {
  it('have the numbers that their places in the schema say', () => {
    expect(names.map((_, number) => attachTypeName(number))).toEqual(names);
    expect(attachTypeName(names.length)).toBeUndefined();
  });

  it.each([
    ['trace_fentry', 24],
    ['sk_lookup', 36],
    ['lsm_cgroup', 43],
  ] as const)('%s is %d', (name, number) => {
    expect(attachTypeNumber(name)).toBe(number);
  });
});

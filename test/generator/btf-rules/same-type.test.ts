import { describe, expect, it } from 'vitest';
import { sameType } from '../../../generator/btf-rules/same-type.ts';

describe('the same type', () => {
  it.each([
    ['unsigned long', 'long unsigned int'],
    ['unsigned', 'unsigned int'],
    ['long long', 'long long int'],
    ['signed long', 'long int'],
    ['short', 'short int'],
    ['_Bool', 'bool'],
    ['const char *', 'char const *'],
    ['const void __user *', 'const void *'],
    ['struct acme *', 'struct acme __attribute__((btf_type_tag("rcu"))) *'],
    ['u32[4]', 'u32 *'],
    ['const u32', 'u32'],
    ['struct acme *const', 'struct acme *'],
    ['int (*)(void *, int *)', 'int (*)(void *map, int *key)'],
  ])('%s and %s', (a, b) => {
    expect(sameType(a, b)).toBe(true);
  });
});

describe('other types', () => {
  it.each([
    ['unsigned long', 'long'],
    ['unsigned long', 'unsigned long long'],
    ['u32', 'unsigned int'],
    ['u32', '__u32'],
    ['char', 'signed char'],
    ['const char *', 'char *'],
    ['char *const *', 'char **'],
    ['struct acme *', 'union acme *'],
    ['struct acme *', 'struct acme **'],
    ['void *', 'int (*)(void)'],
  ])('%s and %s', (a, b) => {
    expect(sameType(a, b)).toBe(false);
  });
});

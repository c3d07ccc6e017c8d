import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrototype } from '../../../generator/c/prototype.ts';
import { CSyntaxError } from '../../../generator/c/syntax-error.ts';

describe('parsePrototype', () => {
  it.each([
    ['void f(void)', 'void f(void)', []],
    ['void f()', 'void f(void)', []],
    ['int  f( int a,int b ) ;', 'int f(int a, int b)', ['int', 'int']],
    [
      'struct nf_conn * f(struct xdp_md*xdp_ctx, u32 tuple__sz)',
      'struct nf_conn *f(struct xdp_md *xdp_ctx, u32 tuple__sz)',
      ['struct xdp_md *', 'u32'],
    ],
    [
      'static noinline unsigned long f(const char __user *const buf)',
      'unsigned long f(const char __user *const buf)',
      ['const char __user *const'],
    ],
    ['void f(struct acme **slot, u8 mac[6])', 'void f(struct acme **slot, u8 mac[6])', ['struct acme **', 'u8[6]']],
    [
      'int f(int (*cb)(void *map, int *key))',
      'int f(int (*cb)(void *map, int *key))',
      ['int (*)(void *map, int *key)'],
    ],
    ['int f(int (cb)(void *map))', 'int f(int (*cb)(void *map))', ['int (*)(void *map)']],
    ['__bpf_kfunc void f(enum tcp_ca_event ev)', 'void f(enum tcp_ca_event ev)', ['enum tcp_ca_event']],
    ['int f(char *fmt, ...)', 'int f(char *fmt, ...)', ['char *']],
  ])('reads %s', (text, spelled, types) => {
    const prototype = parsePrototype(text);
    expect(prototype.text).toBe(spelled);
    expect(prototype.params.map(({ type }) => type.text)).toEqual(types);
  });

  it.each([
    ['struct acme *slot', 1, 'struct acme'],
    ['struct acme **slot', 2, 'struct acme'],
    ['const struct acme *slot', 1, 'struct acme'],
    ['u32 slot', 0, 'u32'],
    ['u8 slot[4]', 1, 'u8'],
    ['unsigned long *slot', 1, 'unsigned long'],
  ])('counts the pointers of %s', (param, pointers, base) => {
    expect(parsePrototype(`void f(${param})`).params[0]?.type).toMatchObject({ pointers, base });
  });

  it.each([
    ['', 0],
    ['f', 0],
    ['int f', 5],
    ['int f(int)', 6],
    ['int f(struct acme *)', 19],
    ['int f(struct acme)', 13],
    ['int f(int a', 11],
    ['int f(int a,)', 12],
    ['int f(int a) {', 13],
    ['int f(int a); int g(int b)', 14],
    ['int (*f(void))(int a)', 7],
    ['int f(int "a")', 10],
  ])('refuses %j at character %i', (text, offset) => {
    expect(() => parsePrototype(text)).toThrow(CSyntaxError);
    try {
      parsePrototype(text);
    } catch (error) {
      expect((error as CSyntaxError).offset).toBe(offset);
    }
  });

  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}_x$/);
  const type = fc.tuple(
    fc.constantFrom('u32', 'unsigned long', 'struct acme', 'const struct acme', 'enum e'),
    fc.constantFrom('', '*', '**'),
  );

  it('spells what it read so that it reads the same again', () => {
    fc.assert(
      fc.property(
        name,
        type,
        fc.uniqueArray(fc.tuple(type, name), { maxLength: 6, selector: ([, param]) => param }),
        (fn, [base, stars], params) => {
          const list = params.map(([[each, pointers], param]) => `${each} ${pointers}${param}`).join(', ');
          const text = `${base} ${stars}${fn}(${list === '' ? 'void' : list})`;
          const prototype = parsePrototype(text);
          expect(prototype.text).toBe(text);
          expect(prototype.params.map((param) => param.name)).toEqual(params.map(([, param]) => param));
        },
      ),
    );
  });

  it('reads any text, or refuses it as C', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: fc.constantFrom(...'(*),[]; abf.'.split('')) }), (any, likely) => {
        for (const text of [any, likely, `int f(${likely})`]) {
          try {
            parsePrototype(text);
          } catch (error) {
            expect(error).toBeInstanceOf(CSyntaxError);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

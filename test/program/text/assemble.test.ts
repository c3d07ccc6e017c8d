import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, decodeCode, encodeCode, slotAt, type Code, type Slot } from '../../../src/program/code.ts';
import { assemble } from '../../../src/program/text/assemble.ts';
import { isAssemblyError } from '../../../src/program/text/assembly-error.ts';
import { disassemble } from '../../../src/program/text/disassemble.ts';

/** A text, and the bytes of the instruction in hex as include/uapi/linux/bpf.h has them. */
const INSTRUCTIONS: readonly (readonly [string, string])[] = [
  ['r1 = *(u64 *)(r10 -8)', '79a1f8ff00000000'],
  ['r1 = *(u8 *)(r2 +4)', '7121040000000000'],
  ['r1 = *(s16 *)(r2 +4)', '8921040000000000'],
  ['*(u32 *)(r10 -4) = r1', '631afcff00000000'],
  ['*(u16 *)(r10 -4) = -1', '6a0afcffffffffff'],
  ['r0 = *(u16 *)skb[12]', '280000000c000000'],
  ['r0 = *(u8 *)skb[r3 +5]', '5030000005000000'],
  ['r1 += r2', '0f21000000000000'],
  ['w1 -= 7', '1401000007000000'],
  ['r1 /= 3', '3701000003000000'],
  ['r1 s/= 3', '3701010003000000'],
  ['w1 s%= w2', '9c21010000000000'],
  ['r1 <<= 32', '6701000020000000'],
  ['r1 s>>= r2', 'cf21000000000000'],
  ['r1 = -r1', '8701000000000000'],
  ['w3 = -5', 'b4030000fbffffff'],
  ['r1 = r2', 'bf21000000000000'],
  ['r1 = (s32)r2', 'bf21200000000000'],
  ['w1 = (s8)w2', 'bc21080000000000'],
  ['r1 = be16 r1', 'dc01000010000000'],
  ['r1 = le64 r1', 'd401000040000000'],
  ['r1 = bswap32 r1', 'd701000020000000'],
  ['r1 = addr_space_cast(r2, 0, 1)', 'bf21010001000000'],
  ['goto +3', '0500030000000000'],
  ['gotol -70000', '0600000090eefeff'],
  ['may_goto +2', 'e500020000000000'],
  ['if w1 != 0 goto +3', '5601030000000000'],
  ['if r1 s<= r2 goto -4', 'dd21fcff00000000'],
  ['if r1 & 8 goto +0', '4501000008000000'],
  ['call 12', '850000000c000000'],
  ['call +5', '8510000005000000'],
  ['call kfunc#1234', '85200000d2040000'],
  ['call kfunc#5@2', '8520020005000000'],
  ['callx r2', '8d02000000000000'],
  ['exit', '9500000000000000'],
  ['lock *(u64 *)(r1 +8) += r2', 'db21080000000000'],
  ['r2 = atomic_fetch_or((u64 *)(r1 +0), r2)', 'db21000041000000'],
  ['w2 = atomic_fetch_xor((u32 *)(r1 +0), w2)', 'c3210000a1000000'],
  ['r2 = xchg_64(r1 +0, r2)', 'db210000e1000000'],
  ['w0 = cmpxchg32_32(r1 -4, w0, w2)', 'c321fcfff1000000'],
  ['w2 = load_acquire((u16 *)(r1 +0))', 'cb12000000010000'],
  ['store_release((u64 *)(r1 +8), r2)', 'db21080010010000'],
  ['r1 = 0x1122334455667788 ll', '18010000887766550000000044332211'],
  ['r1 = map_fd(5) ll', '18110000050000000000000000000000'],
  ['r1 = map_value(5, 16) ll', '18210000050000000000000010000000'],
  ['r1 = btf_id(77, 0) ll', '183100004d0000000000000000000000'],
  ['r1 = func +9 ll', '18410000090000000000000000000000'],
  ['raw 8500000000000080', '8500000000000080'],
];

describe('instructions as texts', () => {
  it.each(INSTRUCTIONS)('%s', (text, hex) => {
    expect(hexOf(assemble(text).code)).toBe(hex);
    expect(disassemble(codeOfHex(hex)).map((line) => line.text)).toEqual([text]);
  });

  it.each([
    ['r1 = *(u64 *)(r10 - 0x8)', 'r1 = *(u64 *)(r10 -8)'],
    ['  if   w1!=0x10   goto  +3', 'if w1 != 16 goto +3'],
    ['r2 = atomic64_fetch_add((u64 *)(r1 +0), r2)', 'r2 = atomic_fetch_add((u64 *)(r1 +0), r2)'],
    ['r2 = atomic64_xchg((u64 *)(r1 +0), r2)', 'r2 = xchg_64(r1 +0, r2)'],
    ['r0 = atomic64_cmpxchg((u64 *)(r1 +0), r0, r2)', 'r0 = cmpxchg_64(r1 +0, r0, r2)'],
    ['w1 = *(u32 *)(r2 + 0)', 'r1 = *(u32 *)(r2 +0)'],
    ['12: exit // the end', 'exit'],
  ])('%s is the same as %s', (text, same) => {
    expect(hexOf(assemble(text).code)).toBe(hexOf(assemble(same).code));
  });
});

describe('what an assembler is told', () => {
  it('labels, for jumps, calls and addresses of functions', () => {
    const { code, labels } = assemble(`
      start: r1 = func callback ll
      if r1 == 0 goto end
      call callback; goto start
      end: exit
      callback:
      exit`);
    expect([...labels]).toEqual([
      ['start', 0],
      ['end', 5],
      ['callback', 6],
    ]);
    expect(disassemble(code).map(({ text }) => text)).toEqual([
      'r1 = func +5 ll',
      'if r1 == 0 goto +2',
      'call +2',
      'goto -5',
      'exit',
      'exit',
    ]);
  });

  it('kfuncs, helpers and maps by name', () => {
    const text =
      'r1 = map[counts] ll; r2 = map[0] + 8 ll; call bpf_map_lookup_elem; call bpf_ct_release; call kfunc bpf_loop; r3 = ksym runqueues ll';
    const helpers = new Map([
      ['bpf_map_lookup_elem', 1],
      ['bpf_loop', 181],
    ]);
    const { code, kfuncCalls, mapReferences, kernelVariables } = assemble(text, { helpers, maps: ['other', 'counts'] });
    expect([...mapReferences]).toEqual([
      [0, { map: 1, valueOffset: undefined }],
      [2, { map: 0, valueOffset: 8 }],
    ]);
    expect([...kfuncCalls]).toEqual([
      [5, { name: 'bpf_ct_release', weak: false }],
      [6, { name: 'bpf_loop', weak: false }],
    ]);
    expect([...kernelVariables]).toEqual([[7, { name: 'runqueues', weak: false }]]);
    const names = {
      helper: (number: number) => [...helpers].find(([, each]) => each === number)?.[0],
      kfunc: (slot: number) => kfuncCalls.get(slot)?.name,
      map: (slot: number) => mapReferences.get(slot),
      kernelVariable: (slot: number) => kernelVariables.get(slot)?.name,
    };
    expect(disassemble(code, names).map((line) => line.text)).toEqual([
      'r1 = map[1] ll',
      'r2 = map[0] +8 ll',
      'call bpf_map_lookup_elem',
      'call bpf_ct_release',
      'call bpf_loop',
      'r3 = ksym runqueues ll',
    ]);
  });

  it.each([
    ['r1 = r2\n\nr1 =', 3],
    ['goto nowhere', 1],
    ['a: exit\na: exit', 2],
    ['r16 = 1', 1],
    ['r1 = *(u64 *)(r2 +40000)', 1],
    ['r1 += 0x100000000', 1],
    ['r1 = map[gone] ll', 1],
    ['w1 = r2', 1],
    ['r1 = bswap16 r2', 1],
  ])('%j is refused with its line', (text, line) => {
    try {
      assemble(text);
    } catch (error) {
      expect(isAssemblyError(error) && error.line).toBe(line);
      return;
    }
    throw new Error('nothing was thrown');
  });
});

const slots: fc.Arbitrary<Slot> = fc.record({
  opcode: fc.integer({ min: 0, max: 255 }),
  dst: fc.integer({ min: 0, max: 15 }),
  src: fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: 0, max: 15 })),
  off: fc.oneof(fc.constantFrom(0, 1, 8, 16, 32), fc.integer({ min: -0x8000, max: 0x7fff })),
  imm: fc.oneof(
    fc.constantFrom(0, 16, 32, 64, 1, 0x41, 0xe1, 0xf1, 0x100, 0x110),
    fc.integer({ min: -0x80000000, max: 0x7fffffff }),
  ),
});

describe('whatever bytes', () => {
  it('become text that becomes the same bytes', () => {
    fc.assert(
      fc.property(fc.array(slots, { maxLength: 20 }), (list) => {
        const code = codeOf(list);
        const text = disassemble(code).map((line) => line.text);
        expect(hexOf(assemble(text.join('\n')).code)).toBe(hexOf(code));
      }),
      { numRuns: 3000 },
    );
  });

  it('are taken apart and put together in both byte orders', () => {
    fc.assert(
      fc.property(fc.array(slots, { maxLength: 20 }), fc.boolean(), (list, littleEndian) => {
        const decoded = decodeCode(encodeCode(codeOf(list), littleEndian), littleEndian);
        expect(Array.from({ length: decoded.length }, (_, slot) => slotAt(decoded, slot))).toEqual(list);
      }),
    );
  });

  it('that are no text of an instruction are refused, and nothing else happens', () => {
    const words = fc.constantFrom(
      'r1',
      'w2',
      '=',
      '+=',
      'if',
      'goto',
      'call',
      '(',
      '*(u64 *)',
      'll',
      '+3',
      '-',
      'map[',
      '0x',
      ':',
      'a',
      ';',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), fc.constantFrom('', ' '), (parts, blank) => {
        try {
          assemble(parts.join(blank));
        } catch (error) {
          expect(isAssemblyError(error)).toBe(true);
        }
      }),
    );
  });
});

function hexOf(code: Code): string {
  return Buffer.from(encodeCode(code)).toString('hex');
}

function codeOfHex(hex: string): Code {
  return decodeCode(Uint8Array.from(Buffer.from(hex, 'hex')));
}

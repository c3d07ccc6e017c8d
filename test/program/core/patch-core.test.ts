import { describe, expect, it } from 'vitest';
import { patchCore } from '../../../src/program/core/patch-core.ts';
import type { CoreResult } from '../../../src/program/core/resolve-core.ts';
import { isObjectError } from '../../../src/program/object/object-error.ts';
import { assemble } from '../../../src/program/text/assemble.ts';
import { disassemble } from '../../../src/program/text/disassemble.ts';

function result(more: Partial<CoreResult>): CoreResult {
  return { expected: undefined, value: 0n, size: undefined, isUnsafe: false, text: 'task.pid', ...more };
}

function patched(text: string, more: Partial<CoreResult>): readonly string[] {
  const { code } = assemble(text);
  patchCore(code, 0, result(more), 'xdp');
  return disassemble(code).map((line) => line.text);
}

const POISONED = 'call 195896080';

describe('an instruction', () => {
  it.each([
    ['r1 = 4', { expected: 4n, value: 16n }, ['r1 = 16']],
    ['r1 += 4', { expected: 4n, value: 16n }, ['r1 += 16']],
    ['w1 = 4', { value: 0xffffffffn }, ['w1 = -1']],
    ['r1 = *(u32 *)(r2 +4)', { expected: 4n, value: 16n }, ['r1 = *(u32 *)(r2 +16)']],
    ['r1 = *(u32 *)(r2 +4)', { value: 16n, size: { before: 4, after: 8 } }, ['r1 = *(u64 *)(r2 +16)']],
    ['*(u64 *)(r2 +4) = r1', { value: 0n, size: { before: 8, after: 2 } }, ['*(u16 *)(r2 +0) = r1']],
    ['r1 = 0x4 ll', { expected: 4n, value: 0x1_0000_0001n }, ['r1 = 0x100000001 ll']],
    ['r1 = *(u32 *)(r2 +4)', { value: undefined }, [POISONED]],
    ['r1 = 0x4 ll', { value: undefined }, [POISONED, POISONED]],
    ['r1 = *(u32 *)(r2 +4)', { value: 8n, size: { before: 4, after: 8 }, isUnsafe: true }, [POISONED]],
    // Where the size does not matter an unsafe change of it does not, either.
    ['r1 = 4', { value: 8n, size: { before: 4, after: 8 }, isUnsafe: true }, ['r1 = 8']],
  ] as const)('%s with %o', (text, more, expected) => {
    expect(patched(text, more)).toEqual(expected);
  });

  it.each([
    ['r1 = 5', { expected: 4n, value: 16n }, 'core-mismatch'],
    ['r1 = r2', { value: 16n }, 'core-mismatch'],
    ['r1 = *(u32 *)(r2 +5)', { expected: 4n, value: 16n }, 'core-mismatch'],
    ['r1 = *(u32 *)(r2 +4)', { value: 40000n }, 'core-range'],
    ['r1 = *(u32 *)(r2 +4)', { value: 4n, size: { before: 8, after: 4 } }, 'core-mismatch'],
    ['r1 = *(u32 *)(r2 +4)', { value: 4n, size: { before: 4, after: 16 } }, 'core-mismatch'],
    ['r1 = map_fd(4) ll', { value: 4n }, 'core-mismatch'],
    ['r1 = 0x5 ll', { expected: 4n, value: 4n }, 'core-mismatch'],
    ['goto +4', { value: 4n }, 'core-mismatch'],
  ] as const)('%s with %o is refused', (text, more, code) => {
    try {
      patched(text, more);
    } catch (error) {
      expect(isObjectError(error) && error.code).toBe(code);
      return;
    }
    throw new Error('nothing was thrown');
  });
});

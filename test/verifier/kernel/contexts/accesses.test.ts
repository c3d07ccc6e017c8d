import { describe, expect, it } from 'vitest';
import { contextLayouts } from '../../../../generated/contexts/contexts.ts';
import type { ContextLoad } from '../../../../src/verifier/kernel/contexts.ts';
import { openContext } from '../../../../src/verifier/kernel/contexts.ts';
import { answers, ASKED, askedKernel } from './kernels.ts';

/** How the fixtures write what a load gives. */
const LETTERS: Readonly<Record<string, string>> = {
  scalar: 's',
  packet: 'p',
  packet_meta: 'p',
  packet_end: 'e',
  socket: 'S',
  socket_or_null: 'N',
  sock_common_or_null: 'M',
  flow_keys: 'o',
  tp_buffer: 'o',
  btf: 'o',
};

function letter(load: ContextLoad | 'invalid', isWrite: boolean): string {
  if (load === 'invalid') return '-';
  if (!load.isConvertible) return 'L';
  return isWrite ? 'w' : (LETTERS[load.kind + (load.maybeNull ? '_or_null' : '')] ?? '?');
}

/** `3- s` for `---s`. */
function runs(letters: readonly string[]): string {
  const text: string[] = [];
  for (let at = 0; at < letters.length;) {
    const start = at;
    while (at < letters.length && letters[at] === letters[start]) at++;
    text.push((at - start > 1 ? String(at - start) : '') + (letters[start] ?? ''));
  }
  return text.join(' ');
}

const countOf = (text: readonly string[]): number =>
  text.map((run) => Number(run.slice(0, -1) === '' ? 1 : run.slice(0, -1))).reduce((sum, count) => sum + count, 0);

describe.each(ASKED)('accesses to contexts on %s', (version) => {
  const kernel = askedKernel(version);
  const lines = answers(`accesses-${version}.txt`);
  const cases = lines.map(([progType = '', attach, access = '', first, step, ...expected]) => ({
    progType,
    attach: Number(attach),
    access,
    first: Number(first),
    step: Number(step),
    expected,
  }));

  const answer = (
    { progType, attach }: (typeof cases)[number],
    access: string,
    offsets: readonly number[],
  ): readonly string[] => {
    const program = {
      progType,
      expectedAttachType: attach,
      attach: undefined,
      sleepable: progType === 'syscall',
    };
    const context = openContext(kernel, program);
    if ('unsupported' in context) throw new Error(context.unsupported);
    const isWrite = access.startsWith('w');
    const size = Number(access.slice(1));
    return offsets.map((offset) => letter(context.access(offset, size, isWrite), isWrite));
  };

  it.each(cases)('are what the kernel says: $progType $attach $access from $first', (each) => {
    const offsets = Array.from({ length: countOf(each.expected) }, (_, index) => each.first + index * each.step);
    expect(runs(answer(each, each.access, offsets))).toBe(each.expected.join(' '));
  });

  it('are refused with widths that no line names', () => {
    const known = new Set(cases.map(({ progType, attach, access }) => `${progType} ${String(attach)} ${access}`));
    const around = Array.from({ length: 240 }, (_, index) => index - 8);
    const widths = ['r1', 'r2', 'r4', 'r8', 'w1', 'w2', 'w4', 'w8'];
    for (const each of cases) {
      for (const width of widths.filter((name) => !known.has(`${each.progType} ${String(each.attach)} ${name}`))) {
        expect(runs(answer(each, width, around)), `${each.progType} ${width}`).toBe(`${String(around.length)}-`);
      }
    }
  });
});

describe('the layouts', () => {
  it.each(contextLayouts)('of $context stay within it', ({ size, fields }) => {
    for (const field of fields) expect(field.offset + field.size).toBeLessThanOrEqual(size);
  });
});

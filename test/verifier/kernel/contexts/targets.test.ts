import { describe, expect, it } from 'vitest';
import { nameOf } from '../../../../src/btf/btf.ts';
import {
  attachTarget,
  checkLoadAttributes,
  openContext,
  type AttachResult,
  type ContextLoad,
  type ContextProgram,
} from '../../../../src/verifier/kernel/contexts.ts';
import { answers, ASKED, askedKernel } from './kernels.ts';
import { programOf } from './programs.ts';

describe.each(ASKED)('programs with a target on %s', (version) => {
  const kernel = askedKernel(version);
  const lines = answers(`targets-${version}.txt`);

  const targetOf = (program: ContextProgram): AttachResult =>
    checkLoadAttributes(kernel, program) ?? attachTarget(kernel, program);

  const loads = lines.filter(([, , , word]) => word !== 'sleepable');
  it.each(loads)('%s %s %s gets what the kernel says', (progType = '', attach = '', target = '', ...expected) => {
    const program = programOf(progType, Number(attach), target);
    const result = targetOf(program);
    const answer =
      result.kind === 'rejected'
        ? [`!${result.errno}`]
        : expected.map((_, slot) => {
            const context = openContext(kernel, program, result);
            return 'unsupported' in context ? context.unsupported : word(context.access(8 * slot, 8, false));
          });
    // The kernel does not tell the name of a struct that the program has not been shown to have.
    const known = answer.map((each, slot) => (each.startsWith('?') && expected[slot] === '?' ? '?' : each));
    expect(known).toEqual(expected);
  });

  const sleepers = lines.filter(([, , , word]) => word === 'sleepable');
  it.each(sleepers)('%s %s %s %s: %s', (progType = '', attach = '', target = '', _word, expected) => {
    const result = targetOf({ ...programOf(progType, Number(attach), target), sleepable: true });
    if (expected === 'ok') {
      expect(result).not.toHaveProperty('errno');
      expect(result.kind).not.toBe('unsupported');
    } else {
      expect(result).toMatchObject({ kind: 'rejected', errno: expected });
    }
  });
});

function word(load: ContextLoad | 'invalid'): string {
  if (load === 'invalid') return '-';
  switch (load.kind) {
    case 'scalar':
      return 's';
    case 'buf':
      return 'buf';
    case 'btf': {
      const name = load.btf === undefined ? '' : nameOf(load.btf.btf.btf, load.btf.typeId);
      return (load.maybeNull ? '?' : '') + (name === '' ? '(anon)' : name);
    }
    default:
      return load.kind;
  }
}

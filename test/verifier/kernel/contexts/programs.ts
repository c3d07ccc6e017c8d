import type { ContextProgram } from '../../../../src/verifier/kernel/contexts.ts';

/** A program as the fixtures write it: `-` for no target, `struct.member`, or a function; not sleepable. */
export function programOf(progType: string, expectedAttachType: number, target: string): ContextProgram {
  return { progType, expectedAttachType, attach: attachOf(target), sleepable: false };
}

function attachOf(target: string): ContextProgram['attach'] {
  if (target === '-') return undefined;
  const [struct = '', member] = target.split('.');
  return member === undefined ? { kind: 'function', name: target } : { kind: 'member', struct, member };
}

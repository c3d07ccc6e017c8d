import { describe, expect, it } from 'vitest';
import type { TypeAnswer } from '../../../generator/probe/answers.ts';
import { hooksBeside, observedHooks } from '../../../generator/probe/observed-hooks.ts';
import { kernel } from '../../tables/profiles.ts';

function answers(allowed: readonly string[], refused: readonly string[]): ReadonlyMap<string, TypeAnswer> {
  const all = (verdict: TypeAnswer['verdict'], types: readonly string[]): [string, TypeAnswer][] =>
    types.map((type) => [type, { verdict, programs: [], log: '' }]);
  return new Map([...all('allowed', allowed), ...all('refused', refused)]);
}

describe('the hooks behind the answers of a kernel', () => {
  it.each<[string, string, string[], string[], string[], string[]]>([
    ['a type has its hook', 'v6.12', ['xdp'], ['sched_cls', 'sk_msg'], ['xdp'], []],
    ['types that share a hook have one', 'v6.12', ['tracing', 'lsm'], ['perf_event'], ['tracing'], []],
    ['which hook a type has depends on the kernel', 'v6.1', ['lsm'], ['tracing', 'perf_event'], ['tracing'], []],
    ['a type without a hook needs the common one', 'v6.12', ['sk_msg', 'xdp'], [], ['common', 'xdp'], []],
    ['the common hook is for all types', 'v6.12', ['sk_msg'], ['sk_lookup'], [], ['sk_msg']],
    ['a kernel may have no common hook', 'v6.1', ['sk_msg'], [], [], ['sk_msg']],
    ['fmodret is a hook without a type', 'v6.12', ['fmodret'], ['tracing'], ['fmodret'], []],
    ['nothing allowed is no hook', 'v6.12', [], ['xdp'], [], []],
  ])('%s', (_, version, allowed, refused, hooks, beyond) => {
    const observed = observedHooks(answers(allowed, refused), kernel(version));
    expect({ hooks: [...observed.hooks].sort(), beyond: observed.beyond }).toEqual({ hooks, beyond });
  });

  it.each<[string[], string[], string[]]>([
    [['xdp', 'tc'], ['xdp'], ['tc']],
    [['common', 'xdp', 'tc'], [], ['common']],
    [['common', 'xdp', 'fmodret'], ['common'], ['fmodret']],
  ])('of %j, beside %j, are %j', (observed, covered, expected) => {
    expect(hooksBeside(new Set(observed), new Set(covered))).toEqual(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { kernelRequests, type KernelOptions } from '../../../src/cli/check/kernel-requests.ts';

function options(kernel: readonly string[], btf: readonly string[], moduleBtf: readonly string[] = []): KernelOptions {
  return { kernel, btf, moduleBtf };
}

describe('the BTF of kernels', () => {
  it.each<[string, KernelOptions, readonly (readonly [string | undefined, string, readonly string[]])[]]>([
    ['one kernel has the one file', options(['v6.1'], ['a']), [['v6.1', 'a', []]]],
    [
      'one file is that of all kernels',
      options(['v5.19', 'v6.1'], ['a']),
      [
        ['v5.19', 'a', []],
        ['v6.1', 'a', []],
      ],
    ],
    [
      'several are given in the order of the kernels',
      options(['v6.1', 'v5.19'], ['a', 'b']),
      [
        ['v6.1', 'a', []],
        ['v5.19', 'b', []],
      ],
    ],
    [
      'a file may name its kernel',
      options(['v5.19', 'v6.1', 'v6.0'], ['v6.1=b', 'a']),
      [
        ['v5.19', 'a', []],
        ['v6.1', 'b', []],
        ['v6.0', 'a', []],
      ],
    ],
    [
      'files that name their kernels need no --kernel',
      options([], ['v5.19=a', 'v6.1=b']),
      [
        ['v5.19', 'a', []],
        ['v6.1', 'b', []],
      ],
    ],
    ['without --kernel the nearest is taken', options([], ['a']), [[undefined, 'a', []]]],
    ['a kernel named twice judges once', options(['v6.1', 'v6.1'], ['a']), [['v6.1', 'a', []]]],
    ['host is the BTF of the kernel that runs', options(['v6.1'], ['host']), [['v6.1', '/sys/kernel/btf/vmlinux', []]]],
    ['modules go with the kernel', options(['v6.1'], ['a'], ['m', 'n']), [['v6.1', 'a', ['m', 'n']]]],
    [
      'a module may name its kernel',
      options(['v5.19', 'v6.1'], ['a', 'b'], ['v6.1=m']),
      [
        ['v5.19', 'a', []],
        ['v6.1', 'b', ['m']],
      ],
    ],
  ])('%s', (_title, given, wanted) => {
    expect(kernelRequests(given).map(({ kernel, btf, modules }) => [kernel, btf, modules])).toEqual(wanted);
  });

  it.each<[string, KernelOptions, string]>([
    ['nothing at all', options([], []), 'say for which kernel'],
    ['a kernel without a file', options(['v5.19'], []), 'the BTF of v5.19 is needed: --btf FILE'],
    ['a kernel left over', options(['v5.19', 'v6.1'], ['v6.1=a']), 'the BTF of v5.19 is needed'],
    ['more files than kernels', options(['v6.1'], ['a', 'b']), '--btf names 2 files for 1 kernels'],
    ['a file of another kernel', options(['v6.1'], ['a', 'v5.19=b']), '--kernel does not name v5.19'],
    ['two files of one kernel', options(['v6.1'], ['v6.1=a', 'v6.1=b']), 'two files for v6.1'],
    ['a module of another kernel', options(['v6.1'], ['a'], ['v5.19=m']), '--kernel does not name v5.19'],
    ['a module of any of several', options(['v5.19', 'v6.1'], ['a', 'b'], ['m']), 'say of which kernel a module is'],
  ])('%s is refused', (_title, given, message) => {
    expect(() => kernelRequests(given)).toThrow(message);
  });
});

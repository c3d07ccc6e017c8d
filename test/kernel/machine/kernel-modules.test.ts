import { describe, expect, test } from 'vitest';
import { debianKernel } from './kernels.ts';
import { readModules } from './kernel-modules.ts';

const kernel = await debianKernel('v6.1');

describe('modules of a kernel', () => {
  if ('missing' in kernel) {
    test.skip(kernel.missing, () => undefined);
    return;
  }

  test('what a module depends on comes before it', async () => {
    const { modules, missing } = await readModules(kernel, ['nf_conntrack']);
    const names = modules.map(({ name }) => name);
    expect(names.at(-1)).toBe('nf_conntrack');
    expect(names).toContain('nf_defrag_ipv4');
    expect(new Set(names).size).toBe(names.length);
    expect(missing).toEqual([]);
  });

  test('a name that is no module is missing', async () => {
    expect(await readModules(kernel, ['no_such_module'])).toEqual({ modules: [], missing: ['no_such_module'] });
  });

  test('a kernel without a folder of modules has all built in', async () => {
    expect(await readModules({ ...kernel, modules: undefined }, ['nf_conntrack'])).toEqual({
      modules: [],
      missing: [],
    });
  });
});

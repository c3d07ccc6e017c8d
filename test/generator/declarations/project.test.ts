import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfiles, loadRegistry } from '../../../generator/declarations/load.ts';
import { PACKAGE_ROOT } from '../../../generator/declarations/package-files.ts';
import { projectKernels } from '../../../generator/declarations/project.ts';
import { eachSource } from '../../../generator/rules/walk.ts';
import { temporaryFolder } from '../temporary-registry.ts';

const profiles = loadProfiles();
const { registry } = loadRegistry([join(PACKAGE_ROOT, 'registry')], profiles);

describe('what kernels share', () => {
  it.each(registry.model.kernels.map((model) => [model.kernel.version, model] as const))(
    'is what %s would have alone',
    (_, model) => {
      const [alone] = projectKernels(registry.files, registry.kernels, (kernel) => kernel === model.kernel);
      expect(alone).toEqual(model);
    },
  );

  it('is looked at once', () => {
    const all = registry.model.kernels.flatMap(({ sources }) => sources);
    expect(eachSource(registry).length).toBeLessThan(all.length / 2);
    expect(eachSource(registry).flatMap(({ kernels }) => kernels)).toHaveLength(all.length);
  });

  it.each([
    ['nothing that changes', 'hooks: [xdp]', 'f', 1],
    ['an entry with a range', 'hooks: [xdp]', '{ name: f, since: v6.3, until: v6.6 }', 2],
    ['a flag with a range', 'hooks: [xdp]', '{ name: f, flags: [{ flag: ret_null, since: v6.3 }] }', 2],
    ['a hook with a range', 'hooks: [xdp, { hook: tc, until: v6.4 }]', 'f', 2],
    ['a hook that kernels begin to have', 'hooks: [xdp, { hook: netfilter, since: v6.4 }]', 'f', 2],
    ['a program type that gets another hook', 'prog_types: [xdp, lsm]', 'f', 2],
  ])('is told apart at changes: %s', (_, hooks, kfunc, count) => {
    const text = `source: a.c\nowner: acme\nsince: v6.0\nsets:\n  - name: s\n    ${hooks}\n    kfuncs: [g, ${kfunc}]\n`;
    const loaded = loadRegistry([temporaryFolder({ 'a.yaml': text })], profiles);
    const shapes = loaded.registry.model.kernels.flatMap(({ sources }) => sources.map(shape));
    expect(new Set(shapes.map((each) => JSON.stringify(each))).size).toBe(count);
  });
});

/** What the kernel has of a file, without places. */
function shape(source: (typeof registry.model.kernels)[number]['sources'][number]): unknown {
  return source.sets.map(({ registrations, kfuncs }) => [
    registrations.map(({ progType, hook }) => [progType, hook]),
    kfuncs.map(({ name, flags }) => [name, flags]),
  ]);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Declaration, Flag, Hook, Kfunc, ProgType } from '../../../generated/types/declaration.ts';
import type { Kernel } from '../../../generated/types/kernel.ts';
import { parseConfigExpression, type ConfigExpression } from '../../../generator/c/config-expression.ts';
import { lowerDeclaration } from '../../../generator/declarations/lower.ts';
import { projectKernels } from '../../../generator/declarations/project.ts';
import { contentAt, contentOfTree, type Content } from '../../../generator/importers/merge/content.ts';
import { importTree } from '../../../generator/importers/tree/import-tree.ts';
import { includeTarget } from '../../../generator/targets/include.ts';
import { makeInput } from '../target-input.ts';
import { laterKernel, profile } from './kernels.ts';
import { memoryTree } from './memory-tree.ts';

const SOURCE = 'net/acme.c';

/** The C that the include target prints for a declaration, read as a source file of a tree. */
async function readBack(declaration: Declaration, kernel: Kernel): Promise<Content | undefined> {
  const file = { name: 'acme.yaml', text: '', lineStarts: [0], locate: () => ({ start: 0, end: 0 }) };
  const declared = lowerDeclaration(
    { file, origins: new WeakMap(), isWhole: true },
    declaration,
    [kernel.version],
    undefined,
  );
  const model = { kernels: projectKernels([declared], [kernel]) };
  const [header] = await includeTarget.emit(makeInput(model));
  const tree = memoryTree({ [SOURCE]: header?.content ?? '', 'net/Makefile': 'obj-m += acme.o\n' });
  const { sources, problems } = importTree(tree, kernel);
  expect(problems.filter(({ reason }) => !reason.startsWith('no definition of'))).toEqual([]);
  return sources[0] === undefined ? undefined : contentOfTree(sources[0], kernel);
}

const OPTIONS = ['CONFIG_A', 'CONFIG_B', 'CONFIG_C', 'CONFIG_D'];

/** Whether all conditions hold in a configuration, given as the options that are set. */
function holds(configs: readonly (string | undefined)[], options: ReadonlySet<string>): boolean {
  const isMet = (expression: ConfigExpression): boolean => {
    switch (expression.kind) {
      case 'option':
        return options.has(expression.option);
      case 'not':
        return !isMet(expression.operand);
      case 'and':
        return expression.operands.every(isMet);
      case 'or':
        return expression.operands.some(isMet);
    }
  };
  return configs.every((config) => config === undefined || isMet(parseConfigExpression(config)));
}

/** What is in the sets of each configuration; where a header puts its conditions is its own affair. */
function comparable(content: Content | undefined): unknown {
  return Array.from({ length: 2 ** OPTIONS.length }, (_, bits) => {
    const options = new Set(OPTIONS.filter((_option, at) => (bits & (1 << at)) !== 0));
    const sets = content?.sets.map(({ config, hooks, kfuncs, ...set }) => ({
      ...set,
      hooks: [...hooks].sort(),
      kfuncs: kfuncs
        .filter((kfunc) => holds([content.config, config, kfunc.config], options))
        .map(({ name, flags, check }) => ({ name, check, flags: [...flags].sort() })),
    }));
    return sets?.filter(({ kfuncs }) => kfuncs.length > 0);
  });
}

/** Sets with kfuncs, each name once; no destructor pairs, which the headers put together at run time. */
function declarationFor(kernel: Kernel): fc.Arbitrary<Declaration> {
  const config = fc.option(fc.constantFrom('CONFIG_A', '!CONFIG_B', 'IS_ENABLED(CONFIG_C) || CONFIG_D'), {
    nil: undefined,
    freq: 3,
  });
  const withConfig = <T extends object>(values: fc.Arbitrary<T>): fc.Arbitrary<T & { config?: string }> =>
    fc.tuple(values, config).map(([value, text]) => (text === undefined ? value : { ...value, config: text }));
  const flags = fc.uniqueArray(fc.constantFrom(...(Object.keys(kernel.flags) as Flag[])), { maxLength: 3 });
  const kfunc = (name: string): fc.Arbitrary<Kfunc> => withConfig(flags.map((list) => ({ name, flags: list })));
  const hooks = Object.keys(kernel.hooks) as Hook[];
  const others = Object.values(kernel.hooks).flatMap(({ prog_types: [, ...rest] }) => rest) as ProgType[];
  const set = (name: string) =>
    withConfig(
      fc.record({
        name: fc.constant(name),
        hooks: fc.uniqueArray(fc.constantFrom(...hooks), { minLength: 1, maxLength: 3 }),
        ...(others.length === 0 ? {} : { prog_types: fc.uniqueArray(fc.constantFrom(...others), { maxLength: 1 }) }),
        ...(kernel.limits.filter_max_cnt === undefined
          ? {}
          : { filters: fc.constantFrom<string[]>([], [`${name}_filter`]) }),
        kfuncs: fc.tuple(kfunc(`${name}_a`), kfunc(`${name}_b`), kfunc(`${name}_c`)).map((all) => [...all]),
      }),
    );
  return fc.record({
    source: fc.constant(SOURCE),
    owner: fc.constant('acme'),
    sets: fc.tuple(set('first'), set('second')).map((all) => [...all]),
  });
}

describe('C that is generated from declarations', () => {
  it.each(
    [profile('v5.18'), profile('v5.19'), profile('v6.1'), laterKernel('v6.12')].map(
      (kernel) => [kernel.version, kernel] as const,
    ),
  )('is read back as they are, for %s', async (_, kernel) => {
    await fc.assert(
      fc.asyncProperty(declarationFor(kernel), async (declaration) => {
        const wanted = contentAt(declaration, [kernel], 0);
        expect(comparable(await readBack(declaration, kernel))).toEqual(comparable(wanted));
      }),
      { numRuns: 60 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { docsTarget } from '../../../generator/targets/docs.ts';
import { MARK } from '../../../generator/targets/mark.ts';
import type { RuleDocumentation } from '../../../generator/targets/rule-documentation.ts';
import { conntrackModel } from '../conntrack-model.ts';
import { makeDtor, makeKernel, makeKernelModel, makeKfunc, makeSet, makeSource } from '../model-factory.ts';
import { contentOf, makeInput } from '../target-input.ts';
import { deadLinks } from './docs-links.ts';

const RULE: RuleDocumentation = {
  id: 'registry/some-rule',
  severity: 'error',
  title: 'a kfunc with `release` takes a pointer | or more',
  explanation: 'The verifier looks for it.',
  kernels: 'every kernel',
  errno: 'EINVAL',
  examples: { bad: 'a: ```', good: 'b: 1' },
};

const emit = () => docsTarget.emit(makeInput(conntrackModel, { rules: [RULE] }));

describe('docsTarget', () => {
  it('emits a page for the index and each kernel, kfunc and rule', async () => {
    expect((await emit()).map((file) => file.path)).toEqual([
      'docs/README.md',
      'docs/kernels/v5.19.md',
      'docs/kernels/v6.1.md',
      'docs/kfuncs/bpf_ct_change_timeout.md',
      'docs/kfuncs/bpf_ct_hidden.md',
      'docs/kfuncs/bpf_ct_release.md',
      'docs/kfuncs/bpf_xdp_ct_lookup.md',
      'docs/rules/registry/some-rule.md',
    ]);
  });

  it('links only to pages that it emits', async () => {
    expect(deadLinks(await emit())).toEqual([]);
  });

  it('links every page from the index', async () => {
    const files = await emit();
    const index = contentOf(files, 'docs/README.md');
    for (const { path } of files.slice(1)) {
      expect(index).toContain(`](${path.replace('docs/', '')})`);
    }
  });

  it('marks every page, and ends it with one line feed', async () => {
    for (const { content } of await emit()) {
      expect(content.slice(0, 1024)).toContain(`<!-- ${MARK}`);
      expect(content).toMatch(/[^\n]\n$/);
    }
  });

  it('tells of a kfunc its prototype, registrations, partners, destructor pairs and sets', async () => {
    expect(contentOf(await emit(), 'docs/kfuncs/bpf_ct_release.md')).toMatchSnapshot();
  });

  it('tells of a kernel its hooks, flags, limits and kfuncs', async () => {
    expect(contentOf(await emit(), 'docs/kernels/v6.1.md')).toMatchSnapshot();
  });

  it('tells of a rule what breaks it and what keeps it', async () => {
    expect(contentOf(await emit(), 'docs/rules/registry/some-rule.md')).toMatchSnapshot();
  });

  it('links what acquires a type with what releases it', async () => {
    const content = contentOf(await emit(), 'docs/kfuncs/bpf_xdp_ct_lookup.md');
    expect(content).toContain('is released by [`bpf_ct_release`](bpf_ct_release.md)');
  });

  it('keeps every table row whole: as many cells as its head', async () => {
    for (const { path, content } of await emit()) {
      for (const [rows] of content.matchAll(/(?:^\|.*\|\n)+/gm)) {
        const widths = rows
          .trim()
          .split('\n')
          .map((row) => row.split(/(?<!\\)\|/).length);
        expect(new Set(widths).size, path).toBe(1);
      }
    }
  });

  it('has a page for a destructor that stands in no set', async () => {
    const source = makeSource('a.c', [], { dtors: [makeDtor('thing', 'void put_thing(struct thing *t)')] });
    const model = { kernels: [makeKernelModel(makeKernel('v6.1'), [source])] };
    const files = await docsTarget.emit(makeInput(model));
    expect(contentOf(files, 'docs/kfuncs/put_thing.md')).toContain('Frees objects of type `thing` left in maps');
    expect(deadLinks(files)).toEqual([]);
  });

  it('draws neighbouring kernels together and keeps prototypes that changed apart', async () => {
    const of = (version: string, prototype: string) =>
      makeKernelModel(makeKernel(version), [
        makeSource('a.c', [makeSet('set', [['xdp', 'xdp']], [makeKfunc(prototype)])]),
      ]);
    const model = {
      kernels: [
        of('v1.0', 'int f(void)'),
        of('v1.1', 'int f(void)'),
        of('v1.2', 'int g(void)'),
        of('v1.3', 'long f(void)'),
      ],
    };
    const content = contentOf(await docsTarget.emit(makeInput(model)), 'docs/kfuncs/f.md');
    expect(content).toContain('In [v1.0](../kernels/v1.0.md) – [v1.1](../kernels/v1.1.md):\n\n```c\nint f(void);\n```');
    expect(content).toContain('In [v1.3](../kernels/v1.3.md):\n\n```c\nlong f(void);\n```');
    expect(content).toContain(
      '| [v1.0](../kernels/v1.0.md) – [v1.1](../kernels/v1.1.md), [v1.3](../kernels/v1.3.md) |',
    );
  });
});

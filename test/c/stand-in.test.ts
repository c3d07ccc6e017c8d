import { describe, expect, it } from 'vitest';
import { readBtfIds } from './btf-ids.ts';
import { emitHeader, emitHeaders } from './headers.ts';
import { makeKfunc, makeSet, makeSource } from '../generator/model-factory.ts';
import { COPIES_MODULE_SETS, kernel as profile } from '../tables/profiles.ts';
import { expectBtfIds, proveClean, proveContents } from './prove.ts';
import { configurationsOf, sources, sourceWithDtors } from './sources.ts';
import { compileWithStandIn } from './stand-in.ts';
import { compilers, missingTools, temporaryFolder } from './toolchain.ts';

const kernels = [profile('v5.18'), profile('v5.19'), profile('v6.1'), COPIES_MODULE_SETS];
const binutils = ['readelf', 'objcopy'];

/** Every source in every kernel that has anything of it: v5.18 has no destructor pairs. */
const cases = kernels.flatMap((kernel) =>
  sources
    .filter((source) => source.sets.length > 0 || kernel.limits.dtor_max_cnt !== undefined)
    .map((source) => ({ kernel, source, name: `${source.source} for ${kernel.version}` })),
);

describe.each(compilers)('a generated header under %s', (compiler) => {
  it.for(cases)(
    '$name is clean, whatever is known of BTF and whoever calls it',
    async ({ kernel, source }, { skip }) => {
      const missing = missingTools(compiler);
      skip(missing !== undefined, missing);
      const header = await emitHeader(kernel, source);
      for (const options of configurationsOf(source).slice(0, 3)) {
        proveClean({ kernel, source, header }, compiler, options, temporaryFolder());
      }
    },
  );

  it.for(cases)('$name holds and registers what is declared', async ({ kernel, source }, { skip }) => {
    const missing = missingTools(compiler, ...binutils);
    skip(missing !== undefined, missing);
    const header = await emitHeader(kernel, source);
    for (const options of configurationsOf(source)) {
      proveContents({ kernel, source, header }, compiler, options, temporaryFolder());
    }
  });

  it.for([9, 34, 255])('takes %i destructor pairs', async (count, { skip }) => {
    const missing = missingTools(compiler, ...binutils);
    skip(missing !== undefined, missing);
    for (const kernel of kernels.filter(({ limits }) => limits.dtor_max_cnt !== undefined)) {
      const source = sourceWithDtors(count);
      const of = { kernel, source, header: await emitHeader(kernel, source) };
      const folder = temporaryFolder();
      proveContents(of, compiler, ['CONFIG_DEBUG_INFO_BTF_MODULES'], folder);
      const result = compileWithStandIn({ ...of, call: undefined, compiler, folder, options: ['CONFIG_BPF_SYSCALL'] });
      expect(result).not.toHaveProperty('errors');
    }
  });
});

describe('kfuncs of five sets', () => {
  it('stand outside the check set where the declaration says so', async ({ skip }) => {
    const missing = missingTools('gcc', ...binutils);
    skip(missing !== undefined, missing);
    const kernel = profile('v5.19');
    const source = makeSource('net/uncalled.c', [
      makeSet(
        'uncalled_set',
        [['xdp', 'xdp']],
        [
          makeKfunc('called', ['acquire']),
          makeKfunc('uncalled', ['acquire', 'kptr_get'], { check: false }),
          makeKfunc('in_no_set', [], { check: false }),
        ],
      ),
    ]);
    const of = { kernel, source, header: await emitHeader(kernel, source) };
    expect(of.header).not.toContain('in_no_set');
    proveContents(of, 'gcc', [], temporaryFolder());
  });
});

describe('two source files of one module', () => {
  it('have BTF sets of different names though their sets have the same', async ({ skip }) => {
    const missing = missingTools('gcc', ...binutils);
    skip(missing !== undefined, missing);
    const kernel = profile('v6.1');
    const alike = ['net/a.c', 'net/b.c'].map((path) =>
      makeSource(path, [makeSet('common_set', [['xdp', 'xdp']], [makeKfunc('f')])], { owner: 'm' }),
    );
    const headers = await emitHeaders(kernel, alike);
    const names = headers.map(({ content }, index) => {
      const folder = temporaryFolder();
      const result = compileWithStandIn({
        ...{ kernel, header: content, call: undefined, compiler: 'gcc', folder },
        options: ['CONFIG_BPF_SYSCALL', 'CONFIG_DEBUG_INFO_BTF'],
      });
      const ids = 'object' in result ? readBtfIds(result.object, folder) : undefined;
      const source = alike[index];
      expect(source).toBeDefined();
      if (source !== undefined) {
        expectBtfIds(ids, { kernel, source, header: content }, new Set());
      }
      return ids?.symbols.map(({ name }) => name).filter((name) => name.startsWith('__BTF_ID__set8__'));
    });
    expect(names).toEqual([['__BTF_ID__set8__common_set_ids'], ['__BTF_ID__set8__common_set_ids_']]);
  });
});

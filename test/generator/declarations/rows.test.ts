import { describe, expect, it } from 'vitest';
import { dtorRows, listRows, type ListRow } from '../../../generator/declarations/rows.ts';
import type { SourceModel } from '../../../generator/declarations/model.ts';
import { makeDtor, makeKernel, makeKernelModel, makeKfunc, makeSet, makeSource } from '../model-factory.ts';

const XDP = ['xdp', 'xdp'] as const;
const TRACING = ['tracing', 'tracing'] as const;
const LSM = ['lsm', 'tracing'] as const;

function row(kfunc: string, hook: string, more: Partial<ListRow> = {}): ListRow {
  const progTypes = hook === 'xdp' ? ['BPF_PROG_TYPE_XDP'] : ['BPF_PROG_TYPE_TRACING'];
  return { kfunc, hook, prog_types: progTypes, flags: [], owner: 'vmlinux', source: 'a.c', set: 'one', ...more };
}

describe('listRows', () => {
  const cases: readonly { name: string; sources: readonly SourceModel[]; rows: readonly ListRow[] }[] = [
    {
      name: 'sorts by hook, then kfunc',
      sources: [
        makeSource('a.c', [
          makeSet('one', [XDP], [makeKfunc('b'), makeKfunc('a')]),
          makeSet('two', [TRACING], [makeKfunc('c')]),
        ]),
      ],
      rows: [row('c', 'tracing', { set: 'two' }), row('a', 'xdp'), row('b', 'xdp')],
    },
    {
      name: 'sorts flags, and program types of one hook',
      sources: [makeSource('a.c', [makeSet('one', [TRACING, LSM], [makeKfunc('a', ['ret_null', 'acquire'])])])],
      rows: [
        row('a', 'tracing', {
          flags: ['acquire', 'ret_null'],
          prog_types: ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING'],
        }),
      ],
    },
    {
      name: 'has a row for each set',
      sources: [
        makeSource('a.c', [makeSet('one', [TRACING], [makeKfunc('a')]), makeSet('two', [LSM], [makeKfunc('a')])]),
      ],
      rows: [row('a', 'tracing'), row('a', 'tracing', { set: 'two', prog_types: ['BPF_PROG_TYPE_LSM'] })],
    },
    {
      name: 'keeps different flags apart',
      sources: [
        makeSource('a.c', [
          makeSet('one', [XDP], [makeKfunc('a', ['release'])]),
          makeSet('two', [XDP], [makeKfunc('a')]),
        ]),
      ],
      rows: [row('a', 'xdp', { flags: ['release'] }), row('a', 'xdp', { set: 'two' })],
    },
    {
      name: 'keeps owners and source files apart',
      sources: [
        makeSource('a.c', [makeSet('one', [XDP], [makeKfunc('a')])]),
        makeSource('b.c', [makeSet('two', [XDP], [makeKfunc('a')])]),
        makeSource('b.c', [makeSet('two', [XDP], [makeKfunc('a')])], { owner: 'module' }),
      ],
      rows: [
        row('a', 'xdp', { source: 'b.c', set: 'two', owner: 'module' }),
        row('a', 'xdp'),
        row('a', 'xdp', { source: 'b.c', set: 'two' }),
      ],
    },
    {
      name: 'leaves out what is not in the check set',
      sources: [makeSource('a.c', [makeSet('one', [XDP], [makeKfunc('a', ['acquire'], { check: false })])])],
      rows: [],
    },
  ];
  it.each(cases)('$name', ({ sources, rows }) => {
    expect(listRows(makeKernelModel(makeKernel('v6.1'), sources))).toEqual(rows);
  });
});

it('dtorRows sorts by type', () => {
  const dtors = [makeDtor('z_type', 'void put_z(struct z_type *z)'), makeDtor('a_type', 'put_a')];
  const model = makeKernelModel(makeKernel('v6.1'), [makeSource('a.c', [], { dtors, owner: 'module' })]);
  expect(dtorRows(model)).toEqual([
    { type: 'a_type', kfunc: 'put_a', owner: 'module', source: 'a.c' },
    { type: 'z_type', kfunc: 'put_z', owner: 'module', source: 'a.c' },
  ]);
});

import { parseConfigExpression } from '../../generator/c/config-expression.ts';
import type { DtorModel, SourceModel } from '../../generator/declarations/model.ts';
import { makeDtor, makeKfunc, makeSet, makeSource } from '../generator/model-factory.ts';

const FTRACE = { config: 'CONFIG_X86 && CONFIG_DYNAMIC_FTRACE' };

/** Source files that a header can be made of in every layout; between them they have all that a header can have. */
export const sources: readonly SourceModel[] = [
  makeSource('net/one_set.c', [
    makeSet(
      'one_set',
      [
        ['xdp', 'xdp'],
        ['sched_cls', 'tc'],
      ],
      [
        makeKfunc('one_lookup', ['acquire', 'ret_null']),
        makeKfunc('one_swap', ['acquire', 'release', 'ret_null']),
        makeKfunc('one_release', ['release']),
        makeKfunc('one_plain'),
      ],
    ),
  ]),
  makeSource(
    'net/two_sets.c',
    [
      makeSet('two_xdp_set', [['xdp', 'xdp']], [makeKfunc('two_lookup', ['acquire']), makeKfunc('two_shared')]),
      makeSet('two_tc_set', [['sched_cls', 'tc']], [makeKfunc('two_shared'), makeKfunc('two_lookup', ['ret_null'])]),
      makeSet('two_idle_set', [], [makeKfunc('two_idle')]),
      makeSet('two_empty_set', [['xdp', 'xdp']], []),
    ],
    { owner: 'two', dtors: [makeDtor('two_object', 'two_release'), makeDtor('two_member', 'two_member_release')] },
  ),
  makeSource(
    'net/gated.c',
    [
      makeSet(
        'gated_entries',
        [['struct_ops', 'struct_ops']],
        [
          makeKfunc('gated_always', ['release']),
          makeKfunc('gated_ftrace', ['acquire'], FTRACE),
          makeKfunc('gated_ftrace_too', ['acquire'], FTRACE),
          makeKfunc('gated_not', [], { config: '!CONFIG_X86' }),
        ],
      ),
      makeSet('gated_set', [['xdp', 'xdp']], [makeKfunc('gated_plain')], {
        config: 'IS_REACHABLE(CONFIG_NF_NAT) || CONFIG_KEYS',
      }),
      makeSet(
        'gated_all',
        [['sched_cls', 'tc']],
        [
          makeKfunc('gated_a', ['acquire'], { config: 'CONFIG_A' }),
          makeKfunc('gated_b', ['release'], { config: 'CONFIG_B' }),
        ],
      ),
      makeSet('gated_same', [['sched_cls', 'tc']], [makeKfunc('gated_c', ['ret_null'], { config: 'CONFIG_A' })], {
        config: 'CONFIG_A',
      }),
    ],
    {
      config: 'IS_ENABLED(CONFIG_NET)',
      dtors: [
        gatedDtor('gated_object', 'gated_object_release', 'CONFIG_A'),
        gatedDtor('gated_member', 'gated_member_release', 'CONFIG_B || IS_MODULE(CONFIG_C)'),
      ],
    },
  ),
  makeSource('drivers/8250-dtors.only.c', [], { dtors: [makeDtor('only_object', 'only_release')] }),
];

const GATED: readonly (readonly string[])[] = [
  [],
  ['CONFIG_NET', 'MODULE'],
  ['CONFIG_NET', 'CONFIG_X86', 'CONFIG_DYNAMIC_FTRACE', 'CONFIG_A', 'CONFIG_B'],
  ['CONFIG_NET_MODULE', 'CONFIG_X86', 'CONFIG_NF_NAT_MODULE', 'CONFIG_B'],
  ['CONFIG_NET', 'CONFIG_NF_NAT_MODULE', 'MODULE', 'CONFIG_A', 'CONFIG_C_MODULE'],
];

/** Configurations under which these source files say different things. */
export function configurationsOf(source: SourceModel): readonly (readonly string[])[] {
  return source.config === undefined ? [['MODULE']] : GATED;
}

/** A source file with that many destructor pairs. */
export function sourceWithDtors(count: number): SourceModel {
  const dtors = Array.from({ length: count }, (_, index) =>
    makeDtor(`object_${String(index)}`, `object_${String(index)}_release`),
  );
  return makeSource('net/many_dtors.c', [], { dtors });
}

function gatedDtor(type: string, kfunc: string, config: string): DtorModel {
  return { ...makeDtor(type, kfunc), config: parseConfigExpression(config) };
}

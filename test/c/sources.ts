import type { SourceModel } from '../../generator/declarations/model.ts';
import { dtorModel, kfuncModel, setModel, sourceModel } from './models.ts';

/** Source files that a header can be made of in every layout; between them they have all that a header can have. */
export const sources: readonly SourceModel[] = [
  sourceModel('net/one_set.c', {
    sets: [
      setModel(
        'one_set',
        ['xdp', 'sched_cls'],
        [
          kfuncModel('one_lookup', ['acquire', 'ret_null']),
          kfuncModel('one_swap', ['acquire', 'release', 'ret_null']),
          kfuncModel('one_release', ['release']),
          kfuncModel('one_plain'),
        ],
      ),
    ],
  }),
  sourceModel('net/two_sets.c', {
    owner: 'two',
    sets: [
      setModel('two_xdp_set', ['xdp'], [kfuncModel('two_lookup', ['acquire']), kfuncModel('two_shared')]),
      setModel('two_tc_set', ['sched_cls'], [kfuncModel('two_shared'), kfuncModel('two_lookup', ['ret_null'])]),
      setModel('two_idle_set', [], [kfuncModel('two_idle')]),
      setModel('two_empty_set', ['struct_ops'], []),
    ],
    dtors: [dtorModel('two_object', 'two_release'), dtorModel('two_member', 'two_member_release')],
  }),
  sourceModel('net/gated.c', {
    config: 'IS_ENABLED(CONFIG_NET)',
    sets: [
      setModel(
        'gated_entries',
        ['struct_ops'],
        [
          kfuncModel('gated_always', ['release']),
          kfuncModel('gated_x86', ['acquire'], { config: 'CONFIG_X86 && CONFIG_DYNAMIC_FTRACE' }),
          kfuncModel('gated_x86_too', ['acquire'], { config: 'CONFIG_X86 && CONFIG_DYNAMIC_FTRACE' }),
          kfuncModel('gated_not', [], { config: '!CONFIG_X86' }),
        ],
      ),
      setModel('gated_set', ['xdp'], [kfuncModel('gated_plain')], 'IS_REACHABLE(CONFIG_NF_NAT) || CONFIG_KEYS'),
      setModel(
        'gated_all',
        ['sched_cls'],
        [
          kfuncModel('gated_a', ['acquire'], { config: 'CONFIG_A' }),
          kfuncModel('gated_b', ['release'], { config: 'CONFIG_B' }),
        ],
      ),
      setModel('gated_same', ['sched_cls'], [kfuncModel('gated_c', ['ret_null'], { config: 'CONFIG_A' })], 'CONFIG_A'),
    ],
    dtors: [
      dtorModel('gated_object', 'gated_object_release', 'CONFIG_A'),
      dtorModel('gated_member', 'gated_member_release', 'CONFIG_B || IS_MODULE(CONFIG_C)'),
    ],
  }),
  sourceModel('drivers/8250-dtors.only.c', { dtors: [dtorModel('only_object', 'only_release')] }),
];

/** Configurations under which a source file says different things. */
export function configurationsOf(source: SourceModel): readonly (readonly string[])[] {
  return source.config === undefined ? [['MODULE']] : GATED;
}

const GATED: readonly (readonly string[])[] = [
  [],
  ['CONFIG_NET', 'CONFIG_X86', 'CONFIG_DYNAMIC_FTRACE', 'CONFIG_A', 'CONFIG_B'],
  ['CONFIG_NET_MODULE', 'CONFIG_X86', 'CONFIG_NF_NAT_MODULE', 'CONFIG_B'],
  ['CONFIG_NET', 'CONFIG_NF_NAT_MODULE', 'MODULE', 'CONFIG_A', 'CONFIG_C_MODULE'],
];

/** A source file with that many destructor pairs. */
export function sourceWithDtors(count: number): SourceModel {
  const dtors = Array.from({ length: count }, (_, index) =>
    dtorModel(`object_${String(index)}`, `object_${String(index)}_release`),
  );
  return sourceModel('net/many_dtors.c', { dtors });
}

import type { Model } from '../../generator/declarations/model.ts';
import { makeDtor, makeKernel, makeKernelModel, makeKfunc, makeSet, makeSource } from './model-factory.ts';

const lookup = makeKfunc(
  'struct nf_conn *bpf_xdp_ct_lookup(struct xdp_md *xdp_ctx, struct bpf_sock_tuple *bpf_tuple, u32 tuple__sz)',
  ['acquire', 'ret_null'],
  { lines: { 'v5.19': 9, 'v6.1': 12 } },
);
const release = makeKfunc('void bpf_ct_release(struct nf_conn *nfct)', ['release']);
const timeout = makeKfunc('int bpf_ct_change_timeout(struct nf_conn *nfct, u32 timeout)', [], { config: 'CONFIG_NF' });

const older = makeSource(
  'net/netfilter/nf_conntrack_bpf.c',
  [
    makeSet('nf_ct_xdp', [['xdp', 'xdp']], [lookup, release]),
    makeSet('nf_ct_tc', [['sched_cls', 'tc']], [release, makeKfunc('bpf_ct_hidden', ['acquire'], { check: false })]),
  ],
  { owner: 'nf_conntrack' },
);

const newer = makeSource(
  'net/netfilter/nf_conntrack_bpf.c',
  [
    makeSet(
      'nf_ct_kfunc_set',
      [
        ['xdp', 'xdp'],
        ['sched_cls', 'tc'],
      ],
      [lookup, release, timeout],
      { config: 'CONFIG_NET && CONFIG_NF_CONNTRACK', description: 'Connections | and <entries>.' },
    ),
    makeSet(
      'nf_ct_trace_set',
      [
        ['lsm', 'tracing'],
        ['tracing', 'tracing'],
      ],
      [release],
    ),
  ],
  {
    owner: 'nf_conntrack',
    config: 'CONFIG_BPF',
    dtors: [makeDtor('nf_conn', 'void bpf_ct_release(struct nf_conn *nfct)')],
  },
);

/** Two made-up kernels, the older with a set a flag, with kfuncs of connection tracking. */
export const conntrackModel: Model = {
  kernels: [makeKernelModel(makeKernel('v5.19', 'id_set'), [older]), makeKernelModel(makeKernel('v6.1'), [newer])],
};

import { describe, expect, it } from 'vitest';
import { sectionType } from '../../../src/program/object/section-types.ts';

describe('the name of a section', () => {
  it.each([
    ['xdp', 'xdp', 37, false],
    ['?xdp', 'xdp', 37, false],
    ['xdp/anything', 'xdp', 37, false],
    ['xdp.frags', 'xdp', 37, false],
    ['xdp/devmap', 'xdp', 33, false],
    ['tc', 'sched_cls', 0, false],
    ['tc/anything', 'sched_cls', 0, false],
    ['tc/ingress', 'sched_cls', 46, false],
    ['tcx/egress', 'sched_cls', 47, false],
    ['classifier', 'sched_cls', 0, false],
    ['action', 'sched_act', 0, false],
    ['socket', 'socket_filter', 0, false],
    ['kprobe/do_nanosleep', 'kprobe', 0, false],
    ['ksyscall/nanosleep', 'kprobe', 0, false],
    ['uprobe.s//bin/sh:main', 'kprobe', 0, true],
    ['kprobe.multi/tcp_*', 'kprobe', 42, false],
    ['tracepoint/sched/sched_switch', 'tracepoint', 0, false],
    ['raw_tp/sched_switch', 'raw_tracepoint', 0, false],
    ['raw_tp.w/sched_switch', 'raw_tracepoint_writable', 0, false],
    ['tp_btf/sched_switch', 'tracing', 23, false],
    ['fentry/tcp_sendmsg', 'tracing', 24, false],
    ['fexit.s/tcp_sendmsg', 'tracing', 25, true],
    ['fmod_ret.s/security_file_open', 'tracing', 26, true],
    ['freplace/main_prog', 'ext', 0, false],
    ['lsm/file_open', 'lsm', 27, false],
    ['?lsm.s/file_open', 'lsm', 27, true],
    ['lsm_cgroup/socket_bind', 'lsm', 43, false],
    ['iter/task', 'tracing', 28, false],
    ['iter.s/bpf_map', 'tracing', 28, true],
    ['struct_ops', 'struct_ops', 0, false],
    ['struct_ops.s/init', 'struct_ops', 0, true],
    ['syscall', 'syscall', 0, true],
    ['sockops', 'sock_ops', 3, false],
    ['sk_skb/stream_verdict', 'sk_skb', 5, false],
    ['sk_skb', 'sk_skb', 0, false],
    ['sk_msg', 'sk_msg', 7, false],
    ['sk_lookup', 'sk_lookup', 36, false],
    ['sk_reuseport/migrate', 'sk_reuseport', 40, false],
    ['flow_dissector', 'flow_dissector', 17, false],
    ['lwt_seg6local', 'lwt_seg6local', 0, false],
    ['perf_event', 'perf_event', 0, false],
    ['netfilter', 'netfilter', 45, false],
    ['cgroup_skb/egress', 'cgroup_skb', 1, false],
    ['cgroup/connect6', 'cgroup_sock_addr', 11, false],
    ['cgroup/setsockopt', 'cgroup_sockopt', 22, false],
    ['cgroup/sock', 'cgroup_sock', 2, false],
  ])('%s stands for %s programs', (section, progType, expectedAttachType, sleepable) => {
    expect(sectionType(section)).toMatchObject({ progType, expectedAttachType, sleepable });
  });

  it.each(['', '?', 'xdpx', 'xd', 'maps', 'fentry.w/x', 'kprobe.s/x', 'syscall/x', 'lsm_cgroup.s/x', 'tp_btff'])(
    '%j stands for none',
    (section) => {
      expect(sectionType(section)).toBeUndefined();
    },
  );

  it.each([
    ['fentry/tcp_sendmsg', true, 'tcp_sendmsg'],
    ['tracepoint/sched/sched_switch', false, 'sched/sched_switch'],
    ['fentry', true, ''],
  ])('%s names what is attached to', (section, hasTarget, target) => {
    expect(sectionType(section)).toMatchObject({ hasTarget, target });
  });
});

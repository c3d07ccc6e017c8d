import { ATTACH_TYPE, type AttachTypeName } from './attach-types.ts';

/** What the name of a section says about the programs in it. */
export interface SectionType {
  /** Without BPF_PROG_TYPE_, in lower case. */
  readonly progType: string;
  /** Number of enum bpf_attach_type. */
  readonly expectedAttachType: number;
  readonly sleepable: boolean;
  /** What follows the first slash; empty if there is none. */
  readonly target: string;
  /** Whether `target` is what a program of this type is bound to when it is loaded. */
  readonly hasTarget: boolean;
}

/** Name, program type, attach type, and what else. `NAME+` may be followed by a slash and more, `NAME*` should not but may. */
type Row = readonly [name: string, progType: string, attachType?: AttachTypeName, more?: 'target' | 'sleepable'];

/** The section names that libbpf knows (section_defs in tools/lib/bpf/libbpf.c, v6.12); `.s` is added where it may be. */
const ROWS: readonly Row[] = [
  ['socket*', 'socket_filter'],
  ['sk_reuseport/migrate', 'sk_reuseport', 'SK_REUSEPORT_SELECT_OR_MIGRATE'],
  ['sk_reuseport*', 'sk_reuseport', 'SK_REUSEPORT_SELECT'],
  ['kprobe+', 'kprobe'],
  ['uprobe+', 'kprobe'],
  ['uprobe.s+', 'kprobe', 'NONE', 'sleepable'],
  ['kretprobe+', 'kprobe'],
  ['uretprobe+', 'kprobe'],
  ['uretprobe.s+', 'kprobe', 'NONE', 'sleepable'],
  ['kprobe.multi+', 'kprobe', 'TRACE_KPROBE_MULTI'],
  ['kretprobe.multi+', 'kprobe', 'TRACE_KPROBE_MULTI'],
  ['kprobe.session+', 'kprobe', 'TRACE_KPROBE_SESSION'],
  ['uprobe.multi+', 'kprobe', 'TRACE_UPROBE_MULTI'],
  ['uretprobe.multi+', 'kprobe', 'TRACE_UPROBE_MULTI'],
  ['uprobe.session+', 'kprobe', 'TRACE_UPROBE_SESSION'],
  ['uprobe.multi.s+', 'kprobe', 'TRACE_UPROBE_MULTI', 'sleepable'],
  ['uretprobe.multi.s+', 'kprobe', 'TRACE_UPROBE_MULTI', 'sleepable'],
  ['uprobe.session.s+', 'kprobe', 'TRACE_UPROBE_SESSION', 'sleepable'],
  ['ksyscall+', 'kprobe'],
  ['kretsyscall+', 'kprobe'],
  ['usdt+', 'kprobe'],
  ['usdt.s+', 'kprobe', 'NONE', 'sleepable'],
  ['tc/ingress', 'sched_cls', 'TCX_INGRESS'],
  ['tc/egress', 'sched_cls', 'TCX_EGRESS'],
  ['tcx/ingress', 'sched_cls', 'TCX_INGRESS'],
  ['tcx/egress', 'sched_cls', 'TCX_EGRESS'],
  ['tc*', 'sched_cls'],
  ['classifier*', 'sched_cls'],
  ['action*', 'sched_act'],
  ['netkit/primary', 'sched_cls', 'NETKIT_PRIMARY'],
  ['netkit/peer', 'sched_cls', 'NETKIT_PEER'],
  ['tracepoint+', 'tracepoint'],
  ['tp+', 'tracepoint'],
  ['raw_tracepoint+', 'raw_tracepoint'],
  ['raw_tp+', 'raw_tracepoint'],
  ['raw_tracepoint.w+', 'raw_tracepoint_writable'],
  ['raw_tp.w+', 'raw_tracepoint_writable'],
  ['tp_btf+', 'tracing', 'TRACE_RAW_TP', 'target'],
  ['fentry+', 'tracing', 'TRACE_FENTRY', 'target'],
  ['fmod_ret+', 'tracing', 'MODIFY_RETURN', 'target'],
  ['fexit+', 'tracing', 'TRACE_FEXIT', 'target'],
  ['freplace+', 'ext', 'NONE', 'target'],
  ['lsm+', 'lsm', 'LSM_MAC', 'target'],
  ['lsm_cgroup+', 'lsm', 'LSM_CGROUP', 'target'],
  ['iter+', 'tracing', 'TRACE_ITER', 'target'],
  ['syscall', 'syscall', 'NONE', 'sleepable'],
  ['xdp.frags/devmap', 'xdp', 'XDP_DEVMAP'],
  ['xdp/devmap', 'xdp', 'XDP_DEVMAP'],
  ['xdp_devmap/', 'xdp', 'XDP_DEVMAP'],
  ['xdp.frags/cpumap', 'xdp', 'XDP_CPUMAP'],
  ['xdp/cpumap', 'xdp', 'XDP_CPUMAP'],
  ['xdp_cpumap/', 'xdp', 'XDP_CPUMAP'],
  ['xdp.frags*', 'xdp', 'XDP'],
  ['xdp*', 'xdp', 'XDP'],
  ['perf_event*', 'perf_event'],
  ['lwt_in*', 'lwt_in'],
  ['lwt_out*', 'lwt_out'],
  ['lwt_xmit*', 'lwt_xmit'],
  ['lwt_seg6local*', 'lwt_seg6local'],
  ['sockops*', 'sock_ops', 'CGROUP_SOCK_OPS'],
  ['sk_skb/stream_parser*', 'sk_skb', 'SK_SKB_STREAM_PARSER'],
  ['sk_skb/stream_verdict*', 'sk_skb', 'SK_SKB_STREAM_VERDICT'],
  ['sk_skb/verdict*', 'sk_skb', 'SK_SKB_VERDICT'],
  ['sk_skb*', 'sk_skb'],
  ['sk_msg*', 'sk_msg', 'SK_MSG_VERDICT'],
  ['lirc_mode2*', 'lirc_mode2', 'LIRC_MODE2'],
  ['flow_dissector*', 'flow_dissector', 'FLOW_DISSECTOR'],
  ['cgroup_skb/ingress*', 'cgroup_skb', 'CGROUP_INET_INGRESS'],
  ['cgroup_skb/egress*', 'cgroup_skb', 'CGROUP_INET_EGRESS'],
  ['cgroup/skb*', 'cgroup_skb'],
  ['cgroup/sock_create*', 'cgroup_sock', 'CGROUP_INET_SOCK_CREATE'],
  ['cgroup/sock_release*', 'cgroup_sock', 'CGROUP_INET_SOCK_RELEASE'],
  ['cgroup/sock*', 'cgroup_sock', 'CGROUP_INET_SOCK_CREATE'],
  ['cgroup/post_bind4*', 'cgroup_sock', 'CGROUP_INET4_POST_BIND'],
  ['cgroup/post_bind6*', 'cgroup_sock', 'CGROUP_INET6_POST_BIND'],
  ['cgroup/bind4*', 'cgroup_sock_addr', 'CGROUP_INET4_BIND'],
  ['cgroup/bind6*', 'cgroup_sock_addr', 'CGROUP_INET6_BIND'],
  ['cgroup/connect4*', 'cgroup_sock_addr', 'CGROUP_INET4_CONNECT'],
  ['cgroup/connect6*', 'cgroup_sock_addr', 'CGROUP_INET6_CONNECT'],
  ['cgroup/connect_unix*', 'cgroup_sock_addr', 'CGROUP_UNIX_CONNECT'],
  ['cgroup/sendmsg4*', 'cgroup_sock_addr', 'CGROUP_UDP4_SENDMSG'],
  ['cgroup/sendmsg6*', 'cgroup_sock_addr', 'CGROUP_UDP6_SENDMSG'],
  ['cgroup/sendmsg_unix*', 'cgroup_sock_addr', 'CGROUP_UNIX_SENDMSG'],
  ['cgroup/recvmsg4*', 'cgroup_sock_addr', 'CGROUP_UDP4_RECVMSG'],
  ['cgroup/recvmsg6*', 'cgroup_sock_addr', 'CGROUP_UDP6_RECVMSG'],
  ['cgroup/recvmsg_unix*', 'cgroup_sock_addr', 'CGROUP_UNIX_RECVMSG'],
  ['cgroup/getpeername4*', 'cgroup_sock_addr', 'CGROUP_INET4_GETPEERNAME'],
  ['cgroup/getpeername6*', 'cgroup_sock_addr', 'CGROUP_INET6_GETPEERNAME'],
  ['cgroup/getpeername_unix*', 'cgroup_sock_addr', 'CGROUP_UNIX_GETPEERNAME'],
  ['cgroup/getsockname4*', 'cgroup_sock_addr', 'CGROUP_INET4_GETSOCKNAME'],
  ['cgroup/getsockname6*', 'cgroup_sock_addr', 'CGROUP_INET6_GETSOCKNAME'],
  ['cgroup/getsockname_unix*', 'cgroup_sock_addr', 'CGROUP_UNIX_GETSOCKNAME'],
  ['cgroup/sysctl*', 'cgroup_sysctl', 'CGROUP_SYSCTL'],
  ['cgroup/getsockopt*', 'cgroup_sockopt', 'CGROUP_GETSOCKOPT'],
  ['cgroup/setsockopt*', 'cgroup_sockopt', 'CGROUP_SETSOCKOPT'],
  ['cgroup/dev*', 'cgroup_device', 'CGROUP_DEVICE'],
  ['struct_ops+', 'struct_ops'],
  ['struct_ops.s+', 'struct_ops', 'NONE', 'sleepable'],
  ['sk_lookup*', 'sk_lookup', 'SK_LOOKUP'],
  ['netfilter', 'netfilter', 'NETFILTER'],
];

/** Names of ROWS that have a sleepable twin with `.s`. */
const SLEEPABLE_TWINS = new Set(['fentry', 'fmod_ret', 'fexit', 'lsm', 'iter']);

/**
 * What the name of a section says about its programs, or undefined if it is none that loaders know.
 *
 * @param section with or without the `?` that keeps a program from being loaded unless asked for
 */
export function sectionType(section: string): SectionType | undefined {
  const name = section.startsWith('?') ? section.slice(1) : section;
  const slash = name.indexOf('/');
  const stem = slash === -1 ? name : name.slice(0, slash);
  const isTwin = stem.endsWith('.s') && SLEEPABLE_TWINS.has(stem.slice(0, -2));
  const plain = isTwin ? stem.slice(0, -2) + name.slice(stem.length) : name;
  const row = ROWS.find(([pattern]) => matches(pattern, plain));
  if (row === undefined) return undefined;
  const [, progType, attachType = 'NONE', more] = row;
  return {
    progType,
    expectedAttachType: ATTACH_TYPE[attachType],
    sleepable: isTwin || more === 'sleepable',
    target: slash === -1 ? '' : name.slice(slash + 1),
    hasTarget: more === 'target',
  };
}

/**
 * A pattern with `*` stands for names that libbpf took with anything behind them before its version 1.0; a slash has to
 * come first here.
 */
function matches(pattern: string, name: string): boolean {
  if (pattern.endsWith('/')) return name.startsWith(pattern);
  const stem = /[+*]$/.test(pattern) ? pattern.slice(0, -1) : pattern;
  return name === stem || (stem !== pattern && name.startsWith(`${stem}/`));
}

import type { Btf } from '../../btf/btf.ts';
import { findMember } from '../../btf/members.ts';
import { resolveSize } from '../types/resolve-size.ts';
import { isIn, type VersionNumber, type VersionRange } from './version.ts';

/** Members of kernel objects that programs of a type may write: btf_struct_access() of its bpf_verifier_ops. */
interface WritableMembers extends VersionRange {
  readonly progTypes: readonly string[];
  readonly struct: string;
  /** Names, through nested structs by dots. */
  readonly members: readonly string[];
  /** Arrays that may be written in part; others begin where the write begins. */
  readonly arrays: readonly string[];
}

const WRITABLE: readonly WritableMembers[] = [
  // net/ipv4/bpf_tcp_ca.c, bpf_tcp_ca_btf_struct_access()
  {
    progTypes: ['struct_ops'],
    struct: 'tcp_sock',
    members: ['inet_conn.icsk_ack.pending', 'snd_cwnd', 'snd_cwnd_cnt', 'snd_ssthresh', 'ecn_flags'],
    arrays: ['inet_conn.icsk_ca_priv'],
  },
  {
    since: 'v6.0',
    progTypes: ['struct_ops'],
    struct: 'tcp_sock',
    members: ['inet_conn.icsk_inet.sk.sk_pacing_rate', 'inet_conn.icsk_inet.sk.sk_pacing_status'],
    arrays: [],
  },
  // net/netfilter/nf_conntrack_bpf.c, nf_conntrack_btf_struct_access()
  { since: 'v6.1', progTypes: ['sched_cls', 'xdp'], struct: 'nf_conn', members: ['mark'], arrays: [] },
];

/**
 * Whether a program may write a member of an object.
 *
 * @param struct the name of the type that is written, which is its own and not one nested in it
 * @param typeId the type
 * @throws BtfError if types can't be followed
 */
export function mayWriteObject(
  version: VersionNumber,
  progType: string,
  btf: Btf,
  struct: string,
  typeId: number,
  offset: number,
  size: number,
): boolean {
  const rules = WRITABLE.filter(
    (each) => each.progTypes.includes(progType) && each.struct === struct && isIn(each, version),
  );
  const hits = (path: string, inPart: boolean): boolean => {
    const member = locate(btf, typeId, path);
    if (member === undefined) return false;
    const begins = inPart ? offset >= member.start && offset < member.end : offset === member.start;
    return begins && offset + size <= member.end;
  };
  return rules.some(
    ({ members, arrays }) => members.some((path) => hits(path, false)) || arrays.some((path) => hits(path, true)),
  );
}

/** The bytes of a member of a member. */
function locate(btf: Btf, typeId: number, path: string): { readonly start: number; readonly end: number } | undefined {
  let current = typeId;
  let start = 0;
  for (const name of path.split('.')) {
    const member = findMember(btf, current, name);
    if (member === undefined) return undefined;
    start += Math.floor(member.bitOffset / 8);
    current = member.type;
  }
  const size = resolveSize(btf, current);
  return size === undefined ? undefined : { start, end: start + size.size };
}

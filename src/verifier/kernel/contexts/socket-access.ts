import type { VersionNumber } from '../version.ts';
import { accessLayout, layOut, type LayoutAccess } from './layout-access.ts';
import { layoutOf } from './program-types.ts';

/** Pointers to sockets, as enum bpf_reg_type has them. */
export type SocketKind = 'socket' | 'sock_common' | 'tcp_sock' | 'xdp_sock';

/** What PTR_TO_SOCK_COMMON hides: bpf_sock_common_is_valid_access(), net/core/filter.c. */
const HIDDEN = ['type', 'protocol', 'mark', 'priority'];
const LAYOUTS = { socket: 'bpf_sock', sock_common: 'bpf_sock', tcp_sock: 'bpf_tcp_sock', xdp_sock: 'bpf_xdp_sock' };

/**
 * Whether a pointer to a socket may be read at an offset with a width: check_sock_access(), kernel/bpf/verifier.c. All
 * kernels from v5.18 on say the same.
 *
 * @returns ctx_field_size, bytes of the field that a narrower load is cut out of, or 0; undefined where it is refused
 */
export function checkSocketAccess(kind: SocketKind, offset: number, size: number): number | undefined {
  return accessLayout(laidOut(kind), offset, size, false)?.fieldSize;
}

const cache = new Map<SocketKind, LayoutAccess>();
const ANY_KERNEL: VersionNumber = 0;

function laidOut(kind: SocketKind): LayoutAccess {
  const known = cache.get(kind);
  if (known !== undefined) return known;
  const layout = layoutOf(LAYOUTS[kind]);
  if (layout === undefined) throw new RangeError(`there is no layout ${LAYOUTS[kind]}`);
  const rules = kind === 'sock_common' ? { prog_type: kind, context: layout.context, hidden: HIDDEN } : undefined;
  const access = layOut(layout, undefined, rules, ANY_KERNEL, undefined);
  cache.set(kind, access);
  return access;
}

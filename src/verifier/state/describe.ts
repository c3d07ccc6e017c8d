import { FLAG, PACKET_RANGE, type Register, type RegisterType } from './register.ts';
import { nameOf } from '../../btf/btf.ts';
import { formatScalar } from '../scalar/format.ts';
import { isConstant, isConstantZero } from '../scalar/scalar.ts';

const NAMES: Readonly<Record<RegisterType, string>> = {
  not_init: 'not written',
  scalar: 'number',
  ctx: 'context',
  map_ptr: 'map',
  map_value: 'map value',
  map_key: 'map key',
  stack: 'stack',
  packet_meta: 'packet metadata',
  packet: 'packet',
  packet_end: 'end of the packet',
  flow_keys: 'flow keys',
  socket: 'struct bpf_sock',
  sock_common: 'struct sock_common',
  tcp_sock: 'struct bpf_tcp_sock',
  tp_buffer: 'tracepoint arguments',
  xdp_sock: 'struct bpf_xdp_sock',
  btf: 'object',
  mem: 'memory',
  buf: 'buffer',
  func: 'function',
  dynptr: 'dynamic pointer',
};

const FLAG_TEXTS: readonly (readonly [flag: number, text: string])[] = [
  [FLAG.maybeNull, 'may be NULL'],
  [FLAG.untrusted, 'untrusted'],
  [FLAG.user, 'in user space'],
  [FLAG.perCpu, 'per CPU'],
  [FLAG.readOnly, 'read-only'],
];

/** What a register is, short, for messages: `a number`, `a pointer to struct nf_conn that may be NULL`. */
export function briefly(register: Register): string {
  if (register.type === 'scalar') return 'a number';
  if (register.type === 'not_init') return 'not written';
  if (register.type === 'map_ptr') return `map ${register.map?.spec.name ?? ''}`;
  const adjectives = FLAG_TEXTS.filter(([flag]) => (register.flags & flag) !== 0).map(([, text]) => text);
  const suffix = adjectives.length === 0 ? '' : ` (${adjectives.join(', ')})`;
  return `a pointer to ${target(register)}${suffix}`;
}

/** What a pointer points to: `struct nf_conn`, `the stack`. */
export function target(register: Register): string {
  if (register.type === 'btf' && register.btf !== undefined)
    return `struct ${nameOf(register.btf.btf, register.typeId)}`;
  if (register.type === 'mem') return `${String(register.memSize)} bytes of memory`;
  if (register.type === 'map_value' || register.type === 'map_key') {
    return `a ${register.type === 'map_key' ? 'key' : 'value'} of map ${register.map?.spec.name ?? ''}`;
  }
  return `the ${NAMES[register.type]}`;
}

/** All that is known of a register, for reports. */
export function describeRegister(register: Register): string {
  if (register.type === 'not_init') return 'not written';
  if (register.type === 'scalar') {
    const text = formatScalar(register.scalar);
    return text.startsWith('any') ? text : `number ${text}`;
  }
  const parts = [briefly(register).replace(/^a /, '')];
  if (register.off !== 0) parts.push(`offset ${String(register.off)}`);
  if (!isConstantZero(register.scalar)) {
    parts.push(`${isConstant(register.scalar) ? 'plus' : 'variable offset'} ${formatScalar(register.scalar)}`);
  }
  if (register.type === 'packet' || register.type === 'packet_meta') parts.push(packetRange(register.range));
  if (register.refId !== 0) parts.push(`holds reference ${String(register.refId)}`);
  return parts.join(', ');
}

function packetRange(range: number): string {
  if (range === PACKET_RANGE.atEnd) return 'at or behind the end';
  if (range === PACKET_RANGE.beyondEnd) return 'behind the end';
  return `${String(range)} bytes known to be there`;
}

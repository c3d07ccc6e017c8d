import type { HelperArgument, HelperArgumentType } from '../kernel/helpers.ts';
import { FLAG, type Register, type RegisterType } from '../state/register.ts';

/** A register type that an argument takes. */
interface Accepted {
  readonly type: RegisterType;
  readonly flags: number;
}

const plain = (...types: RegisterType[]): readonly Accepted[] => types.map((type) => ({ type, flags: 0 }));

const KEY_OR_VALUE = plain('stack', 'packet', 'packet_meta', 'map_key', 'map_value');
const SOCKETS = plain('sock_common', 'socket', 'tcp_sock', 'xdp_sock');
const MAP_VALUE = plain('map_value');
const SCALAR = plain('scalar');
const ALLOCATED: readonly Accepted[] = [{ type: 'mem', flags: FLAG.allocated }];

/** compatible_reg_types[], kernel/bpf/verifier.c: the registers that an argument takes. */
const ACCEPTED: Readonly<Partial<Record<HelperArgumentType, readonly Accepted[]>>> = {
  ptr_to_map_key: KEY_OR_VALUE,
  ptr_to_map_value: KEY_OR_VALUE,
  const_size: SCALAR,
  const_size_or_zero: SCALAR,
  const_alloc_size_or_zero: SCALAR,
  const_map_ptr: plain('map_ptr'),
  ptr_to_ctx: plain('ctx'),
  ptr_to_sock_common: SOCKETS,
  ptr_to_btf_id_sock_common: [...SOCKETS, ...plain('btf')],
  ptr_to_socket: plain('socket'),
  ptr_to_btf_id: plain('btf'),
  ptr_to_spin_lock: MAP_VALUE,
  ptr_to_mem: [...KEY_OR_VALUE, ...plain('mem'), ...ALLOCATED, ...plain('buf')],
  ptr_to_alloc_mem: ALLOCATED,
  ptr_to_int: KEY_OR_VALUE,
  ptr_to_long: KEY_OR_VALUE,
  ptr_to_percpu_btf_id: [{ type: 'btf', flags: FLAG.perCpu }],
  ptr_to_func: plain('func'),
  ptr_to_stack: plain('stack'),
  ptr_to_const_str: MAP_VALUE,
  ptr_to_timer: MAP_VALUE,
  ptr_to_kptr: MAP_VALUE,
  ptr_to_dynptr: plain('stack', 'dynptr'),
};

/** The first part of check_reg_type(); undefined if the argument's type is not modelled. */
export function accepts(type: HelperArgumentType, argument: HelperArgument, register: Register): boolean | undefined {
  const accepted = ACCEPTED[type];
  if (accepted === undefined) return undefined;
  let { flags } = register;
  if (argument.flags.includes('rdonly')) flags &= ~FLAG.readOnly;
  if (argument.flags.includes('maybe_null')) flags &= ~FLAG.maybeNull;
  return accepted.some((each) => each.type === register.type && each.flags === flags);
}

const TRUSTED_OBJECTS: readonly Accepted[] = [0, FLAG.trusted, FLAG.rcu].map((flags) => ({ type: 'btf', flags }));
const MEMORY: readonly Accepted[] = [
  ...KEY_OR_VALUE,
  ...plain('mem'),
  ...ALLOCATED,
  ...plain('buf'),
  { type: 'btf', flags: FLAG.trusted },
];

/** The same since pointers to objects are trusted or not, and all memory is one. */
const ACCEPTED_TRUSTED: Readonly<Partial<Record<HelperArgumentType, readonly Accepted[]>>> = {
  ...ACCEPTED,
  ptr_to_map_key: MEMORY,
  ptr_to_map_value: MEMORY,
  ptr_to_mem: MEMORY,
  scalar: SCALAR,
  ptr_to_btf_id: TRUSTED_OBJECTS,
  ptr_to_btf_id_sock_common: [...SOCKETS, ...TRUSTED_OBJECTS.slice(0, 2)],
  ptr_to_percpu_btf_id: [FLAG.perCpu, FLAG.perCpu | FLAG.rcu, FLAG.perCpu | FLAG.trusted].map((flags) => ({
    type: 'btf',
    flags,
  })),
};

/** Arguments for which mem_types are accepted. */
export function takesMemory(type: HelperArgumentType): boolean {
  return ACCEPTED_TRUSTED[type] === MEMORY;
}

export function acceptsTrusted(
  type: HelperArgumentType,
  argument: HelperArgument,
  register: Register,
): boolean | undefined {
  const accepted = ACCEPTED_TRUSTED[type];
  if (accepted === undefined) return undefined;
  let { flags } = register;
  if (argument.flags.includes('rdonly')) flags &= ~FLAG.readOnly;
  if (argument.flags.includes('maybe_null')) flags &= ~FLAG.maybeNull;
  return accepted.some((each) => each.type === register.type && each.flags === flags);
}

const TEXTS: Readonly<Partial<Record<HelperArgumentType, string>>> = {
  ptr_to_map_key: 'a pointer to a key',
  ptr_to_map_value: 'a pointer to a value',
  const_size: 'a number',
  const_size_or_zero: 'a number',
  const_alloc_size_or_zero: 'a number',
  const_map_ptr: 'a map',
  ptr_to_ctx: 'the context',
  ptr_to_sock_common: 'a socket',
  ptr_to_btf_id_sock_common: 'a socket',
  ptr_to_socket: 'a full socket',
  ptr_to_btf_id: 'an object of the kernel',
  ptr_to_spin_lock: 'a lock in a map value',
  ptr_to_mem: 'a pointer to memory',
  ptr_to_alloc_mem: 'a record reserved in a ring buffer',
  ptr_to_int: 'a pointer to an int',
  ptr_to_long: 'a pointer to a long',
  ptr_to_percpu_btf_id: 'a per-CPU variable',
  ptr_to_func: 'a function of the program',
  ptr_to_stack: 'a pointer to the stack',
  ptr_to_const_str: 'a constant string',
  ptr_to_timer: 'a timer in a map value',
  ptr_to_kptr: 'a referenced kptr in a map value',
  ptr_to_dynptr: 'a dynamic pointer',
};

/** What an argument takes, for messages. */
export function expectation(type: HelperArgumentType): string {
  return TEXTS[type] ?? type;
}

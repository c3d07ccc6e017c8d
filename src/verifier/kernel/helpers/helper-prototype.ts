import type { ArgumentFlag, ArgumentType, ReturnType } from '../../../../generated/types/helper.ts';

/** enum bpf_arg_type without ARG_, in lower case. */
export type HelperArgumentType = ArgumentType;

/** enum bpf_type_flag of an argument without its prefixes, in lower case. `uninit` memory is written to as well. */
export type HelperArgumentFlag = ArgumentFlag;

/** enum bpf_return_type without RET_, in lower case; memory of ring buffer records and dynptrs has names of its own. */
export type HelperReturnType = ReturnType;

/** An argument of a helper. */
export interface HelperArgument {
  readonly type: HelperArgumentType;
  readonly flags: readonly HelperArgumentFlag[];
  /** Bytes of memory of a fixed size. */
  readonly size: number | undefined;
  /** Struct that must be pointed to; undefined for ptr_to_btf_id: the verifier decides, as for kptr_xchg. */
  readonly btf: string | undefined;
}

/** What a helper returns. */
export interface HelperReturn {
  readonly type: HelperReturnType;
  readonly maybeNull: boolean;
  /** Memory that must not be written. */
  readonly readOnly: boolean;
  /** A pointer with PTR_TRUSTED. */
  readonly trusted: boolean;
  /** Struct that is pointed to; undefined for ptr_to_btf_id: the verifier decides, as for kptr_xchg. */
  readonly btf: string | undefined;
}

/** What struct bpf_func_proto says, of one helper in one kernel for some program types. */
export interface HelperPrototype {
  readonly id: number;
  /** BPF_FUNC_… without the prefix: `map_lookup_elem`. */
  readonly name: string;
  readonly gplOnly: boolean;
  /** Memory arguments may be packet memory. */
  readonly packetAccess: boolean;
  /** Only sleepable programs may call it. */
  readonly mightSleep: boolean;
  /** Packet pointers are invalid after the call (bpf_helper_changes_pkt_data()). */
  readonly changesPacket: boolean;
  readonly returns: HelperReturn;
  /** At most five; registers beyond them are not looked at. */
  readonly args: readonly HelperArgument[];
}

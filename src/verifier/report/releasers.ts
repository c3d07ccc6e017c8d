import { kindOf, nameOf, targetOf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { CALL } from '../../program/encoding.ts';
import { findDtorKfunc } from '../../tables/lookup.ts';
import { helperName } from '../kernel/helpers.ts';
import { describeKfunc, type Kfunc, type KfuncCaller } from '../kernel/kfunc.ts';
import type { Kernel, KernelBtf } from '../kernel/kernel.ts';
import type { Prepared } from '../walk/walk.ts';

/** What ends a reference. */
export interface Releasers {
  /** Functions that programs of the type may call. */
  readonly functions: readonly string[];
  /** Whether the object may be left in a map. */
  readonly mayStayInMap: boolean;
}

const RELEASING_HELPERS: Readonly<Record<string, readonly string[]>> = {
  ringbuf_reserve: ['bpf_ringbuf_submit', 'bpf_ringbuf_discard'],
  ringbuf_reserve_dynptr: ['bpf_ringbuf_submit_dynptr', 'bpf_ringbuf_discard_dynptr'],
  sk_lookup_tcp: ['bpf_sk_release'],
  sk_lookup_udp: ['bpf_sk_release'],
  skc_lookup_tcp: ['bpf_sk_release'],
};

/** What releases what the call in a slot acquired; undefined where that is not known. */
export function releasersOf({ kernel, kfuncs, code, helpers, program }: Prepared, insn: number): Releasers | undefined {
  const kfunc = code.src[insn] === CALL.kfunc ? kfuncs[insn] : undefined;
  if (kfunc === undefined) {
    const functions = RELEASING_HELPERS[helperName(helpers, code.imm[insn] ?? 0)];
    return functions === undefined ? undefined : { functions, mayStayInMap: false };
  }
  const { btf, object } = kfunc.btf;
  if (kindOf(btf, kfunc.returns) !== 'ptr') return undefined;
  const type = skipTypedefs(btf, targetOf(btf, kfunc.returns));
  const functions = kfuncsOf(kernel, program)
    .filter(({ flags }) => flags.allowed && flags.release)
    .filter((each) => takes(each, kfunc.btf, type))
    .map(({ name }) => name);
  return {
    functions: [...new Set(functions)].sort(),
    mayStayInMap: object !== undefined && findDtorKfunc(object, type) > 0,
  };
}

/** Modules know types of vmlinux by ids of their own where they carry a base: names decide between BTFs. */
function takes({ btf, parameters }: Kfunc, owner: KernelBtf, type: number): boolean {
  const pointee = parameters[0]?.pointee ?? 0;
  if (pointee === 0) return false;
  return btf === owner ? pointee === type : nameOf(btf.btf, pointee) === nameOf(owner.btf, type);
}

/** Everything that is registered, as a program sees it. */
function kfuncsOf(kernel: Kernel, caller: KfuncCaller): readonly Kfunc[] {
  return [kernel.vmlinux, ...kernel.modules].flatMap((owner) => {
    const slots = owner.object?.kfuncTable ?? [];
    const ids = new Set(slots.flatMap((slot) => [...(slot?.ids ?? [])]));
    return [...ids].map((id) => describeKfunc(kernel, owner, id, caller));
  });
}

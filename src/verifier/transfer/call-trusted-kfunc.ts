import { acquire } from './acquire.ts';
import { iteratorIn, nextElement } from './iterators.ts';
import { checkTrustedArguments, type KfuncMeta } from './kfunc-trusted-arguments.ts';
import { releaseById } from './release.ts';
import { changeSections } from './sections.ts';
import { isOwnKind } from './special-kfuncs.ts';
import { kindOf, targetOf } from '../../btf/btf.ts';
import { findIdByName } from '../../btf/find.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { isScalarType, isStructType, typeText, type Kfunc } from '../kernel/kfunc.ts';
import { acquireReturns } from '../rules/kfunc/acquire-returns-pointer.rule.ts';
import { kfuncSleepsLater } from '../rules/kfunc/sleepable-program.rule.ts';
import { returnedPointer } from '../rules/kfunc/returned-pointer.rule.ts';
import { releaseUnknown } from '../rules/ref/release-unknown.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { LIVE } from '../state/cell.ts';
import { CALLER_SAVED, registerOf } from '../state/frame.ts';
import { FLAG, NOT_INIT, pointer, UNKNOWN_REGISTER, type Register } from '../state/register.ts';
import { resolveSize } from '../types/resolve-size.ts';
import { markRead } from '../walk/liveness.ts';
import { frameOf, nextId, readRegister, type Walk } from '../walk/walk.ts';

/**
 * A call of a kfunc that the program may call: check_kfunc_call(), kernel/bpf/verifier.c, from v6.2 on.
 *
 * @throws Rejection
 */
export function callTrustedKfunc(walk: Walk, kfunc: Kfunc): void {
  const { flags, name } = kfunc;
  const isKernels = kfunc.btf === walk.prepared.kernel.vmlinux;
  if (isKernels && isOwnKind(name)) throw new NotModelled(`${name}()`);
  if (flags.sleepable && !walk.prepared.program.sleepable) reject(kfuncSleepsLater, { kfunc: name });
  const meta = checkTrustedArguments(walk, kfunc);
  changeSections(walk, kfunc, isKernels);
  if (meta.releases > 0) {
    const { refId } = readRegister(walk, meta.releases);
    if (!releaseById(walk, refId)) reject(releaseUnknown, { function: name, reference: refId });
  }
  const frame = frameOf(walk);
  for (let number = 0; number < CALLER_SAVED; number++) registerOf(frame, number).register = NOT_INIT;
  checkAcquire(kfunc);
  const cell = registerOf(frame, 0);
  const result = resultOf(walk, kfunc, meta, isKernels);
  if (result !== undefined) {
    cell.register = result;
    cell.live |= LIVE.written;
  }
  for (let number = 1; number <= kfunc.parameters.length; number++) {
    const argument = registerOf(frame, number);
    markRead(argument, argument.parent);
  }
  if (flags.iterNext && meta.iterator !== undefined) nextElement(walk, meta.iterator);
}

function checkAcquire({ flags, btf: { btf }, returns, name }: Kfunc): void {
  if (!flags.acquire) return;
  const isFine = kindOf(btf, returns) === 'ptr' && isStructType(btf, skipTypedefs(btf, targetOf(btf, returns)));
  if (!isFine) reject(acquireReturns, { kfunc: name, type: typeText(btf, returns) });
}

/** What R0 holds after the call; undefined: nothing. */
function resultOf(walk: Walk, kfunc: Kfunc, meta: KfuncMeta, isKernels: boolean): Register | undefined {
  const { btf } = kfunc.btf;
  if (isScalarType(btf, kfunc.returns)) return UNKNOWN_REGISTER;
  const kind = kindOf(btf, kfunc.returns);
  if (kind === 'void') return undefined;
  if (kind !== 'ptr') throw new NotModelled(`what ${kfunc.name}() returns`);
  const typeId = skipTypedefs(btf, targetOf(btf, kfunc.returns));
  const { flags } = kfunc;
  let result = isKernels ? specialResult(walk, kfunc, meta) : undefined;
  result ??= plainResult(walk, kfunc, typeId, meta);
  if (flags.retNull) result = { ...result, flags: result.flags | FLAG.maybeNull, id: nextId(walk) };
  if (!flags.acquire) return result;
  const id = acquire(walk, walk.insn);
  return { ...result, id: flags.retNull ? id : result.id, refId: id };
}

/** Results of kfuncs that the verifier knows by name. */
function specialResult(walk: Walk, { name, btf }: Kfunc, meta: KfuncMeta): Register | undefined {
  if (name === 'bpf_rdonly_cast') {
    const typeId = meta.constant ?? 0;
    if (!isStruct(btf.btf, typeId)) reject(returnedPointer, { kfunc: name, type: `type ${String(typeId)}` });
    return pointer('btf', { flags: FLAG.untrusted, btf, typeId });
  }
  if (name !== 'bpf_cast_to_kern_ctx') return undefined;
  const struct = KERNEL_CONTEXTS[walk.prepared.typeInfo.contextStruct ?? ''];
  const typeId = struct === undefined ? undefined : findIdByName(btf.btf, struct, 'struct');
  if (typeId === undefined) throw new NotModelled('the context as the kernel has it');
  return pointer('btf', { flags: FLAG.trusted, btf, typeId });
}

/** What the kernel has for the contexts of programs: bpf_ctx_convert. */
const KERNEL_CONTEXTS: Readonly<Record<string, string>> = { __sk_buff: 'sk_buff', xdp_md: 'xdp_buff' };

function isStruct(btf: Kfunc['btf']['btf'], typeId: number): boolean {
  try {
    return kindOf(btf, typeId) === 'struct';
  } catch {
    throw new NotModelled('a type by a number that is none');
  }
}

function plainResult(walk: Walk, kfunc: Kfunc, typeId: number, meta: KfuncMeta): Register {
  const { btf } = kfunc.btf;
  const kind = kindOf(btf, typeId);
  if (kind === 'void') return UNKNOWN_REGISTER;
  if (kind !== 'struct') return bufferOf(kfunc, typeId, meta);
  let flags = 0;
  if (kfunc.flags.iterNext && meta.iterator !== undefined) {
    const iterator = iteratorIn(walk.state, meta.iterator);
    flags = iterator !== undefined && (iterator.flags & FLAG.rcu) !== 0 ? FLAG.rcu : FLAG.trusted;
  }
  return pointer('btf', { btf: kfunc.btf, typeId, flags });
}

function bufferOf(kfunc: Kfunc, typeId: number, { bufferSize, isReadOnly, refId }: KfuncMeta): Register {
  const { btf } = kfunc.btf;
  // Without a size among the arguments it is one value of that type, to be read.
  const size = bufferSize !== 0 ? bufferSize : (resolveSize(btf, typeId)?.size ?? 0);
  if (size === 0) reject(returnedPointer, { kfunc: kfunc.name, type: typeText(btf, typeId) });
  const flags = isReadOnly || bufferSize === 0 ? FLAG.readOnly : 0;
  return pointer('mem', { flags, memSize: size, refId });
}

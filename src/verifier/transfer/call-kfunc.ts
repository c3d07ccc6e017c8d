import { acquire } from './acquire.ts';
import { callTrustedKfunc } from './call-trusted-kfunc.ts';
import { checkKfuncArguments, type KfuncArguments } from './kfunc-arguments.ts';
import { releaseById } from './release.ts';
import { kindOf, targetOf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { isScalarType, isStructType, typeText, type Kfunc } from '../kernel/kfunc.ts';
import { acquireReturns } from '../rules/kfunc/acquire-returns-pointer.rule.ts';
import { kfuncNotAllowed } from '../rules/kfunc/not-allowed.rule.ts';
import { returnedPointer } from '../rules/kfunc/returned-pointer.rule.ts';
import { releaseUnknown } from '../rules/ref/release-unknown.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import { LIVE } from '../state/cell.ts';
import { CALLER_SAVED, registerOf } from '../state/frame.ts';
import { FLAG, NOT_INIT, pointer, type Register } from '../state/register.ts';
import { markRead } from '../walk/liveness.ts';
import { frameOf, nextId, readRegister, unknownScalar, type Walk } from '../walk/walk.ts';

/**
 * A call of a kfunc: check_kfunc_call(), kernel/bpf/verifier.c, up to v6.1.
 *
 * @returns the slot that follows
 * @throws Rejection
 */
export function callKfunc(walk: Walk): number {
  const next = walk.insn + 1;
  const kfunc = walk.prepared.kfuncs[walk.insn];
  // A weak kfunc that is missing: refused at the end, if the call is reached.
  if (kfunc === undefined) {
    walk.missingKfunc ??= walk.insn;
    return next;
  }
  checkAllowed(walk, kfunc);
  if (walk.prepared.behaviours.trustsPointers) {
    callTrustedKfunc(walk, kfunc);
    return next;
  }
  const args = checkKfuncArguments(walk, kfunc);
  if (args.releases > 0) {
    const { refId } = readRegister(walk, args.releases);
    if (!releaseById(walk, refId)) reject(releaseUnknown, { function: kfunc.name, reference: refId });
  }
  const frame = frameOf(walk);
  for (let number = 0; number < CALLER_SAVED; number++) registerOf(frame, number).register = NOT_INIT;
  checkAcquire(walk, kfunc);
  const cell = registerOf(frame, 0);
  const result = resultOf(walk, kfunc, args);
  if (result !== undefined) {
    cell.register = result;
    cell.live |= LIVE.written;
  }
  for (let number = 1; number <= kfunc.parameters.length; number++) {
    const argument = registerOf(frame, number);
    markRead(argument, argument.parent);
  }
  return next;
}

function checkAllowed(walk: Walk, kfunc: Kfunc): void {
  const { flags } = kfunc;
  const { progType } = walk.prepared.program;
  if (flags.allowed) return;
  const others = walk.prepared.kernel.profile.prog_types.filter((type) => walk.prepared.mayCall(kfunc, type));
  const help =
    others.length === 0
      ? 'this kernel does not export it to any program: call another kfunc'
      : `it is registered for ${others.join(', ')}`;
  const isSetOnly = flags.acquire || flags.release || flags.retNull || flags.kptrGet;
  const why = isSetOnly ? 'it is in other sets, and not in the check set' : 'it is not registered for them';
  reject(kfuncNotAllowed, { progType, kfunc: kfunc.name, why, help });
}

/** From v6.1 on what is acquired is a struct. */
function checkAcquire(walk: Walk, kfunc: Kfunc): void {
  if (!kfunc.flags.acquire) return;
  const { btf } = kfunc.btf;
  const isPointer = kindOf(btf, kfunc.returns) === 'ptr';
  const isFine = walk.prepared.behaviours.acquireReturnsStruct
    ? isPointer && isStructType(btf, skipTypedefs(btf, targetOf(btf, kfunc.returns)))
    : isPointer;
  if (!isFine) reject(acquireReturns, { kfunc: kfunc.name, type: typeText(btf, kfunc.returns) });
}

/** What R0 holds after the call; undefined: nothing. */
function resultOf(walk: Walk, kfunc: Kfunc, args: KfuncArguments): Register | undefined {
  const { btf } = kfunc.btf;
  if (isScalarType(btf, kfunc.returns)) return unknownScalar(walk);
  const kind = kindOf(btf, kfunc.returns);
  if (kind === 'void') return undefined;
  if (kind !== 'ptr') throw new NotModelled(`what ${kfunc.name}() returns`);
  const typeId = skipTypedefs(btf, targetOf(btf, kfunc.returns));
  const result = isStructType(btf, typeId) ? pointer('btf', { btf: kfunc.btf, typeId }) : bufferOf(kfunc, typeId, args);
  return withReference(walk, kfunc, result);
}

function bufferOf(kfunc: Kfunc, typeId: number, { buffer, refId }: KfuncArguments): Register {
  if (buffer === undefined || buffer.size === 0) {
    reject(returnedPointer, { kfunc: kfunc.name, type: typeText(kfunc.btf.btf, typeId) });
  }
  // It is part of the object of which the argument holds a reference, and goes with it.
  return pointer('mem', { flags: buffer.isReadOnly ? FLAG.readOnly : 0, memSize: buffer.size, refId });
}

function withReference(walk: Walk, { flags }: Kfunc, result: Register): Register {
  const checked = flags.retNull ? { ...result, flags: result.flags | FLAG.maybeNull, id: nextId(walk) } : result;
  if (!flags.acquire) return checked;
  const id = acquire(walk, walk.insn);
  return { ...checked, id, refId: id };
}

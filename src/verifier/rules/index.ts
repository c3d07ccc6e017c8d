import { divisionByZero } from './alu/division-by-zero.rule.ts';
import { pointer32 } from './alu/pointer-32-bit.rule.ts';
import { pointerMayBeNull } from './alu/pointer-may-be-null.rule.ts';
import { insaneOffset } from './alu/pointer-offset.rule.ts';
import { pointerOperation } from './alu/pointer-operation.rule.ts';
import { pointerFixed } from './alu/pointer-type.rule.ts';
import { invalidShift } from './alu/shift.rule.ts';
import { subtractsFromStack } from './alu/subtract-from-stack.rule.ts';
import { subtractsPointer } from './alu/subtract-pointer.rule.ts';
import { atomicOperation } from './atomic/operation.rule.ts';
import { atomicTarget } from './atomic/target.rule.ts';
import { callbackNoInfo } from './callback/func-info.rule.ts';
import { callbackMain } from './callback/main.rule.ts';
import { callbackMap } from './callback/map-type.rule.ts';
import { callbackReturnRange } from './callback/return-range.rule.ts';
import { callbackReturnType } from './callback/return-type.rule.ts';
import { callbackSeveralMaps } from './callback/several-maps.rule.ts';
import { callbackNotStatic } from './callback/static.rule.ts';
import { contextAccess } from './context/invalid-access.rule.ts';
import { contextInconvertible } from './context/no-such-field.rule.ts';
import { dynptrFromMem } from './dynptr/from-mem.rule.ts';
import { dynptrInitialized } from './dynptr/initialized.rule.ts';
import { dynptrOffset } from './dynptr/offset.rule.ts';
import { dynptrUninitialized } from './dynptr/uninitialized.rule.ts';
import { backEdge } from './flow/back-edge.rule.ts';
import { callTooDeep } from './flow/call-depth.rule.ts';
import { callOutOfRange } from './flow/call-out-of-range.rule.ts';
import { lastInstruction } from './flow/end-of-function.rule.ts';
import { tooManyFunctions } from './flow/functions.rule.ts';
import { infiniteLoop } from './flow/infinite-loop.rule.ts';
import { intoWideInstruction } from './flow/into-wide-instruction.rule.ts';
import { jumpOutOfRange } from './flow/jump-out-of-range.rule.ts';
import { stackTooLarge } from './flow/stack-size.rule.ts';
import { tailCallStackTooLarge } from './flow/tail-call-stack.rule.ts';
import { unreachable } from './flow/unreachable.rule.ts';
import { helperArgumentType } from './helper/argument-type.rule.ts';
import { notConstantSize } from './helper/constant-size.rule.ts';
import { constantString } from './helper/constant-string.rule.ts';
import { getFuncIp } from './helper/get-func-ip.rule.ts';
import { helperGpl } from './helper/gpl-only.rule.ts';
import { localStorageFlags } from './helper/local-storage-flags.rule.ts';
import { helperMapType } from './helper/map-type.rule.ts';
import { helperMemoryType } from './helper/memory.rule.ts';
import { helperSleeps } from './helper/might-sleep.rule.ts';
import { sizeNegative } from './helper/negative-size.rule.ts';
import { helperMisconfigured } from './helper/no-map.rule.ts';
import { helperNotAllowed } from './helper/not-allowed.rule.ts';
import { helperObjectType } from './helper/object-type.rule.ts';
import { helperPacket } from './helper/packet-argument.rule.ts';
import { setRetval } from './helper/set-retval.rule.ts';
import { sockmapArgument } from './helper/sockmap-value.rule.ts';
import { stringWithoutEnd } from './helper/string-end.rule.ts';
import { sizeUnbounded } from './helper/unbounded-size.rule.ts';
import { helperUnknown } from './helper/unknown.rule.ts';
import { reservedFields } from './insn/reserved-fields.rule.ts';
import { unknownOpcode } from './insn/unknown-opcode.rule.ts';
import { wideLoad } from './insn/wide-load.rule.ts';
import { iteratorArgument } from './iterator/argument.rule.ts';
import { iteratorSection } from './iterator/section.rule.ts';
import { acquireReturns } from './kfunc/acquire-returns-pointer.rule.ts';
import { kfuncArgumentKind } from './kfunc/argument-kind.rule.ts';
import { kfuncTooManyArguments } from './kfunc/arguments.rule.ts';
import { kfuncBufferSizes } from './kfunc/buffer-size.rule.ts';
import { kfuncConstant } from './kfunc/constant-argument.rule.ts';
import { kfuncContext } from './kfunc/context-argument.rule.ts';
import { kfuncDynptr } from './kfunc/dynptr.rule.ts';
import { kfuncWithoutGpl } from './kfunc/gpl.rule.ts';
import { kfuncMemoryPair } from './kfunc/memory-size-pair.rule.ts';
import { kfuncMemorySize } from './kfunc/memory-size.rule.ts';
import { kfuncMemoryType } from './kfunc/memory-type.rule.ts';
import { kfuncMemory } from './kfunc/memory.rule.ts';
import { kfuncEliminated } from './kfunc/missing-is-called.rule.ts';
import { kfuncNotAllowed } from './kfunc/not-allowed.rule.ts';
import { kfuncNotFound } from './kfunc/not-found.rule.ts';
import { kfuncObjectParameter } from './kfunc/object-parameter.rule.ts';
import { kfuncObjectType } from './kfunc/object-type.rule.ts';
import { kfuncPossiblyNull } from './kfunc/possibly-null.rule.ts';
import { kfuncModel } from './kfunc/prototype.rule.ts';
import { kfuncRcu } from './kfunc/rcu-argument.rule.ts';
import { returnedPointer } from './kfunc/returned-pointer.rule.ts';
import { kfuncScalar } from './kfunc/scalar-argument.rule.ts';
import { kfuncSleepsLater } from './kfunc/sleepable-program.rule.ts';
import { kfuncSleeps } from './kfunc/sleepable.rule.ts';
import { kfuncTooManyModules } from './kfunc/too-many-modules.rule.ts';
import { kfuncTooMany } from './kfunc/too-many.rule.ts';
import { kfuncTrusted } from './kfunc/trusted-argument.rule.ts';
import { kptrGetMapValue } from './kptr-get/map-value.rule.ts';
import { kptrGetConstant } from './kptr-get/offset.rule.ts';
import { kptrGetPrototype } from './kptr-get/prototype.rule.ts';
import { kptrGetReferenced } from './kptr-get/referenced.rule.ts';
import { kptrGetType } from './kptr-get/type.rule.ts';
import { kptrMode } from './kptr/access-mode.rule.ts';
import { kptrSize } from './kptr/access-size.rule.ts';
import { kptrIndirect } from './kptr/indirect-access.rule.ts';
import { xchgNeedsBtf } from './kptr/map-without-btf.rule.ts';
import { kptrMisaligned } from './kptr/misaligned.rule.ts';
import { xchgNoKptr } from './kptr/no-valid-kptr.rule.ts';
import { xchgNotKptr } from './kptr/not-a-kptr.rule.ts';
import { kptrStoreImmediate } from './kptr/store-immediate.rule.ts';
import { kptrStoreReferenced } from './kptr/store-referenced.rule.ts';
import { kptrStoreType } from './kptr/store-type.rule.ts';
import { kptrVariableOffset } from './kptr/variable-offset.rule.ts';
import { xchgConstantOffset } from './kptr/xchg-offset.rule.ts';
import { xchgNotReferenced } from './kptr/xchg-unreferenced.rule.ts';
import { verifierGivesUp } from './limit/backtracking.rule.ts';
import { tooManyBranches } from './limit/branches.rule.ts';
import { tooComplex } from './limit/instructions.rule.ts';
import { loadAbsContext } from './load-abs/context.rule.ts';
import { loadAbsProgram } from './load-abs/program-type.rule.ts';
import { attachTargetRefused } from './load/attach-target.rule.ts';
import { directValue } from './load/direct-value.rule.ts';
import { emptyProgram } from './load/empty.rule.ts';
import { functionInfo } from './load/func-info.rule.ts';
import { programGpl } from './load/gpl.rule.ts';
import { kernelVariable } from './load/kernel-variable.rule.ts';
import { kfuncAddress } from './load/kfunc-address.rule.ts';
import { loadAbsInFunction } from './load/load-abs.rule.ts';
import { mapForProgram } from './load/map-program.rule.ts';
import { tooManyMaps } from './load/maps.rule.ts';
import { tailCallInFunction } from './load/tail-call.rule.ts';
import { lockAddress } from './lock/address.rule.ts';
import { callUnderLock } from './lock/call.rule.ts';
import { lockHeldAtExit } from './lock/held-at-exit.rule.ts';
import { loadAbsUnderLock } from './lock/load-abs.rule.ts';
import { unlockNothing } from './lock/not-held.rule.ts';
import { unlockOther } from './lock/other.rule.ts';
import { directRead } from './map-access/direct-read.rule.ts';
import { mapReadForbidden } from './map-access/read.rule.ts';
import { specialField } from './map-access/special-field.rule.ts';
import { spinLockAccess } from './map-access/spin-lock.rule.ts';
import { timerAccess } from './map-access/timer.rule.ts';
import { mapWriteForbidden } from './map-access/write.rule.ts';
import { bufferAccess } from './memory/buffer-offset.rule.ts';
import { differentPointers } from './memory/different-pointers.rule.ts';
import { notAddress } from './memory/invalid-pointer.rule.ts';
import { misaligned } from './memory/misaligned.rule.ts';
import { modifiedPointer } from './memory/modified-pointer.rule.ts';
import { minimumNegative } from './memory/negative-offset.rule.ts';
import { outOfBounds } from './memory/out-of-bounds.rule.ts';
import { readOnlyMemory } from './memory/read-only.rule.ts';
import { unbounded } from './memory/unbounded.rule.ts';
import { objectWithoutGpl } from './object/gpl.rule.ts';
import { objectAccess } from './object/invalid-access.rule.ts';
import { mapObjectAccess } from './object/map.rule.ts';
import { objectNegative } from './object/negative-offset.rule.ts';
import { objectPerCpu } from './object/per-cpu.rule.ts';
import { objectReadOnly } from './object/read-only.rule.ts';
import { objectUser } from './object/user-memory.rule.ts';
import { objectVariable } from './object/variable-offset.rule.ts';
import { beyondPacket } from './packet/beyond-end.rule.ts';
import { outOfPacket } from './packet/out-of-bounds.rule.ts';
import { packetReadOnly } from './packet/read-only.rule.ts';
import { releaseUnknown } from './ref/release-unknown.rule.ts';
import { releaseUnreferenced } from './ref/release-unreferenced.rule.ts';
import { leak } from './ref/leak.rule.ts';
import { loadAbsLeak } from './ref/load-abs.rule.ts';
import { releaseMoved } from './ref/release-moved.rule.ts';
import { tailCallLeak } from './ref/tail-call.rule.ts';
import { twoReferences } from './ref/two-arguments.rule.ts';
import { framePointer } from './register/frame-pointer.rule.ts';
import { notReadable } from './register/not-readable.rule.ts';
import { noSuchRegister } from './register/unknown.rule.ts';
import { asyncReturn } from './return/async-callback.rule.ts';
import { returnRefused } from './return/attach-type.rule.ts';
import { returnValue } from './return/range.rule.ts';
import { returnType } from './return/type.rule.ts';
import { sectionOpen } from './section/open.rule.ts';
import { sleepsInSection } from './section/sleeps.rule.ts';
import { sectionUnbalanced } from './section/unbalanced.rule.ts';
import { socketAccess } from './socket/invalid-access.rule.ts';
import { stackOutOfBounds } from './stack/out-of-bounds.rule.ts';
import { spillToCaller } from './stack/pointer-to-caller.rule.ts';
import { spillSize } from './stack/spill-size.rule.ts';
import { stackUnbounded } from './stack/unbounded.rule.ts';
import { stackUninitialized } from './stack/uninitialized.rule.ts';
import { stackVariableToHelper } from './stack/variable-offset.rule.ts';
import { zeroSizedRead } from './stack/zero-size.rule.ts';
import { globalArguments } from './subprogram/arguments.rule.ts';
import { globalPrototype } from './subprogram/prototype.rule.ts';
import { returnsStack } from './subprogram/returns-stack.rule.ts';
import { timerArgument } from './timer/address.rule.ts';
import { timerMismatch } from './timer/map.rule.ts';
import { MAP_RULES } from './map/map-rules.ts';
import type { VerifierRule } from './rule.ts';

/** Every reason for which the verifier rejects a program or a map, by id. */
export const VERIFIER_RULES: readonly VerifierRule[] = [
  divisionByZero,
  pointer32,
  pointerMayBeNull,
  insaneOffset,
  pointerOperation,
  pointerFixed,
  invalidShift,
  subtractsFromStack,
  subtractsPointer,
  atomicOperation,
  atomicTarget,
  callbackNoInfo,
  callbackMain,
  callbackMap,
  callbackReturnRange,
  callbackReturnType,
  callbackSeveralMaps,
  callbackNotStatic,
  contextAccess,
  contextInconvertible,
  dynptrFromMem,
  dynptrInitialized,
  dynptrOffset,
  dynptrUninitialized,
  backEdge,
  callTooDeep,
  callOutOfRange,
  lastInstruction,
  tooManyFunctions,
  infiniteLoop,
  intoWideInstruction,
  jumpOutOfRange,
  stackTooLarge,
  tailCallStackTooLarge,
  unreachable,
  helperArgumentType,
  notConstantSize,
  constantString,
  getFuncIp,
  helperGpl,
  localStorageFlags,
  helperMapType,
  helperMemoryType,
  helperSleeps,
  sizeNegative,
  helperMisconfigured,
  helperNotAllowed,
  helperObjectType,
  helperPacket,
  setRetval,
  sockmapArgument,
  stringWithoutEnd,
  sizeUnbounded,
  helperUnknown,
  reservedFields,
  unknownOpcode,
  wideLoad,
  acquireReturns,
  kfuncArgumentKind,
  kfuncTooManyArguments,
  kfuncBufferSizes,
  kfuncContext,
  kfuncDynptr,
  kfuncWithoutGpl,
  kfuncMemoryPair,
  kfuncMemorySize,
  kfuncMemoryType,
  kfuncMemory,
  kfuncEliminated,
  kfuncNotAllowed,
  kfuncNotFound,
  kfuncObjectParameter,
  kfuncObjectType,
  kfuncModel,
  returnedPointer,
  kfuncScalar,
  kfuncSleeps,
  kfuncTooManyModules,
  kfuncTooMany,
  kfuncTrusted,
  kptrGetMapValue,
  kptrGetConstant,
  kptrGetPrototype,
  kptrGetReferenced,
  kptrGetType,
  kptrMode,
  kptrSize,
  kptrIndirect,
  xchgNeedsBtf,
  kptrMisaligned,
  xchgNoKptr,
  xchgNotKptr,
  kptrStoreImmediate,
  kptrStoreReferenced,
  kptrStoreType,
  kptrVariableOffset,
  xchgConstantOffset,
  xchgNotReferenced,
  verifierGivesUp,
  tooManyBranches,
  tooComplex,
  loadAbsContext,
  loadAbsProgram,
  attachTargetRefused,
  directValue,
  emptyProgram,
  functionInfo,
  programGpl,
  kernelVariable,
  kfuncAddress,
  loadAbsInFunction,
  mapForProgram,
  tooManyMaps,
  tailCallInFunction,
  lockAddress,
  callUnderLock,
  lockHeldAtExit,
  loadAbsUnderLock,
  unlockNothing,
  unlockOther,
  directRead,
  mapReadForbidden,
  spinLockAccess,
  timerAccess,
  mapWriteForbidden,
  bufferAccess,
  differentPointers,
  notAddress,
  misaligned,
  modifiedPointer,
  minimumNegative,
  outOfBounds,
  readOnlyMemory,
  unbounded,
  objectAccess,
  mapObjectAccess,
  objectNegative,
  objectPerCpu,
  objectReadOnly,
  objectUser,
  objectVariable,
  beyondPacket,
  outOfPacket,
  packetReadOnly,
  releaseUnknown,
  releaseUnreferenced,
  leak,
  loadAbsLeak,
  releaseMoved,
  tailCallLeak,
  twoReferences,
  framePointer,
  notReadable,
  noSuchRegister,
  asyncReturn,
  returnRefused,
  returnValue,
  returnType,
  socketAccess,
  stackOutOfBounds,
  spillToCaller,
  spillSize,
  stackUnbounded,
  stackUninitialized,
  stackVariableToHelper,
  zeroSizedRead,
  globalArguments,
  globalPrototype,
  returnsStack,
  timerArgument,
  timerMismatch,
  kfuncConstant,
  kfuncPossiblyNull,
  kfuncRcu,
  kfuncSleepsLater,
  iteratorArgument,
  iteratorSection,
  specialField,
  objectWithoutGpl,
  sectionOpen,
  sleepsInSection,
  sectionUnbalanced,
  ...MAP_RULES,
];

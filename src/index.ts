/**
 * The library: what a generated table is, registration and lookup of kfuncs as the kernel does them, and the engine that
 * judges BPF programs. The tables are modules of their own, `kfunc-registry/tables/v6.1` and the like. All of it runs in
 * browsers too.
 *
 * A program is judged by a kernel that is booted from a table and the BTF of its vmlinux:
 *
 * ```ts
 * const vmlinux = openBtfFile(bytesOfVmlinux);
 * const kernel = bootKernel(table, vmlinux);
 * for (const program of loadPrograms(openObject(bytesOfObject), { kernelBtf: { vmlinux, modules: new Map() }, kernelVersion: 'v6.1' })) {
 *   const verdict = verify(program, kernel);
 * }
 * ```
 */
export type { Hook, Kernel, SetType } from '../generated/types/kernel.ts';
export type { TableJson } from '../generated/types/table.ts';
export { ERRNO } from './tables/errno.ts';
export { deepFreeze } from './tables/freeze.ts';
export type { Lookup } from './tables/hooks.ts';
export {
  btfOf,
  createKernelState,
  isBuiltIn,
  VMLINUX,
  type BtfObject,
  type BtfPresence,
  type KernelConfig,
  type KernelState,
} from './tables/kernel-state.ts';
export type { DtorPair, KernelTable, KfuncSet } from './tables/kernel-table.ts';
export { findDtorKfunc, kfuncFlags, kfuncSetContains, resolveSlot, slotContains } from './tables/lookup.ts';
export { moduleComing, moduleGoing, moduleLive, tryGetModule } from './tables/module-lifetime.ts';
export { hasDtors, registerBtfIdDtorKfuncs } from './tables/register-dtors.ts';
export { registerBtfFmodretIdSet, registerBtfKfuncIdSet, type KfuncIdSet } from './tables/register-kfuncs.ts';
export { registerTable, type TableRegistration } from './tables/register-table.ts';
export { createNameResolver, resolveDtors, resolveSet, type NameResolver } from './tables/resolve-set.ts';
export { setEntries } from './tables/set-entries.ts';
export { flagsOf, kfuncsOf } from './tables/table-queries.ts';
export type { HelperData } from './verifier/kernel/helpers/helper-data.ts';

// BTF of kernels, modules and raw programs.
export { isBtfError, type BtfError } from './btf/btf-error.ts';
export type { Btf } from './btf/btf.ts';
export { openBtfFile } from './btf/open-btf-file.ts';
export { openBtf } from './btf/open-btf.ts';
export { profileDistance } from './btf/profile-distance.ts';
export { relocateBtf } from './btf/relocate.ts';
export type { KernelBtf } from './btf/resolver.ts';
export { isElfError, type ElfError } from './elf/elf-error.ts';
export { moduleName } from './elf/module-name.ts';
export { isElf } from './elf/open-elf.ts';

// Programs: objects as clang writes them, and raw ones in JSON.
export { isMapCase, parseProgramJson, type ProgramJsonOptions } from './program/json/parse-program-json.ts';
export { isProgramJsonError, type ProgramJsonError } from './program/json/program-json-error.ts';
export { readProgramLine, readProgramLines, type ProgramLine } from './program/json/program-lines.ts';
export type { MapCase, MapOp } from './program/map-case.ts';
export { loadPrograms, type LoadOptions } from './program/object/load-programs.ts';
export { isObjectError, type ObjectError } from './program/object/object-error.ts';
export { openObject, type BpfObject, type ObjectProgram } from './program/object/open-object.ts';
export type { MapSpec, Program, SourceLine } from './program/program.ts';
export {
  disassemble,
  disassembleSlot,
  type InstructionText as DisassembledInstruction,
} from './program/text/disassemble.ts';
export { namesOfProgram, type InstructionNames } from './program/text/instruction-names.ts';

// The engine: kernels that judge, and their verdicts.
export { bootKernel, type Kernel as BootedKernel } from './verifier/kernel/kernel.ts';
export { judgeMapCase, type FailedOperation, type MapCaseJudgement } from './verifier/maps/judge-map-case.ts';
export type {
  Accepted,
  PathStep,
  RegisterView,
  Rejected,
  RelatedInsn,
  Unsupported,
  Verdict,
  VerifierFinding,
} from './verifier/verdict.ts';
export { isModelled, verify, type VerifyOptions } from './verifier/verify.ts';
export type { TraceSink } from './verifier/walk/walk.ts';

// Reports, as schemas/check-report.schema.json has them.
export type { CheckReport, CheckResult } from '../generated/types/check-report.ts';
export { kptrMaps } from './verifier/report/kptr-maps.ts';
export { mapCaseResult, programResult, type Judged } from './verifier/report/program-result.ts';
export { placeOf } from './verifier/report/place.ts';
export { shortNames } from './verifier/report/short-names.ts';
export { stepText, type NameOfPlace } from './verifier/report/step-text.ts';
export type { InstructionText } from './verifier/report/place.ts';

// Judging what people have at hand, objects and JSON, with all that a report shows.
export { LoadRefusal, type Candidate } from './judge/candidate.ts';
export { openJudge, type Judge } from './judge/judge.ts';
export { likelyVersions } from './judge/likely-versions.ts';
export { judgeProgram, type Judgement, type Tracer } from './judge/judge-program.ts';
export { jsonCandidate, jsonLineCandidate } from './judge/json-candidates.ts';
export { isUnreadable, objectCandidates } from './judge/object-candidates.ts';
export { pathToEnd, stepsInOrder, type HeldReference, type WalkStep, type WalkSteps } from './judge/walk-steps.ts';

import { VMLINUX, isBuiltIn } from './kernel-state.ts';
import type { KernelState } from './kernel-state.ts';
import type { DtorPair, KernelTable, KfuncSet } from './kernel-table.ts';
import { moduleComing, moduleGoing, moduleLive } from './module-lifetime.ts';
import { registerBtfIdDtorKfuncs } from './register-dtors.ts';
import type { DtorProtoCheck } from './register-dtors.ts';
import { registerBtfFmodretIdSet, registerBtfKfuncIdSet } from './register-kfuncs.ts';
import { resolveDtors, resolveSet } from './resolve-set.ts';
import type { NameResolver } from './resolve-set.ts';
import { createFilters, type FilterMaker } from './set-filter.ts';

/** A call of register_btf_kfunc_id_set() or register_btf_fmodret_id_set(). */
export interface SetRegistration {
  readonly set: KfuncSet;
  /** Undefined for the second. */
  readonly progType: string | undefined;
  /** 0 or negative. */
  readonly errno: number;
}

/** A call of register_btf_id_dtor_kfuncs(). */
export interface DtorRegistration {
  /** All pairs of one C file. */
  readonly pairs: readonly DtorPair[];
  /** 0 or negative. */
  readonly errno: number;
}

/** A module that was loaded. */
export interface ModuleLoad {
  readonly name: string;
  /** 0 or negative: that of its BTF, or that of the first registration that failed. */
  readonly errno: number;
}

/** What registering a table did, each list in the order of the calls. */
export interface TableRegistration {
  readonly sets: readonly SetRegistration[];
  readonly dtors: readonly DtorRegistration[];
  readonly modules: readonly ModuleLoad[];
}

/** The calls made so far. */
interface Calls {
  readonly sets: SetRegistration[];
  readonly dtors: DtorRegistration[];
}

/** What names stand for. */
interface Resolving {
  readonly resolve: NameResolver;
  readonly filterOf: FilterMaker;
  readonly dtorProtoOk: DtorProtoCheck | undefined;
}

/** What the init function of one C file registers. */
interface SourceFile {
  readonly owner: string;
  readonly sets: KfuncSet[];
  readonly dtors: DtorPair[];
}

/**
 * Boots a kernel with a generated table: makes the calls that its C files make, in the order of the table.
 *
 * A C file registers its sets, each for its program types, then its destructor pairs, and stops at the first error (as
 * net/bpf/test_run.c does, bpf_prog_test_run_init()): calls not made are not in the result. The next built-in file goes
 * on all the same; a module fails to load. Modules that are not loaded yet are, with BTF; to load one without, call
 * moduleComing() before. Modules end up live or gone. Between files, real kernels are ordered by initcall level and
 * linking, which a table does not know.
 *
 * @param resolve finds the ids; a name without one becomes id 0
 * @param dtorProtoOk see registerBtfIdDtorKfuncs()
 * @throws RangeError if the table has program types that the kernel does not have, or destructor pairs on a kernel
 *   without them (see hasDtors())
 */
export function registerTable(
  state: KernelState,
  table: KernelTable,
  resolve: NameResolver,
  dtorProtoOk?: DtorProtoCheck,
): TableRegistration {
  const calls: Calls = { sets: [], dtors: [] };
  const filterOf = createFilters(state.profile);
  const loading = new Map<string, number>();
  for (const file of sourceFiles(state, table)) {
    const { owner } = file;
    if (owner !== VMLINUX && !loading.has(owner) && state.modules.get(owner)?.live !== true) {
      loading.set(owner, state.modules.has(owner) ? 0 : moduleComing(state, owner));
    }
    if ((loading.get(owner) ?? 0) !== 0) continue;
    const errno = initSourceFile(state, file, { resolve, filterOf, dtorProtoOk }, calls);
    if (loading.has(owner)) loading.set(owner, errno);
  }
  for (const [owner, errno] of loading) (errno === 0 ? moduleLive : moduleGoing)(state, owner);
  return { ...calls, modules: Array.from(loading, ([name, errno]) => ({ name, errno })) };
}

/** Groups a table by C file. */
function sourceFiles(state: KernelState, table: KernelTable): Iterable<SourceFile> {
  const files = new Map<string, SourceFile>();
  const fileOf = ({ source, owner }: KfuncSet | DtorPair): SourceFile => {
    const key = `${owner} ${source}`;
    const file = files.get(key) ?? { owner: isBuiltIn(state, owner) ? VMLINUX : owner, sets: [], dtors: [] };
    files.set(key, file);
    return file;
  };
  for (const set of table.sets) fileOf(set).sets.push(set);
  for (const pair of table.dtors) fileOf(pair).dtors.push(pair);
  return files.values();
}

/** The calls of one C file, until one fails. Adds them to `calls` and returns the last errno. */
function initSourceFile(
  state: KernelState,
  { owner, sets, dtors }: SourceFile,
  { resolve, filterOf, dtorProtoOk }: Resolving,
  calls: Calls,
): number {
  for (const set of sets) {
    const resolved = resolveSet(state.profile, set, owner, resolve, filterOf);
    for (const progType of [...(set.fmodret === true ? [undefined] : []), ...set.progTypes]) {
      const errno =
        progType === undefined
          ? registerBtfFmodretIdSet(state, resolved)
          : registerBtfKfuncIdSet(state, progType, resolved);
      calls.sets.push({ set, progType, errno });
      if (errno !== 0) return errno;
    }
  }
  if (dtors.length === 0) return 0;
  const errno = registerBtfIdDtorKfuncs(state, resolveDtors(dtors, owner, resolve), owner, dtorProtoOk);
  calls.dtors.push({ pairs: dtors, errno });
  return errno;
}

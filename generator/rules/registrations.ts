import type { Kernel } from '../../generated/types/kernel.ts';
import { createKernelState, VMLINUX, type KernelState } from '../../src/tables/kernel-state.ts';
import { moduleComing } from '../../src/tables/module-lifetime.ts';
import { hasDtors, registerBtfIdDtorKfuncs } from '../../src/tables/register-dtors.ts';
import { registerBtfFmodretIdSet, registerBtfKfuncIdSet, type KfuncIdSet } from '../../src/tables/register-kfuncs.ts';
import { createNameResolver, resolveDtors, resolveSet } from '../../src/tables/resolve-set.ts';
import type { DtorModel, KernelModel, RegistrationModel, SetModel, SourceModel } from '../declarations/model.ts';
import { dtorPairs, kfuncSet } from '../targets/tables-kernel.ts';

/** A registration call that a kernel refuses. */
export interface FailedSet {
  readonly source: SourceModel;
  readonly set: SetModel;
  readonly registration: RegistrationModel;
  /** Negative. */
  readonly errno: number;
  /** How many kfuncs the calls before it have put into its hook, and it would. */
  readonly count: number;
}

/** A call for destructor pairs that a kernel refuses; `dtors` are all pairs of the call. */
export interface FailedDtors {
  readonly source: SourceModel;
  readonly dtors: readonly DtorModel[];
  /** Negative. */
  readonly errno: number;
}

export interface Failures {
  readonly sets: readonly FailedSet[];
  readonly dtors: readonly FailedDtors[];
}

const known = new WeakMap<KernelModel, Failures>();

/**
 * The registration calls of a kernel that fail, found by making them with the algorithm of `src/tables`; names stand for
 * ids, config conditions are taken to hold, modules are taken as modules, each with BTF. A kernel stops at the first
 * failure and loses what came before; here each call is judged beside those before it that succeeded, so that all
 * failures are found.
 */
export function failedRegistrations(model: KernelModel): Failures {
  const resolve = resolverOf(model.kernel);
  const failures = known.get(model) ?? {
    sets: [...callsByHook(model)]
      .filter((calls) => mayFail(model, calls))
      .flatMap((calls) => failedSets(model, calls, resolve)),
    dtors: hasDtors(model.kernel)
      ? [...sourcesByOwner(model)]
          .filter((sources) => mayFailForDtors(model, sources))
          .flatMap((sources) => failedDtors(model, sources))
      : [],
  };
  known.set(model, failures);
  return failures;
}

/** A call of register_btf_kfunc_id_set(). */
type Call = Omit<FailedSet, 'errno' | 'count'>;

/** Calls of different owners or for different hooks do not meet. */
function callsByHook(model: KernelModel): Iterable<readonly Call[]> {
  const byHook = new Map<string, Call[]>();
  for (const source of model.sources) {
    for (const set of source.sets) {
      for (const registration of set.registrations) {
        const key = `${source.owner} ${registration.hook}`;
        const calls = byHook.get(key);
        if (calls === undefined) {
          byHook.set(key, [{ source, set, registration }]);
        } else {
          calls.push({ source, set, registration });
        }
      }
    }
  }
  return byHook.values();
}

/**
 * Whether any of the calls can fail at all: by their number, or as a second one of a module. Almost none can, and only
 * for those that can is it asked which one does.
 */
function mayFail({ kernel }: KernelModel, calls: readonly Call[]): boolean {
  const count = calls.reduce((sum, { set }) => sum + set.kfuncs.length, 0);
  const isSecondOfModule = calls.length > 1 && calls[0]?.source.owner !== VMLINUX;
  return isSecondOfModule || count > kernel.limits.set_max_cnt;
}

/** The same of calls for destructor pairs. */
function mayFailForDtors({ kernel }: KernelModel, sources: readonly SourceModel[]): boolean {
  const count = sources.reduce((sum, { dtors }) => sum + dtors.length, 0);
  const isSecondOfModule = sources.length > 1 && sources[0]?.owner !== VMLINUX;
  return isSecondOfModule || count >= (kernel.limits.dtor_max_cnt ?? 0);
}

/** Destructor pairs of different owners do not meet. */
function sourcesByOwner(model: KernelModel): Iterable<readonly SourceModel[]> {
  const byOwner = new Map<string, SourceModel[]>();
  for (const source of model.sources.filter(({ dtors }) => dtors.length > 0)) {
    byOwner.set(source.owner, [...(byOwner.get(source.owner) ?? []), source]);
  }
  return byOwner.values();
}

/** The ids of a set. */
type Resolve = (source: SourceModel, set: SetModel) => KfuncIdSet;

/** Names stand for ids; a set that is registered for several hooks is resolved once. */
function resolverOf(kernel: Kernel): Resolve {
  const resolve = createNameResolver();
  const resolved = new Map<SetModel, KfuncIdSet>();
  return (source, set) => {
    const ids = resolved.get(set) ?? resolveSet(kernel, kfuncSet(kernel, source, set), source.owner, resolve);
    resolved.set(set, ids);
    return ids;
  };
}

function failedSets({ kernel }: KernelModel, calls: readonly Call[], resolve: Resolve): readonly FailedSet[] {
  const make = ({ source, set, registration }: Call, state: KernelState): number => {
    const resolved = resolve(source, set);
    return registration.progType === undefined
      ? registerBtfFmodretIdSet(state, resolved)
      : registerBtfKfuncIdSet(state, registration.progType, resolved);
  };
  return judgeEach(calls, (call) => stateFor(kernel, call.source.owner), make).map(({ call, errno, before }) => ({
    ...call,
    errno,
    count: largestSetType(kernel, [...before, call]),
  }));
}

function failedDtors({ kernel }: KernelModel, sources: readonly SourceModel[]): readonly FailedDtors[] {
  const resolve = createNameResolver();
  const make = (source: SourceModel, state: KernelState): number =>
    registerBtfIdDtorKfuncs(state, resolveDtors(dtorPairs(source), source.owner, resolve), source.owner);
  return judgeEach(sources, (source) => stateFor(kernel, source.owner), make).map(({ call, errno }) => ({
    source: call,
    dtors: call.dtors,
    errno,
  }));
}

/** A kernel in which an owner is about to register. */
function stateFor(kernel: Kernel, owner: string): KernelState {
  const state = createKernelState(kernel);
  if (owner !== VMLINUX) {
    moduleComing(state, owner);
  }
  return state;
}

/** The calls that fail, each beside those before it that succeeded. */
function judgeEach<Made>(
  calls: readonly Made[],
  newState: (call: Made) => KernelState,
  make: (call: Made, state: KernelState) => number,
): readonly { readonly call: Made; readonly errno: number; readonly before: readonly Made[] }[] {
  const failed: { call: Made; errno: number; before: readonly Made[] }[] = [];
  const before: Made[] = [];
  let state: KernelState | undefined;
  for (const call of calls) {
    state ??= newState(call);
    const errno = make(call, state);
    if (errno === 0) {
      before.push(call);
    } else {
      failed.push({ call, errno, before: [...before] });
      // The failure has freed the table.
      state = newState(call);
      for (const earlier of before) {
        make(earlier, state);
      }
    }
  }
  return failed;
}

/** How many kfuncs calls put into their hook; with a set for each flag, into the largest of the sets. */
function largestSetType(kernel: Kernel, calls: readonly Call[]): number {
  const counts = new Map<string, number>();
  for (const { flags, check } of calls.flatMap(({ set }) => set.kfuncs)) {
    const types = kernel.layout === 'id_set' ? [...flags, ...(check ? ['check'] : [])] : ['check'];
    types.forEach((type) => counts.set(type, (counts.get(type) ?? 0) + 1));
  }
  return Math.max(...counts.values());
}

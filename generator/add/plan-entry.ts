import { isDeepStrictEqual } from 'node:util';
import type { Declaration, Kfunc } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import { attempt } from '../c/syntax-error.ts';
import { parsePrototype } from '../c/prototype.ts';
import { intersect, isEmpty, type KernelRange } from '../declarations/kernel-range.ts';
import type { Path } from '../diagnostics/source-file.ts';
import { given, rangeOf, type RangeKeys } from '../importers/merge/ranges.ts';
import { AddError } from './add-error.ts';
import { chooseSet } from './choose-set.ts';
import type { AddRequest, DtorRequest, KfuncRequest } from './request.ts';
import type { SetScope } from './set-scope.ts';
import type { Value } from './value.ts';

/** An item that comes at the end of a list. */
export interface Insertion {
  readonly path: Path;
  readonly value: Value;
}

/** What is added to a declaration. */
export interface EntryPlan {
  readonly insertions: readonly Insertion[];
  /** Where the entry comes to stand, in words. */
  readonly where: string;
}

/**
 * Plans a new entry of a declaration.
 *
 * @throws AddError where it is not clear where it belongs, or it is there already
 */
export function planEntry(declaration: Declaration, request: AddRequest, kernels: readonly Kernel[]): EntryPlan {
  if (request.owner !== undefined && request.owner !== declaration.owner) {
    throw new AddError(`the owner of ${declaration.source} is ${declaration.owner}, not ${request.owner}`);
  }
  const versions = kernels.map(({ version }) => version);
  const outer = rangeOf(declaration, { from: 0, to: versions.length }, versions);
  const plan =
    request.kind === 'kfunc'
      ? planKfunc(declaration, request, outer, kernels)
      : planDtor(request, outer, versions, declaration.source);
  return { ...plan, insertions: [...plan.insertions, ...planPrototype(declaration, request.prototype)] };
}

function planKfunc(
  declaration: Declaration,
  request: KfuncRequest,
  outer: KernelRange,
  kernels: readonly Kernel[],
): EntryPlan {
  const versions = kernels.map(({ version }) => version);
  const scopes = (declaration.sets ?? []).map((set, index): SetScope => ({
    index,
    set,
    range: rangeOf(set, outer, versions),
  }));
  const wanted = rangeOf(request, { from: 0, to: versions.length }, versions);
  const scope = chooseSet(request, scopes, wanted, kernels);
  if (scope === undefined) {
    const keys = narrowed(request, outer, versions, declaration.source);
    const set = { name: request.set ?? '', hooks: [...request.hooks], ...keys, kfuncs: [entryOf(request, {}, [])] };
    return { insertions: [{ path: ['sets'], value: set }], where: `the new set ${set.name}` };
  }
  const { index, set, range } = scope;
  const keys = narrowed(request, range, versions, `set ${set.name}`);
  const entries = set.kfuncs.map((entry): Kfunc => (typeof entry === 'string' ? { name: entry } : entry));
  const there = entries.find(
    (each) =>
      each.name === request.name &&
      each.config === request.config &&
      !isEmpty(intersect(rangeOf(each, range, versions), rangeOf(keys, range, versions))),
  );
  if (there !== undefined) {
    throw new AddError(`${request.name} stands in set ${set.name} already: change that entry`);
  }
  const value = entryOf(request, keys, set.kfuncs);
  return { insertions: [{ path: ['sets', index, 'kfuncs'], value }], where: `set ${set.name}` };
}

function planDtor(request: DtorRequest, outer: KernelRange, versions: readonly string[], source: string): EntryPlan {
  const { type, kfunc, config } = request;
  const value = { type, kfunc, ...narrowed(request, outer, versions, source), ...given('config', config) };
  return { insertions: [{ path: ['dtors'], value }], where: 'the destructor pairs' };
}

/** A prototype that stands there word for word is not written again. */
function planPrototype(declaration: Declaration, prototype: string | undefined): readonly Insertion[] {
  if (prototype === undefined) {
    return [];
  }
  const parsed = (text: string): unknown => attempt(() => parsePrototype(text));
  const standing = (declaration.prototypes ?? []).map((each) => (typeof each === 'string' ? each : each.prototype));
  const isThere = standing.some((each) => isDeepStrictEqual(parsed(each), parsed(prototype)));
  return isThere ? [] : [{ path: ['prototypes'], value: prototype }];
}

/** A bare name where there is nothing to say of it, unless its neighbours write that otherwise. */
function entryOf({ name, flags, config }: KfuncRequest, keys: RangeKeys, beside: readonly (string | Kfunc)[]): Value {
  const value = { name, ...(flags.length === 0 ? {} : { flags: [...flags] }), ...keys, ...given('config', config) };
  const isBare = Object.keys(value).length === 1;
  const isWrittenAsMap = beside.some((each) => typeof each === 'object' && Object.keys(each).length === 1);
  return isBare && !(isWrittenAsMap && beside.every((each) => typeof each === 'object')) ? name : value;
}

/**
 * `since` and `until` as they are asked for, as far as they narrow what is around the entry.
 *
 * @param around its name
 * @throws AddError where they reach beyond it
 */
function narrowed(
  { since, until }: RangeKeys,
  outer: KernelRange,
  versions: readonly string[],
  around: string,
): RangeKeys {
  const from = since === undefined ? outer.from : versions.indexOf(since);
  const to = until === undefined ? outer.to : versions.indexOf(until);
  if (from < outer.from) {
    throw new AddError(
      `${around} begins with ${versions[outer.from] ?? ''}: nothing in it can exist since ${since ?? ''}`,
    );
  }
  if (to > outer.to) {
    throw new AddError(
      `${around} ends before ${versions[outer.to] ?? ''}: nothing in it can exist until ${until ?? ''}`,
    );
  }
  return { ...(from === outer.from ? {} : given('since', since)), ...(to === outer.to ? {} : given('until', until)) };
}

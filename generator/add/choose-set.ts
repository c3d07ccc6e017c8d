import type { Kernel } from '../../generated/types/kernel.ts';
import { intersect, isEmpty, type KernelRange } from '../declarations/kernel-range.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { AddError } from './add-error.ts';
import type { KfuncRequest } from './request.ts';
import { describeSet, hooksWithin, type SetScope } from './set-scope.ts';

/**
 * The set that a kfunc belongs in: the one named, else the only one that is registered for just the hooks asked for in
 * the kernels asked for.
 *
 * @param wanted the kernels that the kfunc is asked for
 * @returns undefined where a set is to be begun
 * @throws AddError where there is no such set or several, with those that there are
 */
export function chooseSet(
  request: KfuncRequest,
  scopes: readonly SetScope[],
  wanted: KernelRange,
  kernels: readonly Kernel[],
): SetScope | undefined {
  const { set: name, hooks } = request;
  if (name !== undefined && !scopes.some(({ set }) => set.name === name)) {
    checkNewSet(request, scopes, kernels);
    return undefined;
  }
  const named = scopes.filter(({ set }) => name === undefined || set.name === name);
  const living = named.filter(({ range }) => !isEmpty(intersect(range, wanted)));
  const hooksOf = (scope: SetScope): Set<string> => hooksWithin(scope, wanted, kernels);
  const fitting = living.filter((scope) => hooks.every((hook) => hooksOf(scope).has(hook)));
  const isExact = (scope: SetScope): boolean => hooks.length === 0 || hooksOf(scope).size === new Set(hooks).size;
  // One for more hooks does not compete, unless it is there in kernels where the other is not.
  const candidates = fitting.filter(
    (scope) => name !== undefined || isExact(scope) || !fitting.some((each) => isExact(each) && covers(each, scope)),
  );
  const [chosen, second] = candidates.length === 1 && name === undefined ? candidates.filter(isExact) : candidates;
  if (chosen !== undefined && second === undefined) {
    return chosen;
  }
  const list = (sets: readonly SetScope[]): string => sets.map((each) => describeSet(each, kernels)).join(', ');
  if (second !== undefined) {
    throw new AddError(
      name === undefined
        ? `several sets fit: name one with --set: ${list(candidates)}`
        : `several sets have that name: narrow it by --hook, --since and --until: ${list(fitting)}`,
    );
  }
  const asked = hooks.length === 0 ? 'those kernels' : hooks.join(' and ');
  if (name !== undefined) {
    throw new AddError(`set ${name} is not for ${asked}: there is ${list(named)}`);
  }
  if (fitting.length > 0) {
    throw new AddError(`no set is for ${asked} alone; --set takes one that is for more: ${list(fitting)}`);
  }
  throw new AddError(
    scopes.length === 0
      ? 'the declaration has no set yet: begin one with --set NAME --hook HOOK'
      : `no set is for ${asked}: there is ${list(scopes)}; --set NAME --new-set begins another`,
  );
}

/** Whether a set exists wherever another does. */
function covers({ range }: SetScope, other: SetScope): boolean {
  return range.from <= other.range.from && other.range.to <= range.to;
}

function checkNewSet(
  { set: name = '', hooks, newSet }: KfuncRequest,
  scopes: readonly SetScope[],
  kernels: readonly Kernel[],
): void {
  if (scopes.length > 0 && !newSet) {
    const near = nearest(
      name,
      scopes.map(({ set }) => set.name),
    );
    const sets = scopes.map((each) => describeSet(each, kernels)).join(', ');
    const advice = near === undefined ? `there is ${sets}` : `did you mean ${near}?`;
    throw new AddError(`there is no set ${name}: ${advice} (--new-set begins one of that name)`);
  }
  if (hooks.length === 0) {
    throw new AddError(`set ${name} is new: name the hooks that it is registered for with --hook`);
  }
}

import type { Flag } from '../../generated/types/declaration.ts';
import type { CType } from '../c/prototype.ts';
import type { DocumentedKfunc, KfuncInKernel } from './docs-catalog.ts';

/** The kfuncs that give or take references to the same type as one kfunc does. */
export interface Partners {
  /** Name of the type, `struct nf_conn`. */
  readonly type: string;
  /** Release kfuncs that take the type, where the kfunc acquires it. */
  readonly releasedBy: readonly string[];
  /** Acquire kfuncs that return the type, where the kfunc releases it. */
  readonly acquiredBy: readonly string[];
}

/** Which kfuncs acquire and release which types, in each kernel, as far as prototypes tell. */
export interface References {
  /** By kernel and type: names, sorted. */
  readonly acquire: ReadonlyMap<string, readonly string[]>;
  readonly release: ReadonlyMap<string, readonly string[]>;
}

/** Reads the references of all kfuncs once. */
export function collectReferences(kfuncs: readonly DocumentedKfunc[]): References {
  const acquire = new Map<string, string[]>();
  const release = new Map<string, string[]>();
  for (const { name, kernels } of kfuncs) {
    for (const kernel of kernels) {
      acquiredTypes(kernel).forEach((type) => add(acquire, key(kernel.version, type), name));
      releasedTypes(kernel).forEach((type) => add(release, key(kernel.version, type), name));
    }
  }
  return { acquire, release };
}

/** The partners of a kfunc, a row a type, over all kernels that have both. */
export function partnersOf({ kernels }: DocumentedKfunc, references: References): readonly Partners[] {
  const releasedBy = new Map<string, string[]>();
  const acquiredBy = new Map<string, string[]>();
  for (const kernel of kernels) {
    for (const type of acquiredTypes(kernel)) {
      references.release.get(key(kernel.version, type))?.forEach((partner) => add(releasedBy, type, partner));
    }
    for (const type of releasedTypes(kernel)) {
      references.acquire.get(key(kernel.version, type))?.forEach((partner) => add(acquiredBy, type, partner));
    }
  }
  return [...new Set([...releasedBy.keys(), ...acquiredBy.keys()])].map((type) => ({
    type,
    releasedBy: releasedBy.get(type) ?? [],
    acquiredBy: acquiredBy.get(type) ?? [],
  }));
}

/** An acquire kfunc's reference is to the type it returns (kernel/bpf/verifier.c, check_kfunc_call()). */
function acquiredTypes(kernel: KfuncInKernel): readonly string[] {
  const returns = kernel.prototype?.prototype.returns;
  return returns !== undefined && hasFlag(kernel, 'acquire') && isObject(returns) ? [returns.base] : [];
}

/** A release kfunc takes the reference of one of its arguments; which one, the register tells and no prototype. */
function releasedTypes(kernel: KfuncInKernel): readonly string[] {
  const params = kernel.prototype?.prototype.params ?? [];
  return hasFlag(kernel, 'release') ? params.filter(({ type }) => isObject(type)).map(({ type }) => type.base) : [];
}

function hasFlag({ entries }: KfuncInKernel, flag: Flag): boolean {
  return entries.some(({ kfunc }) => kfunc.check && kfunc.flags.includes(flag));
}

function isObject(type: CType): boolean {
  return type.pointers === 1 && !type.isFunction && /^(struct|union) /.test(type.base);
}

function key(version: string, type: string): string {
  return `${version} ${type}`;
}

function add(map: Map<string, string[]>, at: string, name: string): void {
  const names = map.get(at);
  if (names === undefined) {
    map.set(at, [name]);
  } else if (!names.includes(name)) {
    names.push(name);
  }
}

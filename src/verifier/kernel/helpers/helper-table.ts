import type {
  Condition,
  Helper,
  HelperList,
  ListReference,
  ProgramHelpers,
} from '../../../../generated/types/helper.ts';
import { isIn, versionNumber, type VersionNumber } from '../version.ts';
import type { ConditionNames, HelperCaller } from './condition.ts';
import type { HelperData } from './helper-data.ts';
import type { HelperPrototype } from './helper-prototype.ts';
import { projectPrototype } from './project-prototype.ts';

/**
 * The answer of a kernel to the question which helper a number is.
 *
 * - `unknown-id`: the kernel has no such helper (check_helper_call(), "invalid func")
 * - `not-allowed`: not for such a program (get_func_proto() of its type, or `allowed` of the prototype)
 * - `unsupported`: what such a program may call is not modelled
 */
export type HelperAnswer = HelperPrototype | 'unknown-id' | 'not-allowed' | 'unsupported';

/** The helpers of one kernel. Its parts are for findHelper(). */
export interface HelperTable {
  readonly version: VersionNumber;
  readonly names: ConditionNames;
  /** By number; numbers are dense but for those a kernel does not know. */
  readonly helpers: readonly (KnownHelper | undefined)[];
  readonly programs: readonly ProgramHelpers[];
  readonly lists: ReadonlyMap<string, KnownList>;
  /** What was answered, by number. */
  readonly answers: WeakMap<HelperCaller, HelperAnswer[]>;
}

/** A helper of a kernel, with its prototypes by name; the plain one has the empty name. */
export interface KnownHelper {
  readonly name: string;
  readonly prototypes: ReadonlyMap<string, KnownPrototype>;
}

/** A prototype, and the conditions of which one must hold for it to be allowed. */
export interface KnownPrototype {
  readonly prototype: HelperPrototype;
  readonly allowed: readonly Condition[] | undefined;
}

/** What one …_func_proto() function of the kernel answers. */
export interface KnownList {
  readonly before: readonly ListReference[];
  /** By helper: what is tried in order. */
  readonly entries: ReadonlyMap<string, readonly KnownEntry[]>;
  readonly after: readonly ListReference[];
}

/** An answer for the programs that fulfil a condition; without a prototype the answer is no. */
export interface KnownEntry {
  readonly when: Condition;
  readonly prototype: KnownPrototype | undefined;
}

/** Whether the BTF of a kernel has a function of some name. */
export type HasFunction = (name: string) => boolean;

/** A helper that every kernel has: BTF without it tells nothing of helpers. */
const IN_EVERY_KERNEL = 'bpf_map_lookup_elem';

/**
 * Projects the registry of helpers on a kernel.
 *
 * @param hasFunction tells which helpers were configured; without it, all are taken to be
 */
export function projectHelpers(data: HelperData, version: string, hasFunction?: HasFunction): HelperTable {
  const isBuilt: HasFunction = hasFunction?.(IN_EVERY_KERNEL) === true ? hasFunction : () => true;
  const number = versionNumber(version);
  const helpers: (KnownHelper | undefined)[] = [];
  const byName = new Map<string, KnownHelper>();
  for (const helper of data.helpers) {
    const known = projectHelper(helper, number);
    if (known !== undefined) {
      helpers[helper.id] = known;
      byName.set(helper.name, known);
    }
  }
  return {
    version: number,
    names: {
      attachTypes: data.attachTypes,
      functionSets: new Map(
        data.functionSets.map(({ name, functions }) => [
          name,
          new Set(
            functions.flatMap((each) =>
              typeof each === 'string' ? [each] : isIn(each, number) ? [each.function] : [],
            ),
          ),
        ]),
      ),
    },
    helpers,
    programs: data.programs.filter((program) => isIn(program, number)),
    lists: new Map(data.lists.map((list) => [list.name, projectList(list, byName, number, isBuilt)])),
    answers: new WeakMap(),
  };
}

function projectHelper(helper: Helper, version: VersionNumber): KnownHelper | undefined {
  const prototypes = new Map<string, KnownPrototype>();
  for (const prototype of helper.prototypes) {
    if (isIn(prototype, version)) {
      const projected = projectPrototype(helper, prototype);
      prototypes.set(prototype.name ?? '', { prototype: projected, allowed: prototype.allowed });
    }
  }
  return prototypes.size === 0 ? undefined : { name: helper.name, prototypes };
}

function projectList(
  { before = [], helpers = [], after = [] }: HelperList,
  byName: ReadonlyMap<string, KnownHelper>,
  version: VersionNumber,
  isBuilt: HasFunction,
): KnownList {
  const references = (lists: HelperList['before'] = []): readonly ListReference[] =>
    lists.map((each) => (typeof each === 'string' ? { list: each } : each)).filter((each) => isIn(each, version));
  const entries = new Map<string, KnownEntry[]>();
  for (const each of helpers) {
    const entry = typeof each === 'string' ? { helper: each } : each;
    if (isIn(entry, version) && (entry.function === undefined || isBuilt(entry.function))) {
      const prototype = byName.get(entry.helper)?.prototypes.get(entry.prototype ?? '');
      const when = entry.when ?? {};
      const known = entries.get(entry.helper) ?? [];
      if (entry.deny === true) entries.set(entry.helper, [...known, { when, prototype: undefined }]);
      // A helper that the kernel does not have is in none of its lists.
      else if (prototype !== undefined) entries.set(entry.helper, [...known, { when, prototype }]);
    }
  }
  return { before: references(before), entries, after: references(after) };
}

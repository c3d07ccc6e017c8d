import type { Kernel } from '../../generated/types/kernel.ts';
import type { SourceModel } from '../declarations/model.ts';
import { dtorsView, type DtorsView } from './include-dtors.ts';
import { gateOf, groupsOf, without, type Gate, type Group } from './include-gate.ts';
import { includeGuard, registerName, type ClaimName } from './include-names.ts';
import { setViews, type SetView } from './include-sets.ts';
import { markLines } from './mark.ts';

/** Everything that the templates print of a header, ready to be printed. */
export interface HeaderView {
  readonly license: string;
  readonly mark: readonly string[];
  /** Version of the kernel it is for. */
  readonly kernel: string;
  readonly guard: string;
  readonly includes: readonly string[];
  readonly gate: Gate | undefined;
  readonly sets: readonly Group<SetView>[];
  readonly dtors: DtorsView | undefined;
  /** The function that registers all. */
  readonly register: string;
}

/**
 * What the header of a source file says.
 *
 * @param version Version of the package, for the mark.
 * @returns undefined where the source file registers nothing in this kernel.
 * @throws Error where a name is no identifier, or two sets have one name: validation refuses both.
 */
export function headerView(
  kernel: Kernel,
  source: SourceModel,
  claim: ClaimName,
  version: string,
): HeaderView | undefined {
  const register = registerName(source.source);
  checkDistinct(source, register);
  const sets = setViews(kernel, source.sets, claim).map((set) => without(set, source.config));
  const dtors = dtorsView(dtorsOf(kernel, source), register, claim);
  if (sets.length === 0 && dtors === undefined) {
    return undefined;
  }
  return {
    license: checkedLicense(source.license),
    mark: markLines(version, `the declaration of ${source.source}`),
    kernel: kernel.version,
    guard: includeGuard(source.source),
    includes: ['linux/btf.h', 'linux/btf_ids.h', ...(dtors === undefined ? [] : ['linux/kernel.h']), 'linux/module.h'],
    gate: gateOf(source.config),
    sets: groupsOf(sets),
    dtors,
    register,
  };
}

/** Kernels without a limit for destructor pairs have no destructor pairs. */
function dtorsOf(kernel: Kernel, source: SourceModel): SourceModel['dtors'] {
  return kernel.limits.dtor_max_cnt === undefined
    ? []
    : source.dtors.map((dtor) => ({
        ...dtor,
        config: without({ condition: dtor.config, item: dtor }, source.config).condition,
      }));
}

function checkDistinct(source: SourceModel, register: string): void {
  const names = [register, ...source.sets.map((set) => set.name)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(`${source.source} has the name \`${twice}\` twice`);
  }
}

function checkedLicense(license: string): string {
  if (!/^[\w.+-]+( (AND|OR|WITH) [\w.+-]+)*$/.test(license)) {
    throw new Error(`\`${license}\` is no SPDX expression`);
  }
  return license;
}

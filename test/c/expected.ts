import type { Kernel } from '../../generated/types/kernel.ts';
import type { ConfigExpression } from '../../generator/c/config-expression.ts';
import type { SetModel, SourceModel } from '../../generator/declarations/model.ts';

/** The config options that are set, by name; `CONFIG_IPV6_MODULE` for one that is a module. */
export type Options = ReadonlySet<string>;

/** What a source file declares of one set for one configuration. */
export interface ExpectedSet {
  readonly name: string;
  readonly progTypes: readonly number[];
  /** By member of struct btf_kfunc_id_set, as far as there is an entry: the kfuncs and their flags words. */
  readonly members: Readonly<Record<string, readonly ExpectedEntry[]>>;
}

/** `[name, flags]`; without the flags where the layout has none. */
type ExpectedEntry = readonly [name: string, flags?: number];

/** The sets that exist in a configuration, straight from the model: sets without entries are not registered. */
export function expectedSets(kernel: Kernel, source: SourceModel, options: Options): readonly ExpectedSet[] {
  return source.sets
    .filter((set) => holds(source.config, options) && holds(set.config, options))
    .map((set) => ({
      name: set.name,
      progTypes: set.registrations.map(({ progType }) => kernel.prog_types.indexOf(progType ?? '')),
      members: expectedMembers(kernel, set, options),
    }))
    .filter((set) => set.progTypes.length > 0 && Object.keys(set.members).length > 0);
}

/** The destructor pairs that exist in a configuration, as `[struct, function]`. */
export function expectedDtors(
  kernel: Kernel,
  source: SourceModel,
  options: Options,
): readonly (readonly [string, string])[] {
  return kernel.limits.dtor_max_cnt === undefined
    ? []
    : source.dtors
        .filter((dtor) => holds(source.config, options) && holds(dtor.config, options))
        .map(({ type, kfunc }) => [`struct ${type}`, `func ${kfunc}`]);
}

function expectedMembers(kernel: Kernel, set: SetModel, options: Options): ExpectedSet['members'] {
  const kfuncs = set.kfuncs.filter((kfunc) => holds(kfunc.config, options));
  const bit = (flag: string): number => kernel.flags[flag] ?? Number.NaN;
  const members: [string, ExpectedEntry[]][] =
    kernel.set_types === undefined
      ? [['set', kfuncs.map(({ name, flags }) => [name, flags.reduce((word, flag) => word | (1 << bit(flag)), 0)])]]
      : kernel.set_types.map((type, index) => [
          `${type}_set`,
          kfuncs
            .filter(({ flags, check }) => (type === 'check' ? check : flags.some((flag) => bit(flag) === index)))
            .map(({ name }) => [name]),
        ]);
  return Object.fromEntries(members.filter(([, entries]) => entries.length > 0));
}

function holds(condition: ConfigExpression | undefined, options: Options): boolean {
  switch (condition?.kind) {
    case undefined:
      return true;
    case 'not':
      return !holds(condition.operand, options);
    case 'and':
      return condition.operands.every((operand) => holds(operand, options));
    case 'or':
      return condition.operands.some((operand) => holds(operand, options));
    case 'option': {
      const builtIn = options.has(condition.option);
      const module = options.has(`${condition.option}_MODULE`);
      switch (condition.test) {
        case 'defined':
        case 'IS_BUILTIN':
          return builtIn;
        case 'IS_MODULE':
          return module;
        case 'IS_ENABLED':
          return builtIn || module;
        case 'IS_REACHABLE':
          return builtIn || (module && options.has('MODULE'));
      }
    }
  }
}

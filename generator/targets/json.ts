import type { Kernel } from '../../generated/types/kernel.ts';
import type { Dtor, Kfunc, Prototype, Set as KfuncSet, TableJson } from '../../generated/types/table.ts';
import { printConfigExpression, type ConfigExpression } from '../c/config-expression.ts';
import { allConditions, progTypesByHook } from '../declarations/entries.ts';
import type {
  DtorModel,
  KernelModel,
  KfuncModel,
  LinesByKernel,
  PrototypeModel,
  SetModel,
  SourceModel,
} from '../declarations/model.ts';
import { compareText, progTypeName } from '../declarations/rows.ts';
import { printJson } from './json-text.ts';
import { markLines } from './mark.ts';
import type { Target } from './target.ts';

/** `json/`: a file a kernel, after schemas/table.schema.json. */
export const jsonTarget: Target = {
  name: 'json',
  description: 'the kfuncs and destructor pairs of each kernel as JSON, for tools in any language',
  emit({ model, version }) {
    return Promise.resolve(
      model.kernels.map((kernel) => ({
        path: `json/${kernel.kernel.version}.json`,
        content: printJson(tableJson(kernel, version)),
      })),
    );
  },
};

/** What is known of one kernel, as its JSON file has it. `version` is the package's. */
export function tableJson(model: KernelModel, version: string): TableJson {
  const { kernel, sources } = model;
  return {
    $comment: markLines(version, `the declarations of kernel ${kernel.version}`).join(' '),
    kernel: kernel.version,
    release: kernel.release,
    layout: kernel.layout,
    hooks: Object.fromEntries(
      Object.entries(kernel.hooks).map(([name, hook]) => [name, hook.prog_types.map(progTypeName)]),
    ),
    flags: { ...kernel.flags },
    ...filtersJson(kernel),
    sets: sources.flatMap((source) => source.sets.map((set) => setJson(source, set, kernel.version))),
    dtors: sources.flatMap((source) => source.dtors.map((dtor) => dtorJson(source, dtor, kernel.version))),
    prototypes: prototypesJson(sources, kernel.version),
  };
}

function filtersJson({ filters }: Kernel): Pick<TableJson, 'filters'> {
  if (filters === undefined) return {};
  const entries = Object.entries(filters).map(
    ([name, { prog_types, attach_types }]) =>
      [
        name,
        {
          ...(prog_types === undefined ? {} : { prog_types: prog_types.map(progTypeName) }),
          ...(attach_types === undefined ? {} : { attach_types: [...attach_types] }),
        },
      ] as const,
  );
  return { filters: Object.fromEntries(entries) };
}

function setJson(source: SourceModel, set: SetModel, kernel: string): KfuncSet {
  return {
    name: set.name,
    owner: source.owner,
    source: source.source,
    ...configJson(allConditions(source.config, set.config)),
    prog_types: set.registrations.flatMap(({ progType }) => (progType === undefined ? [] : [progTypeName(progType)])),
    hooks: [...progTypesByHook(set).keys()],
    ...(set.filter === undefined ? {} : { filter: set.filter }),
    kfuncs: set.kfuncs.map((kfunc) => kfuncJson(kfunc, kernel)),
  };
}

function kfuncJson(kfunc: KfuncModel, kernel: string): Kfunc {
  return {
    name: kfunc.name,
    flags: [...kfunc.flags],
    ...(kfunc.check ? {} : { check: false }),
    ...configJson(kfunc.config),
    ...lineJson(kfunc.lines, kernel),
  };
}

function dtorJson(source: SourceModel, dtor: DtorModel, kernel: string): Dtor {
  return {
    type: dtor.type,
    kfunc: dtor.kfunc,
    owner: source.owner,
    source: source.source,
    ...configJson(allConditions(source.config, dtor.config)),
    ...lineJson(dtor.lines, kernel),
  };
}

function prototypesJson(sources: readonly SourceModel[], kernel: string): Record<string, Prototype> {
  const known = new Map<string, Prototype>();
  for (const source of sources) {
    for (const { name, prototype } of source.sets.flatMap((set) => set.kfuncs)) {
      addPrototype(known, name, prototype, kernel);
    }
    for (const { kfunc, prototype } of source.dtors) {
      addPrototype(known, kfunc, prototype, kernel);
    }
  }
  return Object.fromEntries([...known].sort(([a], [b]) => compareText(a, b)));
}

function addPrototype(
  known: Map<string, Prototype>,
  name: string,
  model: PrototypeModel | undefined,
  kernel: string,
): void {
  if (model === undefined || known.has(name)) {
    return;
  }
  const { prototype, file, lines } = model;
  known.set(name, {
    c: prototype.text,
    returns: prototype.returns.text,
    params: prototype.params.map((param) => ({ type: param.type.text, name: param.name })),
    ...(file === undefined ? {} : { file }),
    ...lineJson(lines, kernel),
  });
}

function configJson(config: ConfigExpression | undefined): { config?: string } {
  return config === undefined ? {} : { config: printConfigExpression(config) };
}

function lineJson(lines: LinesByKernel | undefined, kernel: string): { line?: number } {
  const line = lines?.[kernel];
  return line === undefined ? {} : { line };
}

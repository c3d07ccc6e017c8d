import type { DtorData, EntryData, Located, PrototypeData } from '../../site/data/explorer-data.ts';
import { printConfigExpression, type ConfigExpression } from '../c/config-expression.ts';
import { allConditions, type KfuncEntry } from '../declarations/entries.ts';
import type { PrototypeModel } from '../declarations/model.ts';
import type { DocumentedKfunc, DtorEntry } from '../targets/docs-catalog.ts';
import { foldKernels } from './fold-kernels.ts';

/** What is known before the kernels of a thing are put together. */
type InOneKernel<T extends Located> = Omit<T, 'kernels' | 'lines'>;

/** The registrations of a kfunc through the kernels. */
export function entriesOf({ kernels }: DocumentedKfunc, versions: readonly string[]): readonly EntryData[] {
  const items = kernels.flatMap(({ version, entries }) =>
    entries.map((entry) => ({ version, value: entryIn(entry), lines: entry.kfunc.lines })),
  );
  return foldKernels(items, versions);
}

function entryIn({ source, set, kfunc, hook, progTypes }: KfuncEntry): InOneKernel<EntryData> {
  return {
    hook,
    progTypes: [...progTypes],
    flags: kfunc.flags.toSorted(),
    set: set.name,
    owner: source.owner,
    source: source.source,
    ...configData(allConditions(source.config, set.config, kfunc.config)),
    ...(set.filter === undefined ? {} : { filter: set.filter }),
    ...(kfunc.check ? {} : { isUncallable: true }),
  };
}

/** The prototypes of a kfunc through the kernels. */
export function prototypesOf({ kernels }: DocumentedKfunc, versions: readonly string[]): readonly PrototypeData[] {
  const items = kernels.flatMap(({ version, prototype }) =>
    prototype === undefined ? [] : [{ version, value: prototypeIn(prototype), lines: prototype.lines }],
  );
  return foldKernels(items, versions);
}

function prototypeIn({ prototype, file }: PrototypeModel): InOneKernel<PrototypeData> {
  const { text, returns, params, isVariadic } = prototype;
  return {
    text,
    returns: returns.text,
    params: params.map(({ type, name }) => [type.text, name] as const),
    source: file ?? '',
    ...(isVariadic ? { isVariadic } : {}),
  };
}

/** The types whose objects a destructor frees, through the kernels. */
export function dtorsOf({ kernels }: DocumentedKfunc, versions: readonly string[]): readonly DtorData[] {
  const items = kernels.flatMap(({ version, dtors }) =>
    dtors.map((entry) => ({ version, value: dtorIn(entry), lines: entry.dtor.lines })),
  );
  return foldKernels(items, versions);
}

function dtorIn({ source, dtor }: DtorEntry): InOneKernel<DtorData> {
  return {
    type: dtor.type,
    owner: source.owner,
    source: source.source,
    ...configData(allConditions(source.config, dtor.config)),
  };
}

function configData(config: ConfigExpression | undefined): { readonly config?: string } {
  return config === undefined ? {} : { config: printConfigExpression(config) };
}

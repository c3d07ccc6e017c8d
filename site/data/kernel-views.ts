import type { KernelView, KfuncView } from '../../src/diff/kernel-view.ts';
import type { Catalog } from './catalog.ts';
import type { KfuncData, PrototypeData } from './explorer-data.ts';
import { holds } from './ranges.ts';

const views = new WeakMap<Catalog, Map<number, KernelView>>();

/** A kernel as `kfuncs diff` sees it. */
export function viewKernel(catalog: Catalog, position: number): KernelView {
  const known = views.get(catalog) ?? new Map<number, KernelView>();
  views.set(catalog, known);
  const view = known.get(position) ?? makeView(catalog, position);
  known.set(position, view);
  return view;
}

function makeView(catalog: Catalog, position: number): KernelView {
  const kfuncs = new Map<string, KfuncView>();
  const dtors = new Map<string, { readonly kfunc: string; readonly owner: string }>();
  for (const kfunc of catalog.kfuncs) {
    const view = viewKfunc(kfunc, catalog, position);
    if (view.owners.size > 0) kfuncs.set(kfunc.name, view);
    for (const { kernels, type, owner } of kfunc.dtors ?? []) {
      if (holds(kernels, position)) dtors.set(type, { kfunc: kfunc.name, owner });
    }
  }
  return { flags: new Set(catalog.kernels[position]?.flags), kfuncs, dtors };
}

function viewKfunc({ name, entries, prototypes }: KfuncData, { kernels }: Catalog, position: number): KfuncView {
  const held = entries.filter((entry) => entry.isUncallable !== true && holds(entry.kernels, position));
  const progTypes = new Map<string, ReadonlySet<string>>();
  for (const { hook, flags } of held) {
    for (const type of kernels[position]?.hooks[hook] ?? []) {
      progTypes.set(type, new Set([...(progTypes.get(type) ?? []), ...flags]));
    }
  }
  const prototype = prototypes.find((each) => holds(each.kernels, position));
  return {
    name,
    owners: new Set(held.map(({ owner }) => owner)),
    progTypes,
    conditions: new Set(held.map(({ config }) => config ?? '')),
    prototype: prototype === undefined ? undefined : viewPrototype(prototype),
  };
}

function viewPrototype({ text, returns, params, isVariadic }: PrototypeData): NonNullable<KfuncView['prototype']> {
  return {
    text,
    returns: { text: returns },
    params: params.map(([type, name]) => ({ type: { text: type }, name })),
    isVariadic: isVariadic === true,
  };
}

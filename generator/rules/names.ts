import { below, type Place } from '../declarations/place.ts';
import type { Registry } from '../declarations/registry.ts';

/** Every name of a registry that must be a C identifier, and where it stands. */
export function namesOf(registry: Registry): readonly { readonly name: string; readonly place: Place }[] {
  return registry.files.flatMap(({ sets, dtors }) => [
    ...sets.flatMap((set) => [
      { name: set.name, place: below(set.place, 'name') },
      ...set.kfuncs.map((kfunc) => ({ name: kfunc.name, place: kfunc.namePlace })),
    ]),
    ...dtors.flatMap((dtor) => [
      { name: dtor.type, place: below(dtor.place, 'type') },
      { name: dtor.kfunc, place: below(dtor.place, 'kfunc') },
    ]),
  ]);
}

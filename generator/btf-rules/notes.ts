import { findOfOwner } from '../btf-kernel/find-kfunc.ts';
import { optionalPairEntries, optionalSetEntries } from './entries.ts';
import type { JudgedKernel } from './judged-kernel.ts';

/** What was not judged, a sentence each: no finding, but what `no findings` has to be read with. */
export function notesOf(judged: JudgedKernel): readonly string[] {
  const { given, model } = judged;
  const notGiven = new Map<string, Set<string>>();
  const absent = new Set<string>();
  const entries = [
    ...optionalSetEntries(judged).map((entry) => ({ entry, name: entry.kfunc.name })),
    ...optionalPairEntries(judged).map((entry) => ({ entry, name: entry.dtor.kfunc })),
  ];
  for (const { entry, name } of entries) {
    const { owner } = entry.source;
    const found = findOfOwner(given, owner, name, 'func');
    if (found === 'not-given') {
      notGiven.set(owner, (notGiven.get(owner) ?? new Set()).add(name));
    } else if (found === 'absent' && entry.isOptional) {
      absent.add(name);
    }
  }
  const modules = [...notGiven].map(([owner, names]) => `${owner} (${String(names.size)})`);
  return [
    `${given.path} is taken for ${model.kernel.version}`,
    ...(modules.length === 0 ? [] : [`  kfuncs of modules whose BTF is not given: ${modules.join(', ')}`]),
    ...(absent.size === 0 ? [] : [`  kfuncs that the configuration leaves out: ${[...absent].join(', ')}`]),
  ];
}

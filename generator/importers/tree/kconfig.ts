import type { OptionType } from './kbuild.ts';
import type { SourceTree } from './source-tree.ts';

/** The types of options, read out of the tree's Kconfig files when first asked for. */
export function optionTypes(tree: SourceTree): (option: string) => OptionType | undefined {
  let types: ReadonlyMap<string, OptionType> | undefined;
  return (option) => (types ??= readTypes(tree)).get(option);
}

function readTypes(tree: SourceTree): ReadonlyMap<string, OptionType> {
  const types = new Map<string, OptionType>();
  for (const path of tree.find(/^Kconfig/)) {
    let option: string | undefined;
    for (const line of (tree.read(path) ?? '').split('\n')) {
      const begun = /^\s*(?:menu)?config\s+(\w+)\s*$/.exec(line)?.[1];
      const type = /^\s+(?:def_)?(bool|tristate)\b/.exec(line)?.[1];
      // The help text may say anything.
      option = begun ?? (/^\s*help\s*$/.test(line) ? undefined : option);
      if (option !== undefined && begun === undefined && type !== undefined) {
        // Where several files define an option, one that can make it a module decides.
        if (types.get(option) !== 'tristate') {
          types.set(option, type === 'tristate' ? 'tristate' : 'bool');
        }
        option = undefined;
      }
    }
  }
  return types;
}

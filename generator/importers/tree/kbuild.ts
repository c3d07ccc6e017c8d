import { posix } from 'node:path';
import type { SourceTree } from './source-tree.ts';

/** The type of a Kconfig option: a tristate one can make a module. */
export type OptionType = 'bool' | 'tristate';

/** An assignment to an object list in a Makefile (Documentation/kbuild/makefiles.rst): `NAME-SUFFIX += words`. */
interface ObjectList {
  /** `obj`, `lib`, or the name of a composite object. */
  readonly name: string;
  /** `y`, `m`, `objs`, or a reference to an option. */
  readonly suffix: string;
  readonly words: readonly string[];
}

const LIST = /^\s*([\w.-]+?)-(y|m|objs|\$[({](?:subst m,y,\$[({])?CONFIG_\w+[)}]{1,2})\s*[:+?]?=\s*(.*)$/;

/** Who a C file is linked into, as far as the Makefiles tell: `vmlinux`, a module's name, or undefined. */
export type FindOwner = (path: string) => string | undefined;

/**
 * Reads owners out of Makefiles. Conditionals in them are not judged: both branches count.
 *
 * @param optionType the type of a Kconfig option, without CONFIG_; undefined where no Kconfig file has it
 */
export function ownersBy(tree: SourceTree, optionType: (option: string) => OptionType | undefined): FindOwner {
  const lists = new Map<string, readonly ObjectList[]>();
  const listsOf = (folder: string): readonly ObjectList[] => {
    const known = lists.get(folder);
    if (known !== undefined) {
      return known;
    }
    const text = tree.read(posix.join(folder, 'Kbuild')) ?? tree.read(posix.join(folder, 'Makefile')) ?? '';
    const read = objectLists(text);
    lists.set(folder, read);
    return read;
  };
  const ownerOf = (folder: string, object: string, seen: readonly string[]): string | undefined => {
    const module = posix.basename(object, '.o').replaceAll('-', '_');
    for (const { name, suffix } of listsOf(folder).filter(({ words }) => words.includes(object))) {
      const owner = isList(name) ? linkedInto(suffix, module, optionType) : outerOwner(folder, name, object, seen);
      if (owner !== undefined) {
        return owner;
      }
    }
    return undefined;
  };
  const outerOwner = (folder: string, name: string, object: string, seen: readonly string[]): string | undefined =>
    seen.includes(name) ? undefined : ownerOf(folder, `${name}.o`, [...seen, posix.basename(object, '.o')]);
  return (path) => {
    const object = path.replace(/\.c$/, '.o');
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const owner = ownerOf(folder, posix.relative(folder, object), []);
      if (owner !== undefined || folder === '.') {
        return owner;
      }
    }
  };
}

/** The lists that Kbuild itself reads; every other name is a composite object's. */
function isList(name: string): boolean {
  return name === 'obj' || name === 'lib';
}

function linkedInto(
  suffix: string,
  module: string,
  optionType: (option: string) => OptionType | undefined,
): string | undefined {
  const option = /CONFIG_(\w+)/.exec(suffix)?.[1];
  const type = option === undefined || suffix.includes('subst') ? 'bool' : optionType(option);
  return suffix === 'm' || type === 'tristate' ? module : type === 'bool' ? 'vmlinux' : undefined;
}

function objectLists(text: string): readonly ObjectList[] {
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, name, suffix, words] = LIST.exec(line.replace(/#.*/, '')) ?? [];
      return name === undefined || suffix === undefined || words === undefined
        ? []
        : [{ name, suffix, words: words.split(/\s+/) }];
    });
}

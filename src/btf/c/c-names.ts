/** The names that were given out so far. C has two name spaces at file scope: tags, and all else. */
export interface CNames {
  /** By the name in BTF, what it was given to; the first keeps it, the others get a number. */
  readonly tags: Map<string, string[]>;
  readonly tagIds: Map<number, string>;
  /** How often each kind and name of a tag was met. */
  readonly tagCounts: Map<string, number>;
  readonly ordinary: Map<string, number>;
  readonly typedefIds: Map<number, string>;
}

/** Words that are no names in C, and so in no BTF that came from C. */
const KEYWORDS =
  'auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Bool typeof asm'.split(
    ' ',
  );
const IS_KEYWORD = new Set(KEYWORDS);

export function createCNames(): CNames {
  return {
    tags: new Map(KEYWORDS.map((word) => [word, ['keyword']])),
    tagIds: new Map(),
    tagCounts: new Map(),
    ordinary: new Map(KEYWORDS.map((word) => [word, 1])),
    typedefIds: new Map(),
  };
}

/**
 * The tag of a named struct, union or enum. BTF may hold several of one name (different files of a kernel); all but the
 * first get a suffix as BPF programs use it (`x___2`), which relocation ignores.
 */
export function tagOf(names: CNames, id: number, kind: 'struct' | 'union' | 'enum', name: string): string {
  const known = names.tagIds.get(id);
  if (known !== undefined) return known;
  const key = `${kind} ${name}`;
  const ordinal = names.tagCounts.get(key) ?? 0;
  names.tagCounts.set(key, ordinal + 1);
  const tag = numbered(names, name, `${key} ${String(ordinal)}`);
  names.tagIds.set(id, tag);
  return tag;
}

/** The tag of a forward declaration: that of the first struct or union of the name. */
export function forwardTagOf(names: CNames, kind: 'struct' | 'union', name: string): string {
  return numbered(names, name, `${kind} ${name} 0`);
}

/** The name of a typedef. */
export function typedefNameOf(names: CNames, id: number, name: string): string {
  const known = names.typedefIds.get(id) ?? newName(names, name);
  names.typedefIds.set(id, known);
  return known;
}

/** A name at file scope that nothing else has: of an enumerator, say. */
export function newName(names: CNames, name: string): string {
  const count = (names.ordinary.get(name) ?? 0) + 1;
  names.ordinary.set(name, count);
  return count === 1 ? name : `${name}___${String(count)}`;
}

/** The name of a member or parameter, which no other can be in the way of. */
export function localName(name: string): string {
  return IS_KEYWORD.has(name) ? `${name}_` : name;
}

function numbered({ tags }: CNames, name: string, owner: string): string {
  const owners = tags.get(name) ?? [];
  tags.set(name, owners);
  const index = owners.indexOf(owner);
  const number = index === -1 ? owners.push(owner) : index + 1;
  return number === 1 ? name : `${name}___${String(number)}`;
}

import { isIdentifier } from '../c/identifier.ts';
import type { SourceModel } from '../declarations/model.ts';

/** Gives a name that nothing else has: the wanted one, with underscores appended where it is taken. */
export type ClaimName = (wanted: string) => string;

/**
 * The name, if C can spell it.
 *
 * @throws Error where it can't: validation refuses such names, so one that comes here is a defect of ours.
 */
export function checkedIdentifier(name: string): string {
  if (!isIdentifier(name)) {
    throw new Error(`\`${name}\` is no C identifier and can't stand in a header`);
  }
  return name;
}

/**
 * Path of the header for a source file: the same with `.h`.
 *
 * @throws Error where the source is no relative path to a C file, as the schema has them.
 */
export function headerPath(source: string): string {
  if (!/^\w[\w.+-]*(\/\w[\w.+-]*)*\.[ch]$/.test(source)) {
    throw new Error(`\`${source}\` is no path of a C file`);
  }
  return source.replace(/\.[ch]$/, '.h');
}

/** The macro that keeps a header from being read twice. */
export function includeGuard(source: string): string {
  return checkedIdentifier(`KFUNCS_${headerPath(source).replaceAll('/', '__').replace(/\W/g, '_').toUpperCase()}`);
}

/** The function that registers all of a source file: `register_nf_conntrack_bpf`. */
export function registerName(source: string): string {
  const file = headerPath(source).split('/').at(-1) ?? '';
  return checkedIdentifier(`register_${file.slice(0, -'.h'.length).replace(/\W/g, '_')}`);
}

/**
 * Names for what the sources of one owner need beside their own names. They are unique in the whole owner, since its
 * files end up in one object: resolve_btfids takes the names of BTF sets for global and refuses the second of a name.
 */
export function claimNames(sources: readonly SourceModel[]): ClaimName {
  const taken = new Set(sources.flatMap(({ source, sets }) => [registerName(source), ...sets.map((set) => set.name)]));
  return (wanted) => {
    let name = checkedIdentifier(wanted);
    while (taken.has(name)) {
      name += '_';
    }
    taken.add(name);
    return name;
  };
}

import { closingOf, partsIn, spell } from '../c/brackets.ts';
import type { Condition } from '../c/condition.ts';
import type { CodeToken } from '../c/preprocess.ts';
import type { Report } from './problem.ts';

/** An entry of an id set or list: BTF_ID() or BTF_ID_FLAGS() (include/linux/btf_ids.h). */
export interface IdEntry {
  /** `func`, `struct`, …; `unused` for BTF_ID_UNUSED. */
  readonly kind: string;
  readonly name: string;
  /** KF_… as spelled; undefined for BTF_ID(), which has no flags word. */
  readonly flags: readonly string[] | undefined;
  readonly line: number;
  readonly conditions: readonly Condition[];
}

/** A BTF id set or list. */
export interface IdSection {
  /** set: struct btf_id_set; set8: struct btf_id_set8, with flags; list: an array of ids. */
  readonly kind: 'set' | 'set8' | 'list';
  readonly name: string;
  readonly line: number;
  readonly entries: readonly IdEntry[];
}

type SectionKind = IdSection['kind'];

const STARTS: ReadonlyMap<string, SectionKind> = new Map([
  ['BTF_SET_START', 'set'],
  ['BTF_SET_START_GLOBAL', 'set'],
  ['BTF_SET8_START', 'set8'],
  ['BTF_KFUNCS_START', 'set8'],
  ['BTF_ID_LIST', 'list'],
  ['BTF_ID_LIST_GLOBAL', 'list'],
]);
const SINGLES = new Set(['BTF_ID_LIST_SINGLE', 'BTF_ID_LIST_GLOBAL_SINGLE']);
const ENDS = new Set(['BTF_SET_END', 'BTF_SET8_END', 'BTF_KFUNCS_END']);
const ENTRIES = new Set(['BTF_ID', 'BTF_ID_FLAGS', 'BTF_ID_UNUSED']);

/** Whether a macro begins a set, ends one, or neither. */
export function setBoundary(macro: string): 'start' | 'end' | undefined {
  const kind = STARTS.get(macro);
  return kind === 'set' || kind === 'set8' ? 'start' : ENDS.has(macro) ? 'end' : undefined;
}

/** Whether this is one of the macros that entries of id sets and lists are made of. */
export function isEntryMacro(name: string): boolean {
  return ENTRIES.has(name);
}

/** The BTF id sets and lists of a file, by name. A set that holds anything but entries is reported. */
export function readIdSections(tokens: readonly CodeToken[], report: Report): ReadonlyMap<string, IdSection> {
  const sections = new Map<string, IdSection>();
  let open: { readonly kind: SectionKind; readonly name: string; readonly entries: IdEntry[] } | undefined;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) {
      break;
    }
    const { text: macro, line } = token;
    const kind = STARTS.get(macro) ?? (SINGLES.has(macro) ? 'list' : undefined);
    if (kind === undefined && !ENDS.has(macro) && !ENTRIES.has(macro)) {
      if (open !== undefined && macro !== ';') {
        if (open.kind !== 'list') {
          report(line, `\`${macro}\` in the id set ${open.name} is no entry`);
        } else {
          // A list has no end of its own: it ends where something else begins.
          open = undefined;
        }
      }
      continue;
    }
    const args = partsIn(tokens, at + 1);
    if (kind !== undefined) {
      open = { kind, name: spell(args[0] ?? []), entries: [] };
      sections.set(open.name, { ...open, line });
    }
    if (ENDS.has(macro)) {
      open = undefined;
    } else if (ENTRIES.has(macro)) {
      open?.entries.push(entryOf(token, args, report));
    } else if (SINGLES.has(macro)) {
      open?.entries.push(entryOf(token, args.slice(1), report));
      open = undefined;
    }
    at = closingOf(tokens, at + 1) ?? at;
  }
  return sections;
}

function entryOf(token: CodeToken, args: readonly (readonly CodeToken[])[], report: Report): IdEntry {
  const [kind, name, flags] = args.map(spell);
  const { line, conditions } = token;
  if (kind === undefined) {
    return { kind: 'unused', name: '', flags: undefined, line, conditions };
  }
  const hasFlags = token.text === 'BTF_ID_FLAGS';
  const words = (flags ?? '0').replaceAll(/[()\s]/g, '').split('|');
  const unreadable = words.filter((word) => !/^(KF_\w+|0)$/.test(word));
  if (unreadable.length > 0) {
    report(line, `the flags \`${flags ?? ''}\` of ${name ?? ''} can't be read`);
  }
  const known = words.filter((word) => word.startsWith('KF_'));
  return { kind, name: name ?? '', flags: hasFlags ? known : undefined, line, conditions };
}

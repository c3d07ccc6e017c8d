import { dirname, posix } from 'node:path';
import { lex } from '../c/lex.ts';
import type { Macro } from '../c/macros.ts';
import { preprocess } from '../c/preprocess.ts';
import type { CToken, Directive } from '../c/token.ts';
import { isEntryMacro, setBoundary } from './id-sections.ts';
import type { SourceTree } from './source-tree.ts';

const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]/gm;

/**
 * The macros that stand in the id sets of a file and that one of its headers defines: X-macros such as that of the XDP
 * metadata kfuncs (include/net/xdp.h), which list the entries of a set.
 */
export function headerMacros(
  tree: SourceTree,
  path: string,
  items: readonly (CToken | Directive)[],
): ReadonlyMap<string, Macro> {
  const found = new Map<string, Macro>();
  const wanted = namesInSets(items);
  if (wanted.size === 0) {
    return found;
  }
  const seen = new Set<string>();
  const pending = [path];
  for (let at = pending.shift(); at !== undefined && wanted.size > 0; at = pending.shift()) {
    const text = tree.read(at);
    if (text === undefined || seen.has(at)) {
      continue;
    }
    seen.add(at);
    for (const [name, macro] of at === path ? [] : definedIn(text, wanted)) {
      found.set(name, macro);
      wanted.delete(name);
    }
    for (const [, open, header = ''] of text.matchAll(INCLUDE)) {
      const beside = posix.join(dirname(at), header);
      pending.push(...(open === '"' ? [beside] : []), `include/${header}`, `include/uapi/${header}`);
    }
  }
  return found;
}

/** Names of macros that stand between the beginning and the end of a set, and that the file does not define. */
function namesInSets(items: readonly (CToken | Directive)[]): Set<string> {
  const names = new Set<string>();
  const own = new Set<string>();
  let isInSet = false;
  let depth = 0;
  for (const item of items) {
    if (item.kind === 'directive') {
      if (item.name === 'define') {
        own.add(item.tokens[0]?.text ?? '');
      }
      continue;
    }
    const boundary = setBoundary(item.text);
    depth += item.text === '(' ? 1 : item.text === ')' ? -1 : 0;
    if (boundary !== undefined) {
      isInSet = boundary === 'start';
    } else if (isInSet && depth === 0 && item.kind === 'identifier' && !isEntryMacro(item.text)) {
      names.add(item.text);
    }
  }
  return new Set([...names].filter((name) => !own.has(name)));
}

function definedIn(text: string, wanted: ReadonlySet<string>): readonly (readonly [string, Macro])[] {
  if (![...wanted].some((name) => text.includes(name))) {
    return [];
  }
  return [...preprocess(lex(text)).macros].filter(([name]) => wanted.has(name));
}

/** A piece of a prototype and what it is. */
export interface PrototypeToken {
  readonly kind: 'keyword' | 'type' | 'function' | 'parameter' | 'other';
  readonly text: string;
}

const KEYWORDS = new Set(['struct', 'union', 'enum', 'const', 'volatile', 'unsigned', 'signed', 'void', 'restrict']);

/**
 * Cuts a prototype into pieces to colour; together they are the prototype again. A word before a comma, a bracket or the
 * end is the name of a parameter.
 *
 * @param name of the function; empty for a parameter alone
 */
export function tokenizePrototype(text: string, name: string): readonly PrototypeToken[] {
  const parts = text.match(/\w+|\W+/g) ?? [];
  return parts.map((part, index) => ({ kind: kindOf(part, parts[index + 1], name), text: part }));
}

function kindOf(part: string, next: string | undefined, name: string): PrototypeToken['kind'] {
  if (!/^\w/.test(part) || part === '...') return 'other';
  if (part === name) return 'function';
  if (KEYWORDS.has(part)) return 'keyword';
  return next === undefined || /^[,)[]/.test(next) ? 'parameter' : 'type';
}

/** At the commas that stand in no brackets of their own. */
export function splitParameters(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const sign of text) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (sign === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${sign}`);
  }
  return parts.map((part) => part.trim());
}

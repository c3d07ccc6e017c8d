/** Words of sparse and of the compiler that DWARF, and so BTF, does not have or has in another place. */
const DROPPED = new Set('__user __rcu __percpu __iomem __force __private __bitwise restrict __restrict'.split(' '));
const QUALIFIERS = new Set(['const', 'volatile']);
const INT_WORDS = new Set(['unsigned', 'signed', 'char', 'short', 'int', 'long']);
const ATTRIBUTE = /__attribute__\(\((?:[^()]|\([^()]*\))*\)\)/g;

/**
 * Whether two spellings are the same C type of a parameter or result. `unsigned long` and `long unsigned int` are; a
 * typedef and what it stands for are not, as the kernel compares names. Qualifiers of the value itself do not count.
 * Functions that are pointed to are not compared: BTF has no names for their parameters.
 */
export function sameType(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}

function canonical(text: string): string {
  const plain = text.replace(ATTRIBUTE, ' ');
  if (plain.includes('(')) {
    return 'function';
  }
  const pointers = plain.replace(/(?:\s*\[[^\]]*\])+/, '*').split('*');
  const levels = pointers.map((level) => level.split(/\s+/).filter((word) => word !== '' && !DROPPED.has(word)));
  const qualifiers = levels.map((words, level) =>
    level === levels.length - 1 ? '' : [...new Set(words.filter((word) => QUALIFIERS.has(word)))].sort().join(' '),
  );
  const base = (levels[0] ?? []).filter((word) => !QUALIFIERS.has(word));
  return `${baseType(base)} ${qualifiers.join('*')}`;
}

function baseType(words: readonly string[]): string {
  if (!words.every((word) => INT_WORDS.has(word))) {
    return words.map((word) => (word === '_Bool' ? 'bool' : word)).join(' ');
  }
  const sign = words.includes('unsigned')
    ? 'unsigned '
    : words.includes('char') && words.includes('signed')
      ? 'signed '
      : '';
  const longs = words.filter((word) => word === 'long').length;
  const size = words.includes('char')
    ? 'char'
    : words.includes('short')
      ? 'short'
      : longs === 0
        ? 'int'
        : 'long '.repeat(longs).trim();
  return `${sign}${size}`;
}

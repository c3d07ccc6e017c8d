/** Longest literal that stays on one line. */
const MAX_INLINE = 110;

/**
 * A TypeScript literal of plain data. Short lists and objects take one line; a list in which names and numbers take
 * turns takes a line a name.
 */
export function printLiteral(value: unknown, indent = ''): string {
  if (typeof value === 'string') {
    return printString(value);
  }
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  const inner = `${indent}  `;
  const isArray = Array.isArray(value);
  const members = isArray
    ? value.map((item) => printLiteral(item, inner))
    : Object.entries(value).map(([key, member]) => `${printName(key)}: ${printLiteral(member, inner)}`);
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) {
    return open + close;
  }
  const isPairs = isArray && typeof value[0] === 'string' && typeof value[1] === 'number';
  const list = members.join(', ');
  if (!isPairs && list.length <= MAX_INLINE && !list.includes('\n')) {
    return isArray ? `[${list}]` : `{ ${list} }`;
  }
  const lines = isPairs ? pairs(members) : members;
  return `${open}\n${lines.map((line) => `${inner}${line},\n`).join('')}${indent}${close}`;
}

function pairs(members: readonly string[]): readonly string[] {
  return members.flatMap((member, index) => (index % 2 === 0 ? [`${member}, ${members[index + 1] ?? ''}`] : []));
}

function printString(text: string): string {
  return /^[^'\\\p{Cc}\u2028\u2029]*$/u.test(text) ? `'${text}'` : JSON.stringify(text);
}

/** A property name. A literal's plain `__proto__` would set its prototype. */
function printName(name: string): string {
  if (name === '__proto__') {
    return `['${name}']`;
  }
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : printString(name);
}

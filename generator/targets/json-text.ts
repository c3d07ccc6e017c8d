/** Longest text of an entry that stays on one line. */
const MAX_ENTRY = 160;

/**
 * JSON text that reads well in a diff: an array or object that holds only single values and lists of them takes one
 * line where it is short, everything else a line a member, indented by two spaces. Ends with a line feed.
 */
export function printJson(value: object): string {
  return `${print(value, '')}\n`;
}

function print(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const members = Object.entries(value);
  const isArray = Array.isArray(value);
  const label = (key: string) => (isArray ? '' : `${JSON.stringify(key)}: `);
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) {
    return open + close;
  }
  if (members.every(([, member]) => isSimple(member))) {
    const list = members.map(([key, member]) => label(key) + printSimple(member)).join(', ');
    const inline = isArray ? `[${list}]` : `{ ${list} }`;
    if (inline.length <= MAX_ENTRY) {
      return inline;
    }
  }
  const inner = `${indent}  `;
  const lines = members.map(([key, member]) => inner + label(key) + print(member, inner));
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/** A single value, or a list of them. */
function isSimple(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isSingle) : isSingle(value);
}

function isSingle(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function printSimple(value: unknown): string {
  return Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : JSON.stringify(value);
}

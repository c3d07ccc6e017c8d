/** Lines of an example that are shown; the rest is more of the same. */
const MAX_LINES = 32;
/** Characters of a line that are shown. */
const MAX_WIDTH = 110;

/** The example of a rule as people read it: long ones cut, and what can't be seen spelled as escapes. */
export function exampleText(example: string): readonly string[] {
  const lines = example.replace(/\n$/, '').split('\n');
  const shown = lines.slice(0, MAX_LINES).map((line) => {
    // Cut first: the example of a file that is too large is one.
    const spelled = line.slice(0, MAX_WIDTH + 1).replace(UNSEEN, spell);
    return spelled.length > MAX_WIDTH ? `${spelled.slice(0, MAX_WIDTH)}…` : spelled;
  });
  const rest = lines.length - shown.length;
  return rest > 0 ? [...shown, `… and ${String(rest)} more lines`] : shown;
}

const UNSEEN = /[\u0000-\u001f\u007f-\u009f\ufeff]/g;

function spell(character: string): string {
  const names: Readonly<Record<string, string>> = { '\0': '\\0', '\r': '\\r', '\t': '\\t' };
  return names[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

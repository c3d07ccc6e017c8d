/**
 * Indents TypeScript types as json-schema-to-typescript writes them: a line a member, braces at the ends of lines. Its
 * own formatting would load prettier, which takes longer than all the rest of the target.
 */
export function indentTypes(types: string): string {
  let depth = 0;
  const lines = types.split('\n').map((line) => {
    const text = line.trim();
    const isComment = /^(?:\/\*|\*|\/\/)/.test(text);
    if (!isComment && text.startsWith('}')) {
      depth--;
    }
    const indented = text === '' ? '' : '  '.repeat(depth) + (text.startsWith('*') ? ` ${text}` : text);
    if (!isComment && text.endsWith('{')) {
      depth++;
    }
    return indented;
  });
  return lines.join('\n');
}

import { posix } from 'node:path';

/**
 * Plain text as Markdown: it reads as it was written, names in backquotes as code. Empty lines part paragraphs, other
 * line ends are spaces.
 */
export function plainText(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => plainLine(paragraph))
    .join('\n\n');
}

/** Plain text on one line, for a table or a heading. */
export function plainLine(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : escapeSigns(part)))
    .join('')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

function escapeSigns(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}

/** Text as code within a line. */
export function code(text: string): string {
  if (/^[\w.,/() -]+$/.test(text)) {
    return `\`${text}\``;
  }
  const line = text.replaceAll(/\s+/g, ' ');
  const fence = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return fence + space + line + space + fence;
}

/** Lines as a block of code. */
export function codeBlock(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** A table; cells are Markdown on one line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`);
  return lines.join('\n');
}

/** A pipe ends a cell, in code too, where it is not escaped yet. */
function cell(markdown: string): string {
  return !markdown.includes('|') ? markdown : markdown.replaceAll(/(?<!\\)\|/g, '\\|');
}

/** A link from one emitted file to another; the text is Markdown. */
export function link(text: string, from: string, to: string): string {
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  return `[${text}](${to.startsWith(folder) ? to.slice(folder.length) : posix.relative(folder, to)})`;
}

/** A page: comment lines, a heading, and what stands below it; empty parts are left out. */
export function page(comment: readonly string[], title: string, parts: readonly string[]): string {
  const head = comment.map((line) => `<!-- ${line} -->`).join('\n');
  return `${[head, `# ${title}`, ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}

/** A part of a page; nothing where there is nothing to say. */
export function section(title: string, content: string): string {
  return content === '' ? '' : `## ${title}\n\n${content}`;
}

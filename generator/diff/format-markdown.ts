import type { Change, Diff } from '../../generated/types/diff.ts';
import { kernelNames } from '../diagnostics/kernel-names.ts';

/** Characters that GitHub takes for a comment are 65,536; some are left for who puts it into one. */
const MAX_LENGTH = 60_000;

/** Breaking changes that are open to the eye; more of them are folded away. */
const MAX_OPEN = 30;

/** For a pull request: breaking changes first and open, others folded; never longer than a comment may be. */
export function formatMarkdownDiff({ old, new: now, changes }: Diff): string {
  const breaking = changes.filter((change) => change.breaking);
  const others = changes.filter((change) => !change.breaking);
  const head = `### kfuncs: ${escape(old)} → ${escape(now)}\n\n`;
  if (changes.length === 0) {
    return `${head}Nothing that BPF programs see has changed.\n`;
  }
  const counts = `**${String(breaking.length)} breaking**, ${String(others.length)} other ${others.length === 1 ? 'change' : 'changes'}.\n`;
  const hasKernels = changes.some(({ kernels }) => kernels.length > 0);
  let room = MAX_LENGTH - head.length - counts.length - FRAME_LENGTH;
  let left = 0;
  const tableOf = (rows: readonly Change[]): string => {
    const lines = rows.map((change) => rowOf(change, hasKernels));
    const fitting = lines.findIndex((line) => (room -= line.length) < 0);
    const shown = fitting === -1 ? lines : lines.slice(0, fitting);
    left += lines.length - shown.length;
    return shown.length === 0 ? '' : `${headingOf(hasKernels)}${shown.join('')}`;
  };
  const open = tableOf(breaking.slice(0, MAX_OPEN));
  const more = folded(tableOf(breaking.slice(MAX_OPEN)), `${String(breaking.length - MAX_OPEN)} more breaking changes`);
  const rest = folded(
    tableOf(others),
    others.length === 1 ? '1 other change' : `${String(others.length)} other changes`,
  );
  const cut =
    left === 0 ? '' : `\n${String(left)} changes are left out here: \`kfuncs diff --format json\` has them.\n`;
  return `${head}${counts}${open === '' ? '' : `\n#### Breaking\n\n${open}`}${more}${rest}${cut}`;
}

/** What headings of tables, summaries of folds and the last line take together, at most. */
const FRAME_LENGTH = 800;

function folded(table: string, summary: string): string {
  return table === '' ? '' : `\n<details><summary>${summary}</summary>\n\n${table}\n</details>\n`;
}

function headingOf(hasKernels: boolean): string {
  const cells = ['Name', 'Change', ...(hasKernels ? ['Kernels'] : [])];
  return line(cells) + line(cells.map(() => '---'));
}

function rowOf({ name, message, kernels }: Change, hasKernels: boolean): string {
  const code = `\`${name.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
  return line([code, escape(message), ...(hasKernels ? [kernelNames(kernels)] : [])]);
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\s*[\r\n]\s*/g, ' ')).join(' | ')} |\n`;
}

/** Outside of code spans, what Markdown or HTML would take for its own; a bar ends a cell even inside one. */
function escape(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part.replaceAll('|', '\\|') : part.replace(/[\\*_[\]<>|#&]/g, '\\$&')))
    .join('`');
}

import type { Change, Diff } from '../../generated/types/diff.ts';
import { kernelNames } from '../diagnostics/kernel-names.ts';
import type { Style } from '../diagnostics/format/style.ts';

/** For a terminal: a line a change, breaking ones marked. */
export function formatPrettyDiff({ old, new: now, changes }: Diff, style: Style): string {
  const breaking = changes.filter((change) => change.breaking).length;
  const lines = changes.map((change) => {
    const mark = change.breaking
      ? style.error('breaks')
      : style.dim(change.kind.endsWith('added') ? 'adds  ' : 'notes ');
    return `${mark} ${style.bold(change.name)}: ${change.message.replaceAll('`', '')}${where(change)}\n`;
  });
  const totals = `${String(changes.length)} ${changes.length === 1 ? 'change' : 'changes'} from ${old} to ${now}, ${String(breaking)} of them breaking`;
  return `${lines.join('')}${changes.length === 0 ? `nothing differs between ${old} and ${now}` : totals}\n`;
}

/** For a pull request: a summary, then a table of each kind of change, breaking ones first and open. */
export function formatMarkdownDiff({ old, new: now, changes }: Diff): string {
  const breaking = changes.filter((change) => change.breaking);
  const others = changes.filter((change) => !change.breaking);
  const head = `### kfuncs: ${escape(old)} → ${escape(now)}\n\n`;
  if (changes.length === 0) {
    return `${head}Nothing that BPF programs see has changed.\n`;
  }
  const counts = `**${String(breaking.length)} breaking**, ${String(others.length)} other changes.\n`;
  const first = breaking.length === 0 ? '' : `\n#### Breaking\n\n${table(breaking)}`;
  const rest =
    others.length === 0 ? '' : `\n<details><summary>Other changes</summary>\n\n${table(others)}\n</details>\n`;
  return `${head}${counts}${first}${rest}`;
}

function table(changes: readonly Change[]): string {
  const withKernels = changes.some(({ kernels }) => kernels.length > 0);
  const heading = ['Name', 'Change', ...(withKernels ? ['Kernels'] : [])];
  const rows = changes.map(({ name, message, kernels }) => [
    `\`${name}\``,
    escape(message),
    ...(withKernels ? [kernelNames(kernels)] : []),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return line(heading) + line(heading.map(() => '---')) + rows.map(line).join('');
}

/** Outside of code spans, what Markdown or HTML would take for its own; a bar ends a cell even inside one. */
function escape(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part.replaceAll('|', '\\|') : part.replace(/[\\*_[\]<>|#]/g, '\\$&')))
    .join('`');
}

function where({ kernels }: Change): string {
  return kernels.length === 0 ? '' : ` (${kernelNames(kernels)})`;
}

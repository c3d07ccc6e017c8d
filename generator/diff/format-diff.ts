import type { Change, Diff } from '../../generated/types/diff.ts';
import { kernelNames } from '../diagnostics/kernel-names.ts';
import { visible } from '../diagnostics/format/frame.ts';
import type { Style } from '../diagnostics/format/style.ts';

/** For a terminal: a line a change, breaking ones marked. */
export function formatPrettyDiff({ old, new: now, changes }: Diff, style: Style): string {
  const breaking = changes.filter((change) => change.breaking).length;
  const lines = changes.map((change) => {
    const mark = change.breaking
      ? style.error('breaks')
      : style.dim(change.kind.endsWith('added') ? 'adds  ' : 'notes ');
    return `${mark} ${style.bold(visible(change.name))}: ${visible(change.message.replaceAll('`', ''))}${where(change)}\n`;
  });
  const totals = `${String(changes.length)} ${changes.length === 1 ? 'change' : 'changes'} from ${old} to ${now}, ${String(breaking)} of them breaking`;
  return `${lines.join('')}${changes.length === 0 ? `nothing differs between ${old} and ${now}` : totals}\n`;
}

function where({ kernels }: Change): string {
  return kernels.length === 0 ? '' : ` (${kernelNames(kernels)})`;
}

import { visible } from '../../generator/diagnostics/format/frame.ts';
import type { Style } from '../../generator/diagnostics/format/style.ts';

/** Columns of text, as wide as their widest cell, under a heading. */
export function textTable(heading: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  const shown = rows.map((row) => row.map(visible));
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...shown.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [style.bold(line(heading)), ...shown.map(line)].map((text) => `${text}\n`).join('');
}

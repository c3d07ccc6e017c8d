import type { CheckResult, KptrMap } from '../../../../generated/types/check-report.ts';
import { visible } from '../../../../generator/diagnostics/format/frame.ts';
import type { Style } from '../../../../generator/diagnostics/format/style.ts';

/** Of the maps of a file with referenced kptrs: what frees the objects that are left in them. */
export function prettyKptrs(results: readonly CheckResult[], style: Style): string {
  const kernelsByLine = new Map<string, string[]>();
  for (const { kernel, maps = [] } of results) {
    for (const line of maps.flatMap(linesOf)) {
      const kernels = kernelsByLine.get(line) ?? [];
      kernelsByLine.set(line, kernels.includes(kernel) ? kernels : [...kernels, kernel]);
    }
  }
  const all = new Set(results.map(({ kernel }) => kernel)).size;
  const lines = [...kernelsByLine].map(
    ([line, kernels]) => `  ${line}${kernels.length < all ? style.dim(visible(` (${kernels.join(', ')})`)) : ''}\n`,
  );
  return lines.length === 0 ? '' : `${style.bold('objects left in maps')}\n${lines.join('')}`;
}

function linesOf({ name, type, kptrs }: KptrMap): readonly string[] {
  return kptrs.map(({ offset, type: target, dtor, freed_by: events }) => {
    const by = dtor === undefined ? 'dropped' : `freed by ${dtor}()`;
    return visible(`${name} (${type}) + ${String(offset)}: struct ${target}, ${by} on ${events.join(', ')}`);
  });
}

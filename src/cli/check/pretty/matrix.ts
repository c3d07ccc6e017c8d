import type { CheckResult } from '../../../../generated/types/check-report.ts';
import { visible } from '../../../../generator/diagnostics/format/frame.ts';
import type { Style } from '../../../../generator/diagnostics/format/style.ts';
import { textTable } from '../../text-table.ts';

/** Programs by kernels: what each says. */
export function prettyMatrix(results: readonly CheckResult[], kernels: readonly string[], style: Style): string {
  const rows = new Map<number, Map<string, CheckResult>>();
  for (const result of results) {
    const row = rows.get(result.position) ?? new Map<string, CheckResult>();
    row.set(result.kernel, result);
    rows.set(result.position, row);
  }
  const severalFiles = new Set(results.map(({ file }) => file)).size > 1;
  const cells = [...rows.values()].map((row) => {
    const [first] = row.values();
    const name = severalFiles ? `${first?.file ?? ''} ${first?.id ?? ''}` : (first?.id ?? '');
    return [name, ...kernels.map((kernel) => outcome(row.get(kernel)))];
  });
  return textTable(['PROGRAM', ...kernels.map(visible)], cells, style);
}

function outcome(result: CheckResult | undefined): string {
  if (result === undefined) return '';
  if (result.verdict === 'reject') return `reject ${result.rule ?? ''}`;
  const { insns_processed: processed } = result;
  return processed === 0 || result.verdict !== 'accept' ? result.verdict : `accept (${String(processed)} insns)`;
}

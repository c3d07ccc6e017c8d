import type { CheckResult } from '../../../generated/types/check-report.ts';

/** One line of `--format jsonl`. */
export function formatJsonLine({
  id,
  kernel,
  verdict,
  errno,
  rule,
  insn,
  message,
  insns_processed,
}: CheckResult): string {
  const rejected = verdict === 'reject' ? { errno, rule, insn } : {};
  const fields = {
    id,
    kernel,
    verdict,
    ...rejected,
    message: verdict === 'accept' ? undefined : message,
    insns_processed,
  };
  return `${JSON.stringify(fields)}\n`;
}

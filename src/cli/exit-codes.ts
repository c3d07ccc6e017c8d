/** What the process returns; an interface that others script against. */
export const EXIT = {
  /** Nothing found. */
  ok: 0,
  /** Findings: invalid declarations, stale output, a rejected program. */
  findings: 1,
  /** Wrong usage, or a file that can't be read. */
  usage: 2,
  /** A defect of this program. */
  defect: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

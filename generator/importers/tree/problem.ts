/** What could not be resolved, and where. */
export interface Problem {
  /** Path from the root of the tree. */
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** Takes a problem of the file that is read. */
export type Report = (line: number, reason: string) => void;

/** What a kernel says about a program, and why. */
export type Verdict = Accepted | Rejected | Unsupported;

interface Judged {
  /** Of the program. */
  readonly id: string;
  /** `v6.1` and the like. */
  readonly kernel: string;
  /** As the kernel's statistics line has it; 0 if the walk did not begin. */
  readonly insnsProcessed: number;
}

export interface Accepted extends Judged {
  readonly verdict: 'accept';
}

export interface Rejected extends Judged {
  readonly verdict: 'reject';
  /** Negative. */
  readonly errno: number;
  readonly finding: VerifierFinding;
}

/** Something in the program is not modelled for this kernel: nothing is claimed. */
export interface Unsupported extends Judged {
  readonly verdict: 'unsupported';
  readonly reason: string;
  readonly insn: number | undefined;
}

/** Why a program is rejected, in a form that a report can show. */
export interface VerifierFinding {
  /** Id of the rule, `kfunc/not-allowed` and the like. */
  readonly rule: string;
  readonly message: string;
  /** What would mend it. */
  readonly suggestion: string;
  /** The slot where the kernel stops; undefined where no instruction is to blame. */
  readonly insn: number | undefined;
  /** Other places that explain it: where a leaked reference was acquired, say. In order of slots. */
  readonly related: readonly RelatedInsn[];
  /**
   * What leads from the start of the program to `insn`, in order: the branches that could have gone either way, and the
   * references acquired and released.
   */
  readonly path: readonly PathStep[];
  /** The registers that are involved, as they are before `insn`. */
  readonly registers: readonly RegisterView[];
}

export interface RelatedInsn {
  readonly insn: number;
  readonly message: string;
}

export interface PathStep {
  readonly insn: number;
  readonly kind: 'taken' | 'not-taken' | 'call' | 'return' | 'callback' | 'acquire' | 'release';
  /** The slot that follows. */
  readonly to: number;
  /** The reference that is acquired or released; undefined in other steps. */
  readonly reference: number | undefined;
}

export interface RegisterView {
  /** `R1` or `fp-8`. */
  readonly name: string;
  /** What the engine knows of it: `ptr to prog_test_ref_kfunc, may be NULL, reference 2`. */
  readonly text: string;
}

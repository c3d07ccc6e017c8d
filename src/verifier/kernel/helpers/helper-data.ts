import type { FunctionSet, Helper, HelperList, ProgramHelpers } from '../../../../generated/types/helper.ts';

/** The registry of helpers as one whole: what its files hold, put together. */
export interface HelperData {
  /** By number. */
  readonly helpers: readonly Helper[];
  readonly lists: readonly HelperList[];
  readonly programs: readonly ProgramHelpers[];
  readonly functionSets: readonly FunctionSet[];
  /** enum bpf_attach_type: the position is the value. */
  readonly attachTypes: readonly string[];
}

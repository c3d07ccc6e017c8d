import { isIn, type VersionNumber, type VersionRange } from './version.ts';

/**
 * What the verifier of some kernels does and that of others does not, by name: where the walk through a program depends
 * on the version, it asks for one of these. A list of ranges: fixes reach long-lived releases before younger ones that
 * ended early (v6.1 is read as 6.1.192). Unless something else is named, it is in kernel/bpf/verifier.c.
 */
const BEHAVIOURS = {
  /** Spills and copies take the liveness of the source along; later only its value: copy_register_state(). */
  copiesLiveness: [{ until: 'v6.1' }],
  /** Stack bytes that were never written may be read by programs that may leak pointers (allow_uninit_stack). */
  uninitStackReadable: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.3' }],
  /** An access of the stack makes the frame that large, whatever it does: check_stack_access_within_bounds(). */
  growsStackOnAccess: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.6' }],
  /** With subprograms all scalars are precise from the start: __mark_reg_unknown(). */
  preciseWithSubprograms: [{ until: 'v6.1' }],
  /** The current state needs no precision, and forgets it when it is stored: mark_all_scalars_imprecise(). */
  forgetsPrecision: [{ since: 'v6.1' }],
  /** Precision is passed on for all frames, not for the last alone: propagate_precision(), __mark_chain_precision(). */
  precisionOfFrames: [{ since: 'v6.0' }],
  /** Calls of bpf_loop() without flags become loops: update_loop_inline_state(). */
  inlinesLoops: [{ since: 'v6.0' }],
  /** Both operands of a comparison that is backtracked need precision: backtrack_insn(). */
  comparesPrecisely: [{ since: 'v6.1' }],
  /** Jump history is kept at the targets of jumps alone, not at all points of pruning: push_jmp_history(). */
  jumpPoints: [{ since: 'v6.1' }],
  /** A state in which the old one has misc bytes is safe whatever the new one has there: stacksafe(). */
  miscStackMatchesAll: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.3' }],
  /** Only the precision of the old state counts: regsafe(). */
  oldPrecisionDecides: [{ since: 'v6.1' }],
  /** A reference that a callback acquires is released in it, and those of its caller are not: release_reference_state(). */
  callbackReferences: [{ since: 'v6.0' }],
  /** ST of an immediate keeps it: check_stack_write_fixed_off(). */
  storesImmediates: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.3' }],
  /** The destination of a conditional jump is looked at before its source: check_cond_jmp_op(). */
  jumpChecksDestinationFirst: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.4' }],
  /** What a precise number is computed with has to be precise as well: adjust_reg_min_max_vals(). */
  preciseOperands: [{ since: 'v6.0', until: 'v6.2' }, { since: 'v6.3' }],
  /** The whole pointer goes to the destination of `scalar += pointer`: adjust_ptr_min_max_vals(). */
  wholePointerToDestination: [{ since: 'v6.1', until: 'v6.2' }],
  /** Flow keys take constant offsets alone: adjust_ptr_min_max_vals(). */
  flowKeysConstantOffset: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.8' }],
  /** Buffers that may be NULL are not accessed: check_mem_access(). */
  bufMayBeNull: [{ since: 'v6.1' }],
  /** Spilled object pointers count as initialized for helpers, and stay: check_stack_range_initialized(). */
  helpersKeepSpilledObjects: [{ until: 'v6.0' }],
  /** Context of program types without context conversion is memory for helpers: check_helper_mem_access(). */
  contextIsMemory: [{ since: 'v6.1' }],
  /** Prototypes of helpers say themselves whether memory is written (MEM_WRITE): check_func_arg(). */
  helpersDeclareWrites: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.12' }],
  /** Sizes of allocations need precision: check_func_arg(), ARG_CONST_ALLOC_SIZE_OR_ZERO. */
  allocationSizePrecise: [{ since: 'v6.0' }],
  /** Jumps into the second half of an instruction are found when the graph is looked at: check_cfg(). */
  wideInstructionsWalkedWhole: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.6' }],
  /** The address of a kfunc is loaded like that of a variable: check_pseudo_btf_id(). */
  kfuncAddresses: [{ since: 'v6.4' }],
  /** JMP32 | JA with a 32-bit distance (gotol). */
  longJumps: [{ since: 'v6.6' }],
  /** The main program is no callback: check_ld_imm(). */
  mainIsNoCallback: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.6' }],
  /** LD_ABS in a subprogram may end it with 0: check_ld_abs(). */
  loadAbsMayReturn: [{ since: 'v6.1', until: 'v6.2' }],
  /** The value that a callback returns needs precision: prepare_func_exit(). */
  callbackReturnPrecise: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.6' }],
  /** Kernels that check a map's preallocation: check_map_prog_compatibility(). */
  preallocationMatters: [{ until: 'v6.1' }],
  /** raw_tracepoint_writable is a tracing type for maps with locks: is_tracing_prog_type(). */
  writableTracepointsTrace: [{ since: 'v6.0' }],
  /** The stack of asynchronous callbacks is added up too: check_max_stack_depth(). */
  asyncCallbackStacks: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.3' }],
  /** Integers behind a flexible array are read: btf_struct_walk(), kernel/bpf/btf.c. */
  flexibleIntegers: [{ since: 'v6.1' }],
  /** kfunc arguments: reference of any register counts, not of object pointers alone. */
  anyReferencedArgument: [{ since: 'v6.1' }],
  /** Only object pointers must be referenced for KF_TRUSTED_ARGS; before every pointer. */
  trustedObjectsOnly: [{ since: 'v6.1' }],
  /** An acquiring kfunc returns a pointer to a struct or union; before any pointer. */
  acquireReturnsStruct: [{ since: 'v6.1' }],
  /** A release of a referenced register needs the very type: btf_check_func_arg_match(). */
  strictRelease: [{ since: 'v5.19' }],
  /** memory whose size is that of an argument: rdonly_buf_size, rdwr_buf_size. */
  bufferSizeArguments: [{ since: 'v6.1' }],
  /** bpf_map_delete_elem() on sock maps by programs that may not: check_map_func_compatibility(). */
  sockmapDeleteRestricted: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.6' }],
  /** A subprogram's leaks are looked at when it is a callback: BPF_EXIT in do_check(). */
  leaksBeforeFunctionExit: [{ since: 'v6.0' }],
  /** A narrowing spill loses the id: check_stack_write_fixed_off(). */
  narrowSpillLosesId: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.3' }],
  /** Special ranges of packet pointers are compared exactly: regsafe(). */
  exactPacketEnds: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.6' }],
  /** The history of jumps tells where a state begins: get_prev_insn_idx(). */
  loopsWithinState: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.6' }],
  /**
   * Accesses of the stack and linked scalars are part of the history, and precision goes through all frames:
   * push_insn_history(), backtrack_insn().
   */
  historyOfInstructions: [{ since: 'v6.12' }],
  /** Numbers that differ by a constant are linked, every scalar is spilled, and there are signed divisions, moves, loads. */
  linksScalars: [{ since: 'v6.12' }],
  /** Pointers to objects are trusted, RCU's, or not: PTR_TRUSTED, MEM_RCU; check_ptr_to_btf_access(). */
  trustsPointers: [{ since: 'v6.2' }],
  /** Immediates are stored to the context as anything else is: BPF_ST in do_check(). */
  contextTakesImmediates: [{ since: 'v6.4' }],
  /** That a number is 0 is relied on where it stands for no pointer: check_func_arg(), check_map_kptr_access(). */
  nullPrecise: [{ since: 'v6.12' }],
  /** Sleepable programs use spin locks: check_map_prog_compatibility(). */
  sleepersLock: [{ since: 'v6.8' }],
  /** Sleepable programs use queues, stacks and the storage of cgroups: check_map_prog_compatibility(). */
  sleepersUseMoreMaps: [{ since: 'v6.12' }],
  /** What a program attaches to is looked at when its graph was: bpf_check(). */
  attachesAfterFlow: [{ since: 'v6.12' }],
  /** Calls of global functions that may move packets: merge_callee_effects(). */
  functionsMovePackets: [{ since: 'v6.12' }],
  /** Functions that helpers call are walked on paths of their own that come back to the call: push_callback_call(). */
  walksCallbacksAsLoops: [{ since: 'v6.6', until: 'v6.7' }, { since: 'v6.8' }],
  /** Functions may call each other in a circle until stack is added up: push_insn(). */
  allowsBackEdges: [{ since: 'v6.8' }],
  /** The main function is walked first, then the global ones that are called: do_check_subprogs(). */
  walksMainFirst: [{ since: 'v6.8' }],
  /** Spin locks are known by what they lie in: struct bpf_active_lock. */
  locksHaveOwners: [{ since: 'v6.2' }],
  /** What may be returned is compared with bounds, not with bits: retval_range_within(). */
  comparesReturnRange: [{ since: 'v6.8' }],
  /** Sizes that may be 0 are refused before memory is looked at: check_mem_size_reg(). */
  zeroSizeAtOnce: [{ since: 'v6.8' }],
  /** With JIT, stack is added up in steps of 16 bytes, callbacks that run later first: check_max_stack_depth(). */
  smallStackSteps: [{ since: 'v6.12' }],
} as const satisfies Readonly<Record<string, readonly VersionRange[]>>;

export type Behaviours = Readonly<Record<keyof typeof BEHAVIOURS, boolean>>;

/** The behaviours of a version; resolved once, so that nothing is compared while walking. */
export function behavioursOf(version: VersionNumber): Behaviours {
  const entries = Object.entries(BEHAVIOURS).map(([name, ranges]) => [
    name,
    ranges.some((range: VersionRange) => isIn(range, version)),
  ]);
  return Object.fromEntries(entries) as Behaviours;
}

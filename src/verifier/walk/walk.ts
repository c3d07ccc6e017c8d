import type { Code } from '../../program/code.ts';
import type { Program } from '../../program/program.ts';
import type { Behaviours } from '../kernel/behaviours.ts';
import type { HelperCaller, HelperTable } from '../kernel/helpers.ts';
import type { AttachResult, OpenContext, ProgramTypeInfo, ReturnRange } from '../kernel/contexts.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Kfunc } from '../kernel/kfunc.ts';
import type { BpfMap } from '../maps/bpf-map.ts';
import type { ScalarRules } from '../scalar/rules.ts';
import { currentFrame, type PathLink, type State } from '../state/state.ts';
import type { Frame } from '../state/frame.ts';
import { UNKNOWN_PRECISE, UNKNOWN_REGISTER, type Register, type RegisterType } from '../state/register.ts';

/** What is known of a program before the walk begins. */
export interface Prepared {
  readonly kernel: Kernel;
  readonly behaviours: Behaviours;
  readonly scalars: ScalarRules;
  readonly helpers: HelperTable;
  readonly program: Program;
  readonly typeInfo: ProgramTypeInfo;
  readonly attached: AttachResult;
  /** As which helpers are asked for. */
  readonly caller: HelperCaller;
  readonly context: OpenContext;
  /** Helpers and kfuncs may take the context for memory. */
  readonly contextIsMemory: boolean;
  /** What the program may return. */
  readonly returns: ReturnRange;
  readonly code: Code;
  /** The main function first. */
  readonly subprograms: readonly Subprogram[];
  readonly maps: readonly BpfMap[];
  /** By slot: the kfunc that is called; undefined: none, or a weak one that is missing. */
  readonly kfuncs: readonly (Kfunc | undefined)[];
  /** Whether programs of a type may call a kfunc. */
  readonly mayCall: (kfunc: Kfunc, progType: string) => boolean;
  /** By slot: what BPF_LD_IMM64 of a map or a kernel variable loads. */
  readonly loads: readonly (Register | undefined)[];
  /** By slot: states are compared here. */
  readonly prunePoints: Uint8Array;
  /** By slot: the history of jumps is kept here. */
  readonly jumpPoints: Uint8Array;
  /** By slot: states are stored here always. */
  readonly checkpoints: Uint8Array;
  /** By slot: a function of the program is called back from here, and it is walked as a loop. */
  readonly callbackCalls: Uint8Array;
  /** By slot: the next element of an iterator. */
  readonly iteratorNexts: Uint8Array;
  /** By function: packets may have moved when it returns. */
  readonly changesPacket: readonly boolean[];
  /** Whether the program is loaded with func_info. */
  readonly hasFunctionInfo: boolean;
}

/** A function of the program: struct bpf_subprog_info. */
export interface Subprogram {
  readonly start: number;
  /** The slot behind its last. */
  readonly end: number;
  readonly hasTailCall: boolean;
  readonly hasLoadAbs: boolean;
  /** FUNC in the program's BTF; 0: loaded without. */
  readonly typeId: number;
  readonly linkage: 'static' | 'global' | 'extern';
  readonly name: string;
  /** The arguments of some call do not fit its prototype, which therefore says nothing. */
  unreliable: boolean;
  isAsyncCallback: boolean;
  /** Bytes of stack. */
  stackDepth: number;
}

/** A path to be walked later: struct bpf_verifier_stack_elem. */
export interface Pending {
  readonly state: State;
  readonly insn: number;
  readonly previousInsn: number;
}

/** A stored state: struct bpf_verifier_state_list. */
export interface Explored {
  readonly state: State;
  next: Explored | undefined;
  misses: number;
  hits: number;
}

/** The walk through the paths of one function: struct bpf_verifier_env. */
export interface Walk {
  readonly prepared: Prepared;
  state: State;
  insn: number;
  previousInsn: number;
  /** The last id given out. */
  lastId: number;
  /** Instructions processed. */
  processed: number;
  jumps: number;
  /** Both, when a state was last stored. */
  storedProcessed: number;
  storedJumps: number;
  readonly pending: Pending[];
  /** By place and call site: see exploredIndex(). */
  explored: (Explored | undefined)[];
  /** By slot: the pointer type that a load or store used first. */
  readonly pointerTypes: (PointerUse | undefined)[];
  /** By slot: the map that a call used first, or that it used several. */
  readonly mapUses: (BpfMap | 'several' | undefined)[];
  /** The history of all states on the way, four numbers an instruction: see history.ts. */
  readonly history: number[];
  /** Where the entry of the current instruction is; -1: it has none. */
  historyEntry: number;
  /** Registers and slots that are equal, or differ by a constant: what the history refers to. */
  readonly linked: (readonly number[])[];
  /** What precision is wanted of, by frame; empty between two searches. */
  readonly wanted: FrameWishes;
  /** By slot: whether a call of bpf_loop() can be made a loop of its own, and with which function. */
  readonly loopCalls: (LoopCall | undefined)[];
  /** Global functions that were called, by number. */
  readonly calledFunctions: Set<number>;
  /** The first call of a weak kfunc that is missing. */
  missingKfunc: number | undefined;
  /** The first access of the context that the kernel lets pass, and can't rewrite afterwards. */
  inconvertible: number | undefined;
  readonly trace: TraceSink | undefined;
}

/** Registers (a word a frame) and stack slots (two words) whose precision is wanted: struct backtrack_state. */
export interface FrameWishes {
  frame: number;
  readonly registers: Int32Array;
  readonly slots: Int32Array;
}

export interface LoopCall {
  readonly fits: boolean;
  readonly subprogram: number;
}

export interface PointerUse {
  readonly type: RegisterType;
  readonly flags: number;
}

/** What wants to see the walk: `kfuncs check --trace`. */
export interface TraceSink {
  readonly step: (walk: Walk) => void;
  readonly pruned: (walk: Walk) => void;
}

export function frameOf(walk: Walk): Frame {
  return currentFrame(walk.state);
}

/** The register of the function that is being executed. */
export function readRegister(walk: Walk, number: number): Register {
  const cell = currentFrame(walk.state).registers[number];
  return (cell as { register: Register }).register;
}

/** mark_reg_unknown(): a scalar of which nothing is known. */
export function unknownScalar(walk: Walk): Register {
  const { behaviours, subprograms } = walk.prepared;
  return behaviours.preciseWithSubprograms && subprograms.length > 1 ? UNKNOWN_PRECISE : UNKNOWN_REGISTER;
}

export function nextId(walk: Walk): number {
  walk.lastId += 1;
  return walk.lastId;
}

/** Remembers a branch, or what became of a reference, for the report. */
export function recordPath(state: State, insn: number, to: number, kind: PathLink['kind'], reference = 0): void {
  state.path = { insn, to, kind, reference, before: state.path };
}

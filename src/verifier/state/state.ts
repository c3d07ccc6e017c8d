import { isSpilledWhole, type Cell } from './cell.ts';
import { copyFrame, type Frame } from './frame.ts';

/** All that is known at one point of one path: struct bpf_verifier_state. */
export interface State {
  /** The functions being executed, the innermost last. */
  frames: Frame[];
  /** The id of the map value whose spin lock is held; 0: none. */
  spinLock: number;
  /** What holds that spin lock: a map. */
  lockOwner: object | undefined;
  /** Within bpf_rcu_read_lock(). */
  inRcu: boolean;
  /** How often preemption was disabled. */
  preemptOff: number;
  /** The stored state that this one comes from. */
  parent: State | undefined;
  /** Paths from here that are not walked to their end. */
  branches: number;
  /** Where it was stored. */
  insn: number;
  /** The first slot after the parent. */
  firstInsn: number;
  /** The last slot before the next stored state. */
  lastInsn: number;
  /** The jumps since the parent, newest first. Shared, since a loop may go on for long without a stored state. */
  history: JumpLink | undefined;
  /** The same where all of them are kept with the walk: the first, and the one behind the last. */
  historyStart: number;
  historyEnd: number;
  /** How many stored states it comes from. */
  depth: number;
  /** The stored state at which a loop began that this one is part of. */
  loopEntry: State | undefined;
  /** How many callbacks were entered on the way. */
  callbacks: number;
  /** How often may_goto was passed. */
  mayGotos: number;
  /** How far precision was followed last; what is wanted there no more than then is known already. */
  marked: MarkedChain | undefined;
  /** For reports: the branches taken from the start, newest first. */
  path: PathLink | undefined;
}

/** A jump, and those before: struct bpf_idx_pair. */
export interface JumpLink {
  readonly insn: number;
  readonly previousInsn: number;
  readonly before: JumpLink | undefined;
}

/** A place in the instructions since the parent, and what was made precise from there on back. */
export interface MarkedChain {
  readonly insn: number;
  readonly history: JumpLink | undefined;
  readonly depth: number;
  readonly registers: number;
  readonly slotsLow: number;
  readonly slotsHigh: number;
}

/** One branch taken, or reference acquired or released, and those before. */
export interface PathLink {
  readonly insn: number;
  readonly to: number;
  readonly kind: 'taken' | 'not-taken' | 'call' | 'return' | 'callback' | 'acquire' | 'release';
  /** Its id; 0: the step is no acquisition and no release. */
  readonly reference: number;
  readonly before: PathLink | undefined;
}

export function createState(frame: Frame): State {
  return {
    frames: [frame],
    spinLock: 0,
    lockOwner: undefined,
    inRcu: false,
    preemptOff: 0,
    parent: undefined,
    branches: 1,
    insn: 0,
    firstInsn: 0,
    lastInsn: 0,
    history: undefined,
    historyStart: 0,
    historyEnd: 0,
    depth: 0,
    loopEntry: undefined,
    callbacks: 0,
    mayGotos: 0,
    marked: undefined,
    path: undefined,
  };
}

/** copy_verifier_state(). */
export function copyState(state: State): State {
  return {
    frames: state.frames.map(copyFrame),
    spinLock: state.spinLock,
    lockOwner: state.lockOwner,
    inRcu: state.inRcu,
    preemptOff: state.preemptOff,
    parent: state.parent,
    branches: state.branches,
    insn: state.insn,
    firstInsn: state.firstInsn,
    lastInsn: state.lastInsn,
    history: state.history,
    historyStart: state.historyStart,
    historyEnd: state.historyEnd,
    depth: state.depth,
    loopEntry: state.loopEntry,
    callbacks: state.callbacks,
    mayGotos: state.mayGotos,
    marked: state.marked,
    path: state.path,
  };
}

/** The function that is being executed. */
export function currentFrame(state: State): Frame {
  return state.frames[state.frames.length - 1] as Frame;
}

/** Every register of every frame, and every register that lies whole on a stack: bpf_for_each_reg_in_vstate(). */
export function eachCell(state: State, visit: (cell: Cell) => void): void {
  for (const frame of state.frames) {
    for (const cell of frame.registers) visit(cell);
    for (const slot of frame.stack) if (isSpilledWhole(slot)) visit(slot);
  }
}

import { flipOp, type JumpOp } from '../scalar/branch.ts';
import { isConstantZero, unsignedMax } from '../scalar/scalar.ts';
import { registerOf } from '../state/frame.ts';
import { PACKET_RANGE, type Register } from '../state/register.ts';
import { currentFrame, eachCell, type State } from '../state/state.ts';

/** MAX_PACKET_OFF. */
const MAX_PACKET_OFFSET = 0xffff;

/** is_pkt_ptr_branch_taken(): 1 taken, 0 not taken, -1 not known. */
export function isPacketBranchTaken(left: Register, right: Register, op: JumpOp): 1 | 0 | -1 {
  let pointer = left;
  let jump: JumpOp | undefined = op;
  if (right.type !== 'packet_end') {
    if (left.type !== 'packet_end') return -1;
    pointer = right;
    jump = flipOp(op);
  }
  const { range } = pointer;
  if (range >= 0) return -1;
  switch (jump) {
    case 'jle':
    case 'jgt':
      if (range === PACKET_RANGE.beyondEnd) return jump === 'jgt' ? 1 : 0;
      return -1;
    case 'jlt':
    case 'jge':
      return jump === 'jge' ? 1 : 0;
    default:
      return -1;
  }
}

/**
 * A comparison of a packet pointer with the end of the packet, or of metadata with its start, tells how many bytes are
 * there: try_match_pkt_pointers(), kernel/bpf/verifier.c.
 */
export function matchPacketPointers(op: JumpOp, dst: number, src: number, fallthrough: State, taken: State): void {
  const left = registerOf(currentFrame(fallthrough), dst).register;
  const right = registerOf(currentFrame(fallthrough), src).register;
  // `pointer > end`, or `end > pointer`, in one of the four forms of writing it.
  const pointerLeft =
    (left.type === 'packet' && right.type === 'packet_end') || (left.type === 'packet_meta' && isPacketStart(right));
  const pointerRight =
    (left.type === 'packet_end' && right.type === 'packet') || (isPacketStart(left) && right.type === 'packet_meta');
  if (!pointerLeft && !pointerRight) return;
  const number = pointerLeft ? dst : src;
  const pointer = pointerLeft ? left : right;
  const jump = pointerLeft ? op : flipOp(op);
  switch (jump) {
    case 'jgt':
      // Beyond the end where taken; else all before the pointer is there.
      spreadRange(fallthrough, pointer, false);
      markEnd(taken, number, PACKET_RANGE.beyondEnd);
      break;
    case 'jlt':
      spreadRange(taken, pointer, true);
      markEnd(fallthrough, number, PACKET_RANGE.atEnd);
      break;
    case 'jge':
      spreadRange(fallthrough, pointer, true);
      markEnd(taken, number, PACKET_RANGE.atEnd);
      break;
    case 'jle':
      spreadRange(taken, pointer, false);
      markEnd(fallthrough, number, PACKET_RANGE.beyondEnd);
      break;
    default:
  }
}

/** reg_is_init_pkt_pointer(): the start of the packet, as the context gives it. */
function isPacketStart(register: Register): boolean {
  return (
    register.type === 'packet' &&
    register.flags === 0 &&
    register.id === 0 &&
    register.off === 0 &&
    isConstantZero(register.scalar)
  );
}

/**
 * find_good_pkt_pointers(): all pointers of the same origin know how many bytes are there.
 *
 * @param isBelow the pointer itself lies below the end, so the byte it points to is there
 */
function spreadRange(state: State, pointer: Register, isBelow: boolean): void {
  const { off, scalar, type, flags, id } = pointer;
  if (off < 0 || (off === 0 && isBelow)) return;
  const max = unsignedMax(scalar);
  if (max > MAX_PACKET_OFFSET || max + off > MAX_PACKET_OFFSET) return;
  const range = isBelow ? off + 1 : off;
  eachCell(state, (cell) => {
    const { register } = cell;
    if (register.type === type && register.flags === flags && register.id === id && register.range < range) {
      cell.register = { ...register, range };
    }
  });
}

/** mark_pkt_end(). */
function markEnd(state: State, number: number, range: number): void {
  const cell = registerOf(currentFrame(state), number);
  if (cell.register.type === 'packet') cell.register = { ...cell.register, range };
}

import { minimumNegative } from '../rules/memory/negative-offset.rule.ts';
import { beyondPacket } from '../rules/packet/beyond-end.rule.ts';
import { outOfPacket } from '../rules/packet/out-of-bounds.rule.ts';
import { packetReadOnly } from '../rules/packet/read-only.rule.ts';
import { reject } from '../rules/rule.ts';
import { signedMin } from '../scalar/scalar.ts';
import { isPacketPointerOrEnd, type Register } from '../state/register.ts';
import { eachCell } from '../state/state.ts';
import { unknownScalar, type Walk } from '../walk/walk.ts';

/** may_access_direct_pkt_data() for a store of the program itself. @throws Rejection */
export function checkPacketWritable(walk: Walk, number: number): void {
  const { typeInfo, program } = walk.prepared;
  if (!typeInfo.directPacketWrite) reject(packetReadOnly, { progType: program.progType }, { registers: [number] });
}

/**
 * Bytes of a packet that are known to be there: check_packet_access(), kernel/bpf/verifier.c.
 *
 * @param offset the constant part; what is known to be there was found behind the variable part
 * @throws Rejection
 */
export function checkPacket(
  number: number,
  pointer: Register,
  offset: number,
  size: number,
  zeroAllowed: boolean,
): void {
  const registers = [number];
  if (signedMin(pointer.scalar) < 0) reject(minimumNegative, { register: number }, { registers });
  if (pointer.range < 0) reject(beyondPacket, { register: number }, { registers });
  if (offset >= 0 && (size > 0 || (size === 0 && zeroAllowed)) && offset + size <= pointer.range) return;
  reject(outOfPacket, { size, offset, range: pointer.range }, { registers });
}

/** clear_all_pkt_pointers(): the packet may have moved. */
export function forgetPackets(walk: Walk): void {
  const unknown = unknownScalar(walk);
  eachCell(walk.state, (cell) => {
    if (isPacketPointerOrEnd(cell.register)) cell.register = unknown;
  });
}

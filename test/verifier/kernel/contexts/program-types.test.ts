import { describe, expect, it } from 'vitest';
import { checkSocketAccess, programTypeInfo } from '../../../../src/verifier/kernel/contexts.ts';

describe('programTypeInfo', () => {
  it.each([
    ['sched_cls', '__sk_buff', true, true, true],
    ['socket_filter', '__sk_buff', false, false, true],
    ['lwt_in', '__sk_buff', true, false, false],
    ['xdp', 'xdp_md', true, true, false],
    ['kprobe', 'bpf_user_pt_regs_t', false, false, false],
    ['tracing', undefined, false, false, false],
  ])('of %s', (progType, contextStruct, directPacketRead, directPacketWrite, ldAbs) => {
    expect(programTypeInfo(progType)).toMatchObject({ contextStruct, directPacketRead, directPacketWrite, ldAbs });
  });

  it('knows nothing of other types', () => {
    expect(programTypeInfo('unspec')).toBeUndefined();
  });
});

describe('checkSocketAccess', () => {
  it.each([
    ['socket', 0, 4, 0],
    ['socket', 0, 2, undefined],
    ['socket', 4, 1, 4],
    ['socket', 5, 1, undefined],
    ['socket', 48, 1, 2],
    ['socket', 50, 2, undefined],
    ['socket', 80, 4, undefined],
    ['socket', -4, 4, undefined],
    ['sock_common', 8, 4, undefined],
    ['sock_common', 4, 4, 4],
    ['tcp_sock', 80, 8, 0],
    ['tcp_sock', 80, 4, undefined],
    ['tcp_sock', 108, 4, 0],
    ['tcp_sock', 112, 4, undefined],
    ['xdp_sock', 0, 4, 0],
    ['xdp_sock', 4, 4, undefined],
  ] as const)('%s at %d, %d bytes: %o', (kind, offset, size, expected) => {
    expect(checkSocketAccess(kind, offset, size)).toBe(expected);
  });
});

import { newLabel } from '../assembler.ts';
import { CTX } from '../draft.ts';
import type { Setting } from '../draft.ts';
import type { Bytes } from '../opcodes.ts';
import { begin } from '../pieces.ts';
import { programs } from './family.ts';

const SETTINGS: readonly (readonly [Setting, readonly number[]])[] = [
  [{ prog_type: 'struct_ops', attach_struct: 'tcp_congestion_ops', attach_member: 'ssthresh' }, [0]],
  [{ prog_type: 'struct_ops', attach_struct: 'tcp_congestion_ops', attach_member: 'cong_avoid' }, [0]],
  [{ prog_type: 'struct_ops', attach_struct: 'tcp_congestion_ops', attach_member: 'pkts_acked' }, [0, 8]],
  [{ prog_type: 'struct_ops', attach_struct: 'tcp_congestion_ops', attach_member: 'cong_control' }, [0, 8]],
  [{ prog_type: 'tracing', expected_attach_type: 24, attach_func: 'bpf_fentry_test7' }, [0]],
  [{ prog_type: 'tracing', expected_attach_type: 25, attach_func: 'bpf_fentry_test7' }, [0]],
  [{ prog_type: 'tracing', expected_attach_type: 26, attach_func: 'bpf_modify_return_test' }, [8]],
];
const OFFSETS = [
  0, 4, 8, 12, 16, 18, 20, 24, 40, 48, 64, 72, 100, 128, 136, 200, 512, 728, 1024, 1336, 1400, 2000, 2143,
];

/** Kernel objects as programs of struct_ops and tracing get them: fields read, written, followed, passed on. */
export const objects = programs('wide-objects', 5, (draft) => {
  const { choices } = draft;
  const [setting, args] = choices.pick('type', SETTINGS);
  draft.setting = setting;
  begin(draft);
  draft.load(8, 7, CTX, choices.pick('argument', args));
  const end = newLabel();
  if (choices.chance('checked', 30)) draft.jump('eq', 7, 0, end);
  const off = choices.pick('off', OFFSETS);
  const size = choices.pick<Bytes>('size', [8, 8, 4, 4, 2, 1]);
  switch (choices.pick('way', ['read', 'read', 'follow', 'write', 'cast', 'kfunc', 'moved', 'compare', 'probe'])) {
    case 'read':
      draft.load(size, 2, 7, off);
      break;
    case 'follow':
      draft.load(8, 2, 7, choices.pick('first', [0, 16, 24, 40, 48, ...OFFSETS]));
      if (choices.chance('follow-checked', 50)) draft.jump('eq', 2, 0, end);
      draft.load(size, 3, 2, choices.pick('second', [0, 8, 16, 24]));
      break;
    case 'write':
      draft.set(2, 1);
      draft.store(size, 7, choices.pick('write-off', [...OFFSETS, 1356, 1360, 1700, 1704, 1280]), 2);
      break;
    case 'cast':
      draft.mov(1, 7);
      draft.helper(choices.pick('cast', ['skc_to_tcp_sock', 'tcp_sock', 'sk_fullsock']));
      draft.jump('eq', 0, 0, end);
      draft.load(size, 2, 0, off);
      break;
    case 'kfunc':
      draft.mov(1, 7);
      if (choices.chance('offset', 30)) draft.alu('add', 1, choices.pick('by', [8, 16, 728]));
      draft.set(2, 1);
      draft.set(3, 1);
      draft.kfunc(
        choices.pick('kfunc', [
          'tcp_slow_start',
          'tcp_reno_cong_avoid',
          'tcp_cong_avoid_ai',
          'tcp_reno_ssthresh',
          'bpf_kfunc_call_test_release',
        ]),
      );
      break;
    case 'moved':
      draft.alu(choices.pick('move', ['add', 'sub']), 7, choices.pick('moved', [8, 16, 0]));
      draft.load(size, 2, 7, off);
      break;
    case 'compare':
      draft.jump(choices.pick('op', ['gt', 'ne', 'set']), 7, choices.pick('against', [0, 1]), end);
      draft.load(size, 2, 7, off);
      break;
    default:
      draft.address(1, draft.stack(16));
      draft.set(2, choices.pick('length', [8, 16, 24]));
      draft.mov(3, 7);
      draft.helper('probe_read_kernel');
  }
  draft.place(end);
});

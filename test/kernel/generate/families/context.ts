import { CTX } from '../draft.ts';
import type { Setting } from '../draft.ts';
import type { Bytes } from '../opcodes.ts';
import { newLabel } from '../assembler.ts';
import { begin } from '../pieces.ts';
import { programs } from './family.ts';

/** Program types, and how many bytes their context has, about. */
const SETTINGS: readonly (readonly [Setting, number])[] = [
  [{ prog_type: 'sched_cls' }, 192],
  [{ prog_type: 'sched_cls' }, 192],
  [{ prog_type: 'sched_act' }, 192],
  [{ prog_type: 'socket_filter' }, 192],
  [{ prog_type: 'cgroup_skb', expected_attach_type: 0 }, 192],
  [{ prog_type: 'cgroup_skb', expected_attach_type: 1 }, 192],
  [{ prog_type: 'lwt_xmit' }, 192],
  [{ prog_type: 'lwt_in' }, 192],
  [{ prog_type: 'sk_skb', expected_attach_type: 4 }, 192],
  [{ prog_type: 'xdp' }, 24],
  [{ prog_type: 'xdp' }, 24],
  [{ prog_type: 'sk_lookup', expected_attach_type: 36 }, 72],
  [{ prog_type: 'sock_ops', expected_attach_type: 3 }, 216],
  [{ prog_type: 'sk_msg', expected_attach_type: 7 }, 72],
  [{ prog_type: 'sk_reuseport' }, 56],
  [{ prog_type: 'flow_dissector', expected_attach_type: 17 }, 152],
  [{ prog_type: 'cgroup_sock', expected_attach_type: 2 }, 80],
  [{ prog_type: 'cgroup_device', expected_attach_type: 6 }, 12],
  [{ prog_type: 'cgroup_sysctl', expected_attach_type: 18 }, 8],
  [{ prog_type: 'cgroup_sockopt', expected_attach_type: 21 }, 40],
  [{ prog_type: 'cgroup_sock_addr', expected_attach_type: 10 }, 72],
  [{ prog_type: 'kprobe' }, 168],
  [{ prog_type: 'tracepoint' }, 64],
  [{ prog_type: 'raw_tracepoint' }, 96],
  [{ prog_type: 'perf_event' }, 184],
  [{ prog_type: 'tracing', expected_attach_type: 24, attach_func: 'bpf_fentry_test1' }, 16],
  [{ prog_type: 'tracing', expected_attach_type: 25, attach_func: 'bpf_fentry_test3' }, 40],
  [{ prog_type: 'tracing', expected_attach_type: 24, attach_func: 'bpf_fentry_test7' }, 16],
  [{ prog_type: 'tracing', expected_attach_type: 26, attach_func: 'bpf_modify_return_test' }, 24],
  [{ prog_type: 'syscall', sleepable: true }, 64],
  [{ prog_type: 'struct_ops', attach_struct: 'tcp_congestion_ops', attach_member: 'ssthresh' }, 16],
  [{ prog_type: 'struct_ops', attach_struct: 'tcp_congestion_ops', attach_member: 'cong_avoid' }, 24],
  [{ prog_type: 'struct_ops', attach_struct: 'tcp_congestion_ops', attach_member: 'cwnd_event' }, 16],
];

/** Offsets of __sk_buff that are of some interest. */
const SKB = [0, 8, 48, 52, 64, 72, 76, 80, 84, 88, 140, 144, 152, 160, 168, 176, 180, 184];

/** Loads and stores of every context; and what programs of each type return. */
export const context = programs('wide-context', 8, (draft) => {
  const { choices } = draft;
  const [setting, bytes] = choices.pick('type', SETTINGS);
  draft.setting = setting;
  if (setting.prog_type === 'sk_lookup') draft.result = 1;
  if (setting.prog_type === 'cgroup_sock_addr' || setting.prog_type === 'cgroup_sock') draft.result = 1;
  draft.result = choices.pick('result', [draft.result, draft.result, draft.result, 0], [1, 2, -1, 3]);
  begin(draft);
  for (let count = choices.pick('accesses', [1, 1, 2]); count > 0; count--) {
    const size = choices.pick<Bytes>(
      'size',
      bytes <= 40 && setting.prog_type !== 'xdp' ? [8, 8, 4] : [4, 4, 4, 8, 2, 1],
    );
    const any = size * choices.int('at', 0, Math.max(1, Math.floor(bytes / size) - 1));
    const off =
      bytes === 192 && choices.chance('skb', 50)
        ? choices.pick('skb-at', SKB)
        : choices.pick('off', [any], [any + 1, -size, 4096]);
    switch (
      choices.pick('way', ['load', 'load', 'load', 'load', 'store', 'use'], ['store-imm', 'moved', 'atomic', 'store'])
    ) {
      case 'load':
        draft.load(size, 2, CTX, off);
        break;
      case 'store':
        draft.set(2, 1);
        draft.store(size, CTX, off, 2);
        break;
      case 'store-imm':
        draft.storeImm(size, CTX, off, 0);
        break;
      case 'use': {
        const end = newLabel();
        draft.load(size, 2, CTX, off);
        if (choices.chance('checked', 70)) draft.jump('eq', 2, 0, end);
        draft.load(4, 3, 2, choices.pick('field', [0, 4, 16]));
        draft.place(end);
        break;
      }
      case 'moved':
        draft.mov(2, CTX);
        draft.alu('add', 2, choices.pick('moved-by', [4, 8, off]));
        draft.load(size, 3, 2, 0);
        break;
      default:
        draft.set(2, 1);
        draft.atomic(8, CTX, off, 2, 0);
    }
  }
});

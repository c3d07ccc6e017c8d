import type { Choices } from '../choices.ts';
import { CTX, Draft } from '../draft.ts';
import type { Setting } from '../draft.ts';
import { begin, noise, zeroed } from '../pieces.ts';
import { withReference } from '../references.ts';
import type { Family } from './family.ts';

const SETTINGS: readonly Setting[] = [
  { prog_type: 'sched_cls' },
  { prog_type: 'sched_cls' },
  { prog_type: 'sched_cls' },
  { prog_type: 'xdp' },
  { prog_type: 'struct_ops', attach_struct: 'tcp_congestion_ops', attach_member: 'init' },
  { prog_type: 'struct_ops', attach_struct: 'tcp_congestion_ops', attach_member: 'ssthresh' },
  { prog_type: 'struct_ops', attach_struct: 'tcp_congestion_ops', attach_member: 'cong_avoid' },
  { prog_type: 'tracing', expected_attach_type: 24, attach_func: 'bpf_fentry_test1' },
  { prog_type: 'tracing', expected_attach_type: 25, attach_func: 'bpf_fentry_test1' },
  { prog_type: 'tracing', expected_attach_type: 24, attach_func: 'bpf_fentry_test7' },
  { prog_type: 'tracing', expected_attach_type: 26, attach_func: 'bpf_modify_return_test' },
  { prog_type: 'syscall', sleepable: true },
];
const OTHER_SETTINGS: readonly Setting[] = [
  ...SETTINGS,
  { prog_type: 'sched_act' },
  { prog_type: 'raw_tracepoint' },
  { prog_type: 'kprobe' },
  { prog_type: 'tracepoint' },
  { prog_type: 'perf_event' },
  { prog_type: 'socket_filter' },
  { prog_type: 'cgroup_skb', expected_attach_type: 0 },
  { prog_type: 'cgroup_sock', expected_attach_type: 2 },
  { prog_type: 'sock_ops', expected_attach_type: 3 },
  { prog_type: 'sk_skb', expected_attach_type: 4 },
  { prog_type: 'sk_msg', expected_attach_type: 7 },
  { prog_type: 'sk_reuseport' },
  { prog_type: 'sk_lookup', expected_attach_type: 36 },
  { prog_type: 'lwt_xmit' },
  { prog_type: 'lwt_in' },
  { prog_type: 'flow_dissector', expected_attach_type: 17 },
  { prog_type: 'cgroup_device', expected_attach_type: 6 },
  { prog_type: 'cgroup_sysctl', expected_attach_type: 18 },
  { prog_type: 'cgroup_sockopt', expected_attach_type: 21 },
  { prog_type: 'raw_tracepoint_writable' },
  { prog_type: 'lirc_mode2' },
];

const TCP = [
  'dctcp_init',
  'cubictcp_init',
  'tcp_reno_ssthresh',
  'tcp_reno_undo_cwnd',
  'bbr_ssthresh',
  'bbr_undo_cwnd',
  'bbr_init',
  'cubictcp_recalc_ssthresh',
  'dctcp_ssthresh',
  'bbr_min_tso_segs',
  'bbr_sndbuf_expand',
  'dctcp_cwnd_undo',
];
const TCP_WITH_NUMBER = [
  'tcp_slow_start',
  'cubictcp_state',
  'cubictcp_cwnd_event',
  'dctcp_cwnd_event',
  'dctcp_update_alpha',
  'dctcp_state',
  'bbr_cwnd_event',
  'bbr_set_state',
];
const TCP_WITH_TWO = ['tcp_cong_avoid_ai', 'tcp_reno_cong_avoid', 'cubictcp_cong_avoid'];
const NOT_REGISTERED = [
  'bpf_fentry_test1',
  'bpf_fentry_test2',
  'bpf_fentry_test3',
  'bpf_modify_return_test',
  'bpf_fentry_test7',
];

type Use =
  | 'acquire'
  | 'memb'
  | 'ct'
  | 'context'
  | 'pass1'
  | 'memory'
  | 'tcp'
  | 'not-registered'
  | 'release-alone'
  | 'kernel-only'
  | 'rdwr';

const NATURAL: Readonly<Record<string, readonly Use[]>> = {
  sched_cls: ['acquire', 'memb', 'ct', 'context', 'pass1', 'memory'],
  xdp: ['ct'],
  struct_ops: ['tcp', 'tcp', 'tcp'],
  tracing: ['memb', 'acquire', 'kernel-only', 'rdwr'],
  syscall: ['acquire', 'memory', 'kernel-only', 'rdwr'],
};
const ANY: readonly Use[] = [
  'acquire',
  'memb',
  'ct',
  'context',
  'pass1',
  'memory',
  'tcp',
  'not-registered',
  'release-alone',
  'kernel-only',
  'rdwr',
];

/** Program type by kfunc. */
export const kfuncAllowed: Family = {
  name: 'kfunc-allowed',
  weight: 9,
  make: (choices) => {
    const draft = new Draft(choices);
    draft.setting = choices.pick('type', SETTINGS, OTHER_SETTINGS);
    if (draft.setting.prog_type === 'sk_lookup') draft.result = 1;
    begin(draft);
    if (choices.chance('some-noise', 20)) noise(draft, 50);
    call(draft, choices, choices.pick('kf', NATURAL[draft.setting.prog_type] ?? ANY, ANY));
    return draft.finish();
  },
};

function call(draft: Draft, choices: Choices, use: Use): void {
  switch (use) {
    case 'acquire': {
      withReference(draft, 'test', () => 'held');
      return;
    }
    case 'memb': {
      withReference(draft, 'memb', () => 'held');
      return;
    }
    case 'ct': {
      withReference(draft, 'ct', () => 'held');
      return;
    }
    case 'context':
      draft.mov(1, CTX);
      {
        draft.kfunc('bpf_kfunc_call_test_pass_ctx');
        return;
      }
    case 'pass1':
      draft.address(1, zeroed(draft, 96));
      {
        draft.kfunc(choices.pick('pass', ['bpf_kfunc_call_test_pass1', 'bpf_kfunc_call_test_pass2']));
        return;
      }
    case 'memory':
      draft.address(1, zeroed(draft, 16));
      draft.set(2, choices.pick('length', [8, 16, 4]));
      {
        draft.kfunc('bpf_kfunc_call_test_mem_len_pass1');
        return;
      }
    case 'tcp': {
      tcp(draft, choices);
      return;
    }
    case 'not-registered':
      for (let register = 1; register <= 5; register++) draft.set(register, 1);
      {
        draft.kfunc(choices.pick('kf2', NOT_REGISTERED));
        return;
      }
    case 'release-alone':
      draft.set(1, 0);
      {
        draft.kfunc(
          choices.pick('kf3', ['bpf_ct_release', 'bpf_kfunc_call_test_release', 'bpf_kfunc_call_memb_release']),
        );
        return;
      }
    case 'kernel-only': {
      draft.kfunc('bpf_kfunc_call_test_destructive');
      return;
    }
    case 'rdwr': {
      withReference(draft, 'test', (reference) => {
        draft.get(1, reference.place);
        draft.set(2, choices.pick('mchk', [4, 8, 12], [0, -1]));
        const kfunc = choices.pick('muse-kfunc', [
          'bpf_kfunc_call_test_get_rdwr_mem',
          'bpf_kfunc_call_test_get_rdonly_mem',
        ]);
        draft.kfunc(kfunc);
        const where = draft.keepRegister() ?? 5;
        draft.mov(where, 0);
        if (choices.pick('mcheck', [true], [false])) draft.jump('eq', where, 0, draft.out);
        if (choices.chance('mwrite', 50)) draft.storeImm(4, where, choices.pick('muse', [0, 4], [8, -4]), 1);
        else draft.load(4, 2, where, choices.pick('muse', [0, 4], [8, -4]));
        return 'held';
      });
      return;
    }
  }
}

/** Operations of TCP congestion control on the socket that is the first word of the context. */
function tcp(draft: Draft, choices: Choices): void {
  if (draft.setting.prog_type === 'struct_ops') draft.load(8, 1, CTX, 0);
  else draft.mov(1, CTX);
  switch (
    choices.pick('tcparg', ['socket', 'socket', 'socket'], ['context', 'zero', 'offset', 'read', 'stack', 'next'])
  ) {
    case 'context':
      draft.mov(1, CTX);
      break;
    case 'zero':
      draft.set(1, 0);
      break;
    case 'offset':
      draft.alu('add', 1, choices.pick('by', [8, 728, 4]));
      break;
    case 'read':
      draft.load(4, 2, 1, choices.pick('tcp-field', [0, 12, 16]));
      break;
    case 'stack':
      draft.address(1, zeroed(draft, 64));
      break;
    case 'next':
      draft.load(8, 1, 1, 40);
      break;
    default:
  }
  const arity = choices.pick('arity', [1, 1, 2, 3]);
  if (arity > 1) draft.set(2, 1);
  if (arity > 2) draft.set(3, 1);
  draft.kfunc(choices.pick('tcp', arity === 1 ? TCP : arity === 2 ? TCP_WITH_NUMBER : TCP_WITH_TWO));
}

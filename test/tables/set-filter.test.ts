import { describe, expect, test } from 'vitest';
import { table as v612 } from '../../generated/tables/v6.12.ts';
import { table as v613 } from '../../generated/tables/v6.13.ts';
import { VMLINUX, createKernelState } from '../../src/tables/kernel-state.ts';
import type { KernelTable } from '../../src/tables/kernel-table.ts';
import { kfuncSetContains } from '../../src/tables/lookup.ts';
import { registerTable } from '../../src/tables/register-table.ts';
import { createNameResolver } from '../../src/tables/resolve-set.ts';
import { createFilters, type FilteredProgram } from '../../src/tables/set-filter.ts';

/** Boots a kernel; says whether a program may call a kfunc of vmlinux. */
function boot(table: KernelTable): (kfunc: string, hook: string, program?: FilteredProgram) => boolean {
  const state = createKernelState(table.profile);
  const resolve = createNameResolver();
  registerTable(state, table, resolve);
  return (kfunc, hook, program) => {
    const id = resolve(kfunc, 'func', VMLINUX) ?? 0;
    return state.vmlinux !== undefined && kfuncSetContains(state, state.vmlinux, hook, 'check', id, program);
  };
}

describe('filters of v6.12', () => {
  const mayCall = boot(v612);

  // As a real 6.12.117 answers.
  test.each([
    ['bpf_sock_destroy', 'tracing', 'trace_iter', true],
    ['bpf_sock_destroy', 'tracing', 'trace_fentry', false],
    ['bpf_get_file_xattr', 'lsm', 'lsm_mac', true],
    ['bpf_get_file_xattr', 'tracing', 'trace_fentry', false],
    ['bpf_get_fsverity_digest', 'lsm', 'lsm_mac', true],
    ['bpf_get_fsverity_digest', 'tracepoint', 'none', false],
    ['bpf_session_cookie', 'kprobe', 'trace_kprobe_session', true],
    ['bpf_session_cookie', 'kprobe', 'none', false],
    // In the same hook, and of another set.
    ['bpf_task_acquire', 'tracing', 'trace_fentry', true],
  ])('%s, called by %s programs of attach type %s: %s', (kfunc, progType, attachType, allowed) => {
    expect(mayCall(kfunc, progType, { progType, attachType })).toBe(allowed);
  });

  test('an attach type that is not told is one that is let through', () => {
    expect(mayCall('bpf_sock_destroy', 'tracing', { progType: 'tracing', attachType: undefined })).toBe(true);
    expect(mayCall('bpf_get_file_xattr', 'tracing', { progType: 'tracing', attachType: undefined })).toBe(false);
  });

  test('who names no program asks no filter', () => {
    expect(mayCall('bpf_get_file_xattr', 'tracing')).toBe(true);
  });

  test('every filter of a set is known', () => {
    const known = Object.keys(v612.profile.filters ?? {});
    expect(v612.sets.flatMap(({ filter }) => filter ?? []).filter((name) => !known.includes(name))).toEqual([]);
  });
});

test('a filter that is not known is named, and refuses nothing', () => {
  expect(v613.profile.filters).toBeUndefined();
  expect(v613.sets.find(({ name }) => name === 'bpf_sk_iter_kfunc_set')?.filter).toBe('tracing_iter_filter');
  const mayCall = boot(v613);
  expect(mayCall('bpf_sock_destroy', 'tracing', { progType: 'tracing', attachType: 'trace_fentry' })).toBe(true);
});

test('sets with one C function as their filter share it', () => {
  const filterOf = createFilters({ filters: { only_lsm: { prog_types: ['lsm'] } } });
  const filter = filterOf('only_lsm', [1]);
  expect(filterOf('only_lsm', [2])).toBe(filter);
  const program: FilteredProgram = { progType: 'tracing', attachType: 'trace_iter' };
  expect([1, 2, 3].map((id) => filter?.(program, id))).toEqual([-13, -13, 0]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHelperTable, findHelper, helperName, type HelperCaller } from '../../../src/verifier/kernel/helpers.ts';

/** What a real kernel said to a program of each kind that calls each helper with nothing but a context. */
interface Observed {
  readonly version: string;
  readonly release: string;
  /** Functions of helpers that its configuration leaves out. */
  readonly notConfigured: readonly string[];
  /** The greatest number that is not "invalid func". */
  readonly lastId: number;
  readonly programs: readonly ObservedProgram[];
}

interface ObservedProgram extends Omit<HelperCaller, 'sleepable'> {
  readonly sleepable?: true;
  /** Numbers of the helpers it knew for the program, as ranges; mightSleep: those it refused for not being sleepable. */
  readonly callable: string;
  readonly mightSleep?: string;
}

const KERNELS = ['v5.19', 'v6.1', 'v6.12'].map(
  (version) =>
    JSON.parse(readFileSync(join(import.meta.dirname, `fixtures/helpers-${version}.json`), 'utf8')) as Observed,
);

/** Ids beyond the last are asked too. */
const BEYOND = 4;

describe.each(KERNELS.map((kernel) => [kernel.version, kernel] as const))('helpers of %s', (version, kernel) => {
  const table = createHelperTable(version, (name) => !kernel.notConfigured.includes(name));

  it.each(kernel.programs.map((program) => [nameOf(program), program] as const))(
    'as the kernel has them: %s',
    (_, p) => {
      const caller: HelperCaller = { ...p, sleepable: p.sleepable === true };
      const answers = Array.from({ length: kernel.lastId + BEYOND }, (__, id) => ({
        id,
        answer: findHelper(table, id, caller),
      }));
      const found = answers.flatMap(({ answer }) => (typeof answer === 'string' ? [] : [answer]));
      expect(toRanges(found.map(({ id }) => id))).toBe(p.callable);
      const refused = found.filter(({ mightSleep }) => mightSleep && !caller.sleepable);
      expect(toRanges(refused.map(({ id }) => id))).toBe(p.mightSleep ?? '');
      const unknown = answers.filter(({ answer }) => answer === 'unknown-id').map(({ id }) => id);
      expect(unknown).toEqual(answers.map(({ id }) => id).filter((id) => id > kernel.lastId));
    },
  );
});

function nameOf({ progType, expectedAttachType, attach, sleepable }: ObservedProgram): string {
  const target =
    attach === undefined ? '' : attach.kind === 'member' ? `${attach.struct}.${attach.member}` : attach.name;
  return [progType, expectedAttachType, target, sleepable === true ? 'sleepable' : '']
    .filter((part) => part !== '')
    .join(' ');
}

/** 1, 2, 3 and 5 as `1-3 5`. */
function toRanges(ids: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const id of ids) {
    const run = runs.at(-1);
    if (run?.to === id - 1) run.to = id;
    else runs.push({ from: id, to: id });
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' ');
}

describe('a helper', () => {
  const xdp: HelperCaller = { progType: 'xdp', expectedAttachType: 0, sleepable: false };
  const table = createHelperTable('v6.1');

  it('is described as struct bpf_func_proto describes it', () => {
    expect(findHelper(table, 84, xdp)).toEqual({
      id: 84,
      name: 'sk_lookup_tcp',
      gplOnly: false,
      packetAccess: true,
      mightSleep: false,
      changesPacket: false,
      returns: { type: 'ptr_to_socket', maybeNull: true, readOnly: false, trusted: false, btf: undefined },
      args: [
        { type: 'ptr_to_ctx', flags: [], size: undefined, btf: undefined },
        { type: 'ptr_to_mem', flags: ['rdonly'], size: undefined, btf: undefined },
        { type: 'const_size', flags: [], size: undefined, btf: undefined },
        { type: 'anything', flags: [], size: undefined, btf: undefined },
        { type: 'anything', flags: [], size: undefined, btf: undefined },
      ],
    });
  });

  it('has a name in the kernels that know it', () => {
    expect(helperName(table, 84)).toBe('sk_lookup_tcp');
    expect(helperName(table, 1000)).toBe('#1000');
    expect(helperName(createHelperTable('v6.0'), 209)).toBe('#209');
    expect(helperName(table, 209)).toBe('user_ringbuf_drain');
  });

  it('is the same object for every program that gets the same prototype', () => {
    expect(findHelper(table, 1, xdp)).toBe(findHelper(table, 1, { ...xdp, progType: 'kprobe' }));
  });

  it.each<[string, Partial<HelperCaller>, number, string]>([
    ['of a program that takes over the kind of another', { progType: 'ext' }, 1, 'unsupported'],
    ['of a program whose type the kernel does not know', { progType: 'netfilter' }, 1, 'unsupported'],
    ['of a struct_ops program of an unknown struct', { progType: 'struct_ops' }, 1, 'unsupported'],
    ['that no kernel has', {}, 5000, 'unknown-id'],
    ['with a negative number', {}, -1, 'unknown-id'],
    ['that is none', {}, 0, 'not-allowed'],
  ])('%s is %s', (_, caller, id, answer) => {
    expect(findHelper(table, id, { ...xdp, ...caller })).toBe(answer);
  });

  it('that is not configured is not callable, where BTF tells', () => {
    const kprobe: HelperCaller = { progType: 'kprobe', expectedAttachType: 0, sleepable: false };
    const asked = (names: readonly string[]) =>
      findHelper(
        createHelperTable('v6.1', (name) => names.includes(name)),
        58,
        kprobe,
      );
    expect(asked(['bpf_map_lookup_elem'])).toBe('not-allowed');
    expect(asked(['bpf_map_lookup_elem', 'bpf_override_return'])).toMatchObject({ name: 'override_return' });
    expect(asked([])).toMatchObject({ name: 'override_return' });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validate } from '../../generated/types/probe-report.validate.js';
import { registryHash } from '../../generator/probe/probe-view.ts';
import { kfuncIn, packageModel, REAL, resultOf, resultText } from '../generator/probe/results.ts';
import { temporaryFolder } from '../generator/temporary-registry.ts';
import { kfuncs } from './kfuncs.ts';

const folder = temporaryFolder(Object.fromEntries(REAL.map((version) => [`${version}.json`, resultText(version)])));

/** As today's registry would have asked, with one kfunc that xdp programs may not call. */
function refusing(): string {
  const result = { ...resultOf('v6.1'), registry: registryHash(packageModel()) };
  const kfunc = kfuncIn(result, 'bpf_ct_release');
  for (const each of kfunc.answers) each.programs = each.programs.filter((name) => name !== 'xdp');
  kfunc.answers.push({ verdict: 'refused', errno: -13, log: '', programs: ['xdp'] });
  return temporaryFolder({ 'result.json': JSON.stringify(result) });
}

describe('kfuncs probe', () => {
  it('prints the source of a probe', () => {
    const { status, stdout, stderr } = kfuncs(folder, ['probe']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^\/\/ SPDX-License-Identifier: GPL-2\.0-only OR MIT\n/);
    expect(stdout).toContain('\t"bpf_ct_release",\n');
    expect(stdout).toMatch(/\nint main\(.*\n\{[\s\S]*\n\}\n$/);
  });

  it.each([
    ['probe.c', './probe'],
    ['probe', './probe.bin'],
  ])('writes it to %s, and tells how to run it', (out, program) => {
    const empty = temporaryFolder();
    const { status, stdout, stderr } = kfuncs(empty, ['probe', '--out', out]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain(`cc -O2 -static ${out} -o ${program.slice(2)} && sudo ${program} > result.json`);
    expect(readFileSync(join(empty, out), 'utf8')).toBe(kfuncs(empty, ['probe']).stdout);
  });

  it.each([
    [['--out', 'none/probe.c'], 'kfuncs: cannot write none/probe.c: '],
    [['--read', 'v6.1.json', '--out', 'x.c'], 'it makes no sense with --read'],
    [['--format', 'json'], '--kernel and --format are for --read'],
    [['--kernel', 'v6.1'], '--kernel and --format are for --read'],
    [['--read', 'v6.1.json', '--kernel', 'v6.111'], 'there is no kernel v6.111: did you mean v6.11?'],
    [['--read', 'none.json'], 'kfuncs: cannot read none.json: there is no such file'],
    [['--read', 'v6.1.json', '--format', 'xml'], "argument 'xml' is invalid"],
    [['extra'], 'too many arguments'],
  ])('refuses %j', (args, message) => {
    const { status, stdout, stderr } = kfuncs(folder, ['probe', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('kfuncs probe --read', () => {
  it.each(REAL)('finds nothing in what %s said', (version) => {
    const { status, stdout } = kfuncs(folder, ['probe', '--read', `${version}.json`]);
    expect(status).toBe(0);
    expect(stdout).toContain(` compared with ${version}, the kernel of its release\n`);
    expect(stdout).toMatch(/\nno difference, \d+ answers as the registry has them\n$/);
  });

  it('prints a table of what differs', () => {
    const { status, stdout } = kfuncs(refusing(), ['probe', '--read', 'result.json', '--quiet']);
    expect(status).toBe(1);
    expect(stdout).toContain(
      `KFUNC           OWNER         KERNEL   REGISTRY             PROGRAM TYPES
bpf_ct_release  nf_conntrack  refused  the registry has it  xdp
1 difference, `,
    );
  });

  it('takes the kernel that is asked for, and says so', () => {
    const { status, stdout } = kfuncs(folder, ['probe', '--read', 'v6.1.json', '--kernel', 'v6.0']);
    expect(status).toBe(1);
    expect(stdout).toContain('6.1.0-56-cloud-amd64 compared with v6.0, as asked\n');
  });

  it('takes the nearest for a kernel that has no profile, and says so', () => {
    const other = temporaryFolder({ 'result.json': resultText('v6.1').replace('"6.1.0-56', '"6.16.0-56') });
    const { stdout } = kfuncs(other, ['probe', '--read', 'result.json']);
    expect(stdout).toContain(' compared with v6.14, the nearest: the registry has no kernel of its series\n');
    const none = temporaryFolder({ 'result.json': resultText('v6.1').replace('"6.1.0-56', '"acme') });
    expect(kfuncs(none, ['probe', '--read', 'result.json'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('calls itself acme-cloud-amd64: name one to compare with by --kernel') as string,
    });
  });

  it('does not take a result without an answer for one without a difference', () => {
    const result = resultOf('v6.1');
    result.problems.push('the kernel does not permit to load some programs: run as root');
    for (const program of result.programs) Object.assign(program, { available: false, reason: 'no' });
    for (const kfunc of result.kfuncs) kfunc.answers = [];
    const denied = temporaryFolder({ 'result.json': JSON.stringify(result) });
    expect(kfuncs(denied, ['probe', '--read', 'result.json'])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'kfuncs: cannot read result.json: the kernel answered nothing\n' +
        '  the kernel does not permit to load some programs: run as root\n',
    });
  });

  it('prints JSON of its schema', () => {
    const { status, stdout } = kfuncs(refusing(), ['probe', '--read', 'result.json', '--format', 'json']);
    expect(status).toBe(1);
    const report: unknown = JSON.parse(stdout);
    expect(validate(report)).toBe(true);
    expect(report).toMatchObject({
      release: '6.1.0-56-cloud-amd64',
      kernel: 'v6.1',
      chosen: 'release',
      differences: [{ kind: 'refused', kfunc: 'bpf_ct_release', owner: 'nf_conntrack', prog_types: ['xdp'] }],
    });
  });

  it.each(REAL)('prints declarations of what %s allows, that validate takes', (version) => {
    const { status, stdout } = kfuncs(folder, ['probe', '--read', `${version}.json`, '--format', 'yaml']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^# What \S+ allows, as its verifier said; .*\n/);
    const own = temporaryFolder({ 'probed.yaml': stdout });
    expect(kfuncs(own, ['validate', 'probed.yaml'])).toMatchObject({
      status: 0,
      stdout: '1 file read, nothing found\n',
    });
  });

  it('says in comments what was not told', () => {
    const { stdout } = kfuncs(folder, ['probe', '--read', 'v6.1.json', '--kernel', 'v6.0', '--format', 'yaml']);
    expect(stdout).toMatch(
      /\n# the registry does not have these in v6\.0: their flags are those of v6\.1: .*bpf_key_put/,
    );
  });

  it('knows a registry of one’s own', () => {
    const registry = temporaryFolder({
      'registry/kfuncs/acme.yaml':
        'source: acme.c\nowner: acme\nsets: [{ name: s, hooks: [xdp], kfuncs: [acme_get] }]\n',
      'result.json': resultText('v6.1'),
    });
    const { status, stdout } = kfuncs(registry, ['probe', '--read', 'result.json']);
    expect(status).toBe(1);
    expect(stdout).toContain('the module acme is not loaded: acme_get\n');
    expect(stdout).toMatch(/^bpf_ct_release +nf_conntrack +allowed +the registry has no such kfunc +sched_cls, xdp$/m);
    expect(kfuncs(registry, ['probe']).stdout).toContain('KNOWN_KFUNCS[] = {\n\t"acme_get",\n\tNULL\n};\n');
  });

  it('shows control characters as what they are', () => {
    const result = resultOf('v6.1');
    result.problems.push('\u001b[2J');
    const own = temporaryFolder({ 'result.json': JSON.stringify(result) });
    expect(kfuncs(own, ['probe', '--read', 'result.json']).stdout).not.toContain('\u001b');
  });
});

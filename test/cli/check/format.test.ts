import { describe, expect, it } from 'vitest';
import type { CheckReport, CheckResult } from '../../../generated/types/check-report.ts';
import { COLOURED, PLAIN } from '../../../generator/diagnostics/format/style.ts';
import { formatJsonLine } from '../../../src/cli/check/format-jsonl.ts';
import { formatSarif } from '../../../src/cli/check/format-sarif.ts';
import { formatPretty, type Layout } from '../../../src/cli/check/pretty/format-pretty.ts';
import { summaryOf } from '../../../src/cli/check/report.ts';

const ACCEPTED: CheckResult = {
  id: 'fine',
  kernel: 'v6.1',
  verdict: 'accept',
  insns_processed: 4,
  file: 'a.o',
  position: 0,
};

const REJECTED: CheckResult = {
  id: 'wrong',
  kernel: 'v6.1',
  verdict: 'reject',
  errno: -22,
  errno_name: '-EINVAL',
  rule: 'ref/leak',
  message: 'the object from get() acquired at instruction 3 is not released on this path',
  suggestion: 'call put() before this path ends, or leave the object in a map by bpf_kptr_xchg()',
  insn: 9,
  insns_processed: 12,
  file: 'a.o',
  position: 1,
  place: {
    insn: 9,
    instruction: 'exit',
    source: {
      file: 'src/a.bpf.c',
      line: 41,
      column: 2,
      text: '\treturn 0; /* and a comment that makes it a long line to show */',
    },
  },
  related: [
    {
      message: 'it was acquired here',
      place: { insn: 3, source: { file: 'src/a.bpf.c', line: 7, column: 0, text: '\tget();' } },
    },
  ],
  path: [
    {
      kind: 'not-taken',
      condition: 'r0 != 0',
      from: { insn: 5, source: { file: 'src/a.bpf.c', line: 9, column: 6, text: '\tif (!object)' } },
      to: { insn: 6, source: { file: 'src/a.bpf.c', line: 12, column: 3, text: '' } },
    },
    {
      kind: 'call',
      from: { insn: 6, instruction: 'call +2' },
      to: { insn: 9, source: { file: 'src/b.h', line: 3, column: 1, text: '' } },
    },
  ],
  registers: [{ name: 'R6', text: 'pointer to struct object, holds reference 2' }],
};

const UNSUPPORTED: CheckResult = {
  id: 'odd',
  kernel: 'v6.1',
  verdict: 'unsupported',
  message: 'not modelled: something',
  insns_processed: 3,
  file: 'b.jsonl',
  line: 7,
  position: 2,
};

function report(results: CheckResult[], kernels: readonly string[] = ['v6.1']): CheckReport {
  return {
    kernels: kernels.map((kernel) => ({ kernel, btf: 'vmlinux', modules: [] })),
    results,
    unreadable: [],
    summary: summaryOf(results),
  };
}

function pretty(results: CheckResult[], layout: Partial<Layout> = {}, kernels?: readonly string[]): string {
  return formatPretty(report(results, kernels), { style: PLAIN, width: 100, quiet: false, ...layout });
}

describe('check for people', () => {
  it('shows where, why, the way there, and what to do', () => {
    expect(pretty([ACCEPTED, REJECTED, UNSUPPORTED])).toMatchSnapshot();
  });

  it('keeps to a narrow terminal but for the heading', () => {
    const text = pretty([REJECTED], { width: 50 });
    expect(text).toMatchSnapshot();
    const [, ...lines] = text.split('\n');
    expect(Math.max(...lines.slice(0, -2).map((line) => line.length))).toBeLessThanOrEqual(50);
  });

  it('says what several kernels say alike once', () => {
    const later = { ...REJECTED, kernel: 'v6.0' };
    const text = pretty([REJECTED, later, { ...ACCEPTED, kernel: 'v6.0' }], {}, ['v6.1', 'v6.0']);
    expect(text.match(/is not released/g)).toHaveLength(1);
    expect(text).toContain('wrong on v6.1 and v6.0: the kernel returns -EINVAL');
  });

  it('is silent on what is accepted where asked to be quiet', () => {
    expect(pretty([ACCEPTED], { quiet: true })).toBe('');
    expect(pretty([ACCEPTED, UNSUPPORTED], { quiet: true })).not.toContain('fine');
  });

  it('says what frees the objects in maps, and for which kernels if not for all', () => {
    const map = {
      name: 'objects',
      type: 'hash',
      kptrs: [{ offset: 8, type: 'nf_conn', dtor: 'bpf_ct_release', freed_by: ['delete', 'map-freed'] }],
    };
    const text = pretty(
      [
        { ...ACCEPTED, maps: [map] },
        { ...ACCEPTED, kernel: 'v6.0' },
      ],
      {},
      ['v6.1', 'v6.0'],
    );
    expect(text).toContain(
      '  objects (hash) + 8: struct nf_conn, freed by bpf_ct_release() on delete, map-freed (v6.1)\n',
    );
  });

  it('lets no text of a program control the terminal', () => {
    const evil = '\u001b[2J\u0007\u202e';
    const hostile: CheckResult = {
      ...REJECTED,
      id: evil,
      kernel: evil,
      file: evil,
      rule: evil,
      message: evil,
      suggestion: evil,
      errno_name: evil,
      registers: [{ name: evil, text: evil }],
      place: { insn: 1, source: { file: evil, line: 1, column: 1, text: evil } },
      path: [{ kind: 'taken', condition: evil, from: { insn: 1, instruction: evil }, to: { insn: 2 } }],
      maps: [{ name: evil, type: evil, kptrs: [{ offset: 0, type: evil, freed_by: [evil] }] }],
    };
    const all = [
      hostile,
      { ...hostile, position: 5, place: { insn: 1, instruction: evil } },
      { ...ACCEPTED, id: evil },
    ];
    for (const kernels of [[evil], [evil, 'v6.1']]) {
      expect(pretty(all, {}, kernels)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    }
  });

  it('colours carets, labels and headings', () => {
    const text = pretty([REJECTED], { style: COLOURED });
    expect(text).toContain('\u001b[31merror');
    expect(text.replace(/\u001b\[\d+m/g, '')).toBe(pretty([REJECTED]));
  });
});

describe('check for machines', () => {
  it('a line has errno, rule and instruction only where rejected, and a message where not accepted', () => {
    const keys = [ACCEPTED, REJECTED, UNSUPPORTED].map((result) =>
      Object.keys(JSON.parse(formatJsonLine(result)) as object).join(' '),
    );
    expect(keys).toEqual([
      'id kernel verdict insns_processed',
      'id kernel verdict errno rule insn message insns_processed',
      'id kernel verdict message insns_processed',
    ]);
  });

  it('SARIF warns of what is unsupported, in the line of its file', () => {
    const text = formatSarif(report([ACCEPTED, { ...UNSUPPORTED, file: 'my cases/b.jsonl' }]), [], '1.0.0');
    const { runs } = JSON.parse(text) as { runs: [{ results: object[]; tool: object }] };
    expect(runs[0].tool).toMatchObject({ driver: { rules: [{ id: 'check/unsupported' }] } });
    expect(runs[0].results).toEqual([
      {
        ruleId: 'check/unsupported',
        ruleIndex: 0,
        level: 'warning',
        message: { text: 'not modelled: something (odd on v6.1)' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'my%20cases/b.jsonl' },
              region: { startLine: 7 },
            },
            logicalLocations: [{ name: 'odd', kind: 'function' }],
          },
        ],
      },
    ]);
  });
});

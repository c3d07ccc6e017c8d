import { describe, expect, it } from 'vitest';
import { validate } from '../../../generated/types/table.validate.js';
import { printJson } from '../../../generator/targets/json-text.ts';
import { jsonTarget } from '../../../generator/targets/json.ts';
import { MARK } from '../../../generator/targets/mark.ts';
import fc from 'fast-check';
import { conntrackModel } from '../conntrack-model.ts';
import { makeKernel, makeKernelModel, makeKfunc, makeSet, makeSource } from '../model-factory.ts';
import { contentOf, makeInput } from '../target-input.ts';

describe('jsonTarget', () => {
  it('emits a file a kernel that its schema accepts and that bears the mark', async () => {
    const files = await jsonTarget.emit(makeInput(conntrackModel));
    expect(files.map((file) => file.path)).toEqual(['json/v5.19.json', 'json/v6.1.json']);
    for (const { content } of files) {
      validate(JSON.parse(content));
      expect(validate.errors ?? []).toEqual([]);
      expect(content.slice(0, 1024)).toContain(MARK);
    }
  });

  it('gives the same bytes for the same model', async () => {
    const first = await jsonTarget.emit(makeInput(conntrackModel));
    expect(await jsonTarget.emit(makeInput(conntrackModel))).toEqual(first);
  });

  it('joins the conditions of file and set, and spells program types as the kernel does', async () => {
    const table: unknown = JSON.parse(contentOf(await jsonTarget.emit(makeInput(conntrackModel)), 'json/v6.1.json'));
    expect(table).toMatchObject({
      hooks: { tracing: ['BPF_PROG_TYPE_TRACING', 'BPF_PROG_TYPE_LSM'] },
      flags: { release: 1 },
      sets: [
        {
          name: 'nf_ct_kfunc_set',
          owner: 'nf_conntrack',
          config: 'CONFIG_BPF && CONFIG_NET && CONFIG_NF_CONNTRACK',
          prog_types: ['BPF_PROG_TYPE_XDP', 'BPF_PROG_TYPE_SCHED_CLS'],
          hooks: ['xdp', 'tc'],
          kfuncs: [
            { name: 'bpf_xdp_ct_lookup', flags: ['acquire', 'ret_null'], line: 12 },
            { name: 'bpf_ct_release', flags: ['release'] },
            { name: 'bpf_ct_change_timeout', flags: [], config: 'CONFIG_NF' },
          ],
        },
        { prog_types: ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING'], hooks: ['tracing'] },
      ],
      dtors: [{ type: 'nf_conn', kfunc: 'bpf_ct_release', config: 'CONFIG_BPF' }],
      prototypes: {
        bpf_ct_release: {
          c: 'void bpf_ct_release(struct nf_conn *nfct)',
          returns: 'void',
          params: [{ type: 'struct nf_conn *', name: 'nfct' }],
          file: 'net/core/made.c',
          line: 7,
        },
      },
    });
  });

  it('says which kfuncs are not callable', async () => {
    const content = contentOf(await jsonTarget.emit(makeInput(conntrackModel)), 'json/v5.19.json');
    expect(content).toContain('{ "name": "bpf_ct_hidden", "flags": ["acquire"], "check": false }');
  });

  it('takes a kfunc named like a part of every object', async () => {
    const set = makeSet('a', [['xdp', 'xdp']], [makeKfunc('void __proto__(void)')]);
    const model = { kernels: [makeKernelModel(makeKernel('v6.1'), [makeSource('a.c', [set])])] };
    const content = contentOf(await jsonTarget.emit(makeInput(model)), 'json/v6.1.json');
    expect(content).toContain('"__proto__": ');
  });
});

describe('printJson', () => {
  it('puts an entry on a line', () => {
    expect(printJson({ a: [{ b: 1, c: ['x', 'y'] }, { b: 2 }], d: [], e: { f: { g: true } } })).toBe(
      [
        '{',
        '  "a": [',
        '    { "b": 1, "c": ["x", "y"] },',
        '    { "b": 2 }',
        '  ],',
        '  "d": [],',
        '  "e": {',
        '    "f": { "g": true }',
        '  }',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('writes what JSON.parse reads back', () => {
    const value = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(value, (data) => {
        expect(JSON.parse(printJson(data))).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { notesOf } from '../../../generator/btf-rules/notes.ts';
import { validateRegistry } from '../../../generator/rules/validate.ts';
import { runBtfRules } from '../../../generator/btf-rules/run.ts';
import { btfFindings, judgedBy, loadFiles, loadText } from './btf-findings.ts';
import { openWritten } from './written-btf.ts';

const KERNEL = ['struct task_struct'];

/** A declaration of built-in kfuncs; of v6.1 alone, so that v6.1 is what the BTF is taken for. */
function declared(owner: string, entries: readonly string[], rest = ''): string {
  const list = entries.map((entry) => `      - ${entry}\n`).join('');
  return `source: drivers/acme/acme_bpf.c\nowner: ${owner}\nsets:\n  - name: acme_kfunc_set\n    hooks: [xdp]\n    kfuncs:\n${list}${rest}`;
}

function rulesBrokenBy(text: string, vmlinux: readonly string[], modules: readonly string[] = []): readonly string[] {
  const base = openWritten([...KERNEL, ...vmlinux]);
  const acme = modules.length === 0 ? [] : ([['acme', openWritten(modules, { base })]] as const);
  return btfFindings(text, { vmlinux: base, modules: new Map(acme) }, ['v6.1']).map(({ rule }) => rule);
}

const GET = '{ name: acme_get, flags: [acquire, ret_null] }';
const PUT = '{ name: acme_put, flags: [release] }';
const PAIR = 'dtors:\n  - { type: acme, kfunc: acme_put }\n';

describe('types of arguments and results', () => {
  it.each([
    ['acquire: a union', GET, 'union acme *acme_get(u32 id)', []],
    ['acquire: void, which programs allocate', GET, 'void *acme_get(u32 id)', []],
    ['acquire: a pointer to a pointer', GET, 'struct acme **acme_get(u32 id)', ['registry/btf-acquire-returns-object']],
    [
      'ret_null: memory of a size that an argument says',
      '{ name: acme_get, flags: [ret_null] }',
      'int *acme_get(u32 rdonly_buf_size)',
      [],
    ],
    ['release: the second parameter', PUT, 'void acme_put(u32 how, struct acme *a)', []],
    ['release: no parameter', PUT, 'void acme_put(void)', ['registry/btf-release-takes-object']],
    ['five parameters', 'acme_read', 'int acme_read(u32 a, u32 b, u32 c, u32 d, u32 e)', []],
    ['variadic', 'acme_read', 'int acme_read(u32 a, ...)', ['registry/btf-too-many-parameters']],
    ['__sz first', 'acme_read', 'int acme_read(u32 a__sz)', ['registry/btf-annotated-parameter']],
    ['__sz that is a pointer', 'acme_read', 'int acme_read(void *a, u32 *a__sz)', ['registry/btf-annotated-parameter']],
    [
      'a size of the result that is a pointer',
      'acme_read',
      'int *acme_read(u32 *rdwr_buf_size)',
      ['registry/btf-annotated-parameter'],
    ],
    ['a suffix that v6.1 does not have', 'acme_read', 'int acme_read(u32 *id__k)', []],
  ])('%s', (_, entry, kernel, rules) => {
    expect(rulesBrokenBy(declared('vmlinux', [entry]), [kernel])).toEqual(rules);
  });

  it.each([
    ['struct acme', 'void acme_put(struct acme *a)', []],
    ['struct acme', 'void acme_put(void *a)', []],
    ['typedef struct acme *acme_ptr', 'void acme_put(acme_ptr a)', ['registry/btf-dtor-prototype']],
    ['struct acme', 'void acme_put(struct acme *a, u32 how)', ['registry/btf-dtor-prototype']],
    ['struct acme', 'void acme_put(u64 a)', ['registry/btf-dtor-prototype']],
    ['union acme', 'void acme_put(union acme *a)', ['registry/btf-dtor-type']],
  ])('a destructor with %s: %s', (type, kernel, rules) => {
    expect(rulesBrokenBy(declared('vmlinux', ['acme_put'], PAIR), [type, kernel])).toEqual(rules);
  });

  it('spells what the kernel has beside what is declared', () => {
    const text = declared(
      'vmlinux',
      ['acme_read'],
      'prototypes:\n  - int acme_read(struct acme *a, unsigned long b)\n',
    );
    const vmlinux = openWritten(['int acme_read(struct acme *a, u32 b)', ...KERNEL]);
    expect(btfFindings(text, { vmlinux, modules: new Map() }, ['v6.1'])).toMatchObject([
      {
        rule: 'registry/btf-prototype-differs',
        message:
          '`int acme_read(struct acme *a, unsigned long b)` is declared, and the BTF of vmlinux has `int acme_read(struct acme *a, u32 b)`',
      },
    ]);
  });

  it('takes the name of a parameter for a part of the prototype', () => {
    const text = declared('vmlinux', ['acme_read'], 'prototypes:\n  - int acme_read(void *a, u32 a__sz)\n');
    expect(rulesBrokenBy(text, ['int acme_read(void *a, u32 size)'])).toEqual(['registry/btf-prototype-differs']);
  });
});

describe('where a kfunc is looked for', () => {
  it('in the BTF of its module, not in that of vmlinux', () => {
    const text = declared('acme', ['acme_read', 'acme_write']);
    expect(rulesBrokenBy(text, ['int other(u32 id)'], ['int acme_read(u32 id)'])).toEqual([
      'registry/btf-kfunc-missing',
    ]);
  });

  it('in vmlinux if the module is built in', () => {
    expect(rulesBrokenBy(declared('acme', ['acme_read']), ['int acme_read(u32 id)'])).toEqual([]);
  });

  it('nowhere if the BTF of the module is not given; a note counts them', () => {
    const loaded = loadText(declared('acme', ['acme_read', 'acme_write']), ['v6.1']);
    const [judged] = judgedBy(loaded, { vmlinux: openWritten(KERNEL), modules: new Map() });
    expect(judged && notesOf(judged)).toEqual([
      'vmlinux is taken for v6.1',
      '  kfuncs of modules whose BTF is not given: acme (2)',
    ]);
    expect(rulesBrokenBy(declared('acme', ['acme_read']), [])).toEqual([]);
  });

  it('an entry behind a config condition may be missing; a note names it', () => {
    const text = declared('vmlinux', ['{ name: acme_read, config: CONFIG_ACME }']);
    expect(rulesBrokenBy(text, [])).toEqual([]);
    const [judged] = judgedBy(loadText(text, ['v6.1']), { vmlinux: openWritten(KERNEL), modules: new Map() });
    expect(judged && notesOf(judged)).toContain('  kfuncs that the configuration leaves out: acme_read');
  });
});

describe('a built-in source file', () => {
  const text = declared('vmlinux', ['acme_read', 'acme_write']);

  it('may be left out as a whole', () => {
    expect(rulesBrokenBy(text, [])).toEqual([]);
  });

  it('may not lack one kfunc of those that it has', () => {
    expect(rulesBrokenBy(text, ['int acme_write(u32 id)'])).toEqual(['registry/btf-kfunc-missing']);
  });
});

describe('a built-in source file that registers what another defines', () => {
  const loaded = loadFiles(
    {
      'acme.yaml': declared('vmlinux', ['acme_read', 'acme_write', 'core_peek']),
      'acme.imported.json': JSON.stringify({
        source: 'drivers/acme/acme_bpf.c',
        functions: {
          acme_read: [{ prototype: 'int acme_read(u32 id)', file: 'drivers/acme/acme_bpf.c', lines: { 'v6.1': 1 } }],
          acme_write: [{ prototype: 'int acme_write(u32 id)', file: 'drivers/acme/acme_bpf.c', lines: { 'v6.1': 2 } }],
          core_peek: [{ prototype: 'int core_peek(u32 id)', file: 'drivers/base/core.c', lines: { 'v6.1': 3 } }],
        },
        sets: {},
        dtors: {},
      }),
    },
    ['v6.1'],
  );
  const missing = (kernel: readonly string[]): readonly string[] => {
    const judged = judgedBy(loaded, { vmlinux: openWritten([...KERNEL, ...kernel]), modules: new Map() });
    return runBtfRules(judged, ['v6.1']).map(({ message }) => message);
  };

  it('may be left out, though the other is not', () => {
    expect(missing(['int core_peek(u32 id)'])).toEqual([]);
  });

  it('may register what is left out with the other', () => {
    expect(missing(['int acme_read(u32 id)', 'int acme_write(u32 id)'])).toEqual([]);
  });

  it('may not lack one kfunc of those that it defines', () => {
    expect(missing(['int core_peek(u32 id)', 'int acme_read(u32 id)'])).toEqual([
      '`acme_write` is no function in the BTF of vmlinux',
    ]);
  });
});

it('what is registered for nothing that v6.1 calls kfuncs from may take any arguments', () => {
  const text = declared('vmlinux', ['acme_read']).replace('hooks: [xdp]', 'hooks: [fmodret]');
  const btf = ['int acme_read(u32 a, u32 b, u32 c, u32 d, u32 e, u32 f)'];
  expect(rulesBrokenBy(text, btf).filter((id) => id.startsWith('registry/btf-'))).toEqual([]);
});

describe('a suppression of a BTF rule', () => {
  const ignored = declared('acme', [
    '# kfuncs-ignore registry/btf-kfunc-missing: it is generated',
    'acme_read',
  ]).replace('- #', '#');

  it('takes the finding back', () => {
    expect(rulesBrokenBy(ignored, [], ['int other(u32 id)'])).toEqual([]);
  });

  it('is no finding itself where no BTF is given', () => {
    expect(validateRegistry(loadText(ignored))).toEqual([]);
  });

  it('is none where one kernel alone was judged: it may be for another', () => {
    expect(rulesBrokenBy(ignored, [], ['int acme_read(u32 id)'])).toEqual([]);
  });
});

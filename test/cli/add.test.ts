import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffModels } from '../../generator/diff/compare-models.ts';
import { loadProfiles, loadRegistry } from '../../generator/declarations/load.ts';
import { temporaryFolder } from '../generator/temporary-registry.ts';
import { kfuncs, type Run } from './kfuncs.ts';

const ACME = `# yaml-language-server: $schema=../../schemas/declaration.schema.json
source: drivers/acme.c
owner: acme # a module
since: v5.19
sets:
  - name: acme_old_set
    hooks: [xdp]
    until: v6.0
    kfuncs: [acme_get]
  - name: acme_set
    hooks: [xdp, tc]
    since: v6.0
    kfuncs:
      - { name: acme_get, flags: [acquire, ret_null], until: v6.4 }
  - name: acme_tracing_set
    prog_types: [{ prog_type: tracing, since: v6.1 }]
    since: v6.0
    kfuncs: []
`;

const FILE = 'registry/kfuncs/acme.yaml';

function registry(text = ACME): { folder: string; add: (...args: string[]) => Run; text: () => string } {
  const folder = temporaryFolder({ [FILE]: text });
  return {
    folder,
    add: (...args) => kfuncs(folder, ['add', ...args]),
    text: () => readFileSync(join(folder, FILE), 'utf8'),
  };
}

describe('kfuncs add kfunc', () => {
  it.each([
    [['--hook', 'xdp', 'tc'], 'set acme_set', '      - acme_put\n  - name: acme_tracing_set'],
    [['--hook', 'tc,xdp', '--flag', 'release'], 'set acme_set', '- { name: acme_put, flags: [release] }\n'],
    [['--hook', 'xdp', '--until', 'v6.0'], 'set acme_old_set', 'kfuncs: [acme_get, acme_put]\n'],
    [['--hook', 'tracing'], 'set acme_tracing_set', 'kfuncs: [acme_put]\n'],
    [['--set', 'acme_set', '--since', 'v6.0'], 'set acme_set', '      - acme_put\n'],
    [['--set', 'acme_set', '--since', 'v6.2'], 'set acme_set', '- { name: acme_put, since: v6.2 }\n'],
    [
      ['--set', 'acme_set', '--config', 'CONFIG_X86 && CONFIG_NET'],
      'set acme_set',
      '- { name: acme_put, config: CONFIG_X86 && CONFIG_NET }\n',
    ],
    [
      ['--set', 'acme_lwt_set', '--new-set', '--hook', 'lwt', '--since', 'v6.4'],
      'the new set acme_lwt_set',
      '  - name: acme_lwt_set\n    hooks: [lwt]\n    since: v6.4\n    kfuncs:\n      - acme_put\n',
    ],
  ])('with %j adds to %s', (args, where, written) => {
    const { add, text } = registry();
    expect(add('kfunc', 'acme_put', ...args)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(new RegExp(`^${FILE}:\\d+: added to ${where}\\n$`)) as string,
      stderr: 'Next: kfuncs generate\n',
    });
    expect(text()).toContain(written);
  });

  it.each([
    [
      ['acme_put', '--hook', 'xdp'],
      'several sets fit: name one with --set: acme_old_set (xdp since v5.19 until v6.0), acme_set (xdp, tc since v6.0)',
    ],
    [
      ['acme_put', '--hook', 'tc'],
      'no set is for tc alone; --set takes one that is for more: acme_set (xdp, tc since v6.0)',
    ],
    [['acme_put', '--hook', 'lwt'], 'no set is for lwt: there is acme_old_set ('],
    [
      ['acme_put', '--set', 'acme_sat', '--hook', 'xdp'],
      'there is no set acme_sat: did you mean acme_set? (--new-set begins one of that name)',
    ],
    [['acme_put', '--set', 'other', '--new-set'], 'set other is new: name the hooks'],
    [['acme_put', '--set', 'acme_set', '--hook', 'lwt'], 'set acme_set is not for lwt: there is acme_set (xdp, tc'],
    [['acme_put', '--set', 'acme_set', '--since', 'v5.19'], 'set acme_set begins with v6.0: nothing in it can exist'],
    [['acme_put', '--set', 'acme_old_set', '--until', 'v6.1'], 'set acme_old_set ends before v6.0: nothing in it'],
    [['acme_get', '--set', 'acme_set', '--since', 'v6.3'], 'acme_get stands in set acme_set already: change that'],
    [['acme_put', '--hook', 'xpd'], 'there is no hook xpd: did you mean xdp?'],
    [['acme_put', '--since', '6.1'], 'there is no kernel 6.1: did you mean v6.1?'],
    [['acme_put', '--new-set'], '--new-set wants the name of the set: --set NAME'],
    [['acme_put', '--set', 'acme_set', '--owner', 'acne'], 'the owner of drivers/acme.c is acme, not acne'],
    [
      ['acme_put', '--source', 'drivers/acne.c'],
      'there is no declaration of drivers/acne.c: did you mean drivers/acme',
    ],
    [
      ['acme_put', '--source', 'net/x_bpf.c'],
      'there is no declaration of net/x_bpf.c: one that is begun needs --owner',
    ],
  ])('refuses %j, and says what would do', (args, message) => {
    const { add, text } = registry();
    const { status, stderr } = add('kfunc', ...args);
    expect(stderr).toContain(`kfuncs: ${message}`);
    expect(status).toBe(2);
    expect(text()).toBe(ACME);
  });

  it('may add a name again for other kernels', () => {
    const { add, text } = registry();
    expect(add('kfunc', 'acme_get', '--set', 'acme_set', '--since', 'v6.4').status).toBe(0);
    expect(text()).toContain('      - { name: acme_get, since: v6.4 }\n');
  });

  it('shows all findings where they would stand, and writes nothing', () => {
    const { add, text, folder } = registry();
    const { status, stdout, stderr } = add(
      'kfunc',
      'acme put',
      '--set',
      'acme_set',
      '--flag',
      'aquire',
      '--prototype',
      'int acme_put(',
    );
    expect(stdout).toMatchInlineSnapshot(`
      "registry/kfuncs/acme.yaml:15:17 error \`acme put\` is no C identifier registry/identifier
        15 |       - { name: acme put, flags: [aquire] }
           |                 ^^^^^^^^
        help: did you mean \`acme_put\`?

      registry/kfuncs/acme.yaml:15:35 error there is no flag \`aquire\` registry/unknown-flag
        15 |       - { name: acme put, flags: [aquire] }
           |                                   ^^^^^^
        help: did you mean \`acquire\`?

      registry/kfuncs/acme.yaml:21:5 error this is no C prototype: expected a parameter name, found \`end\` at character 14 registry/prototype-syntax
        21 |   - int acme_put(
           |     ^^^^^^^^^^^^^
        help: write return type, name, and each parameter with its name: \`void f(struct acme *a)\`

      3 errors in 1 file read; \`kfuncs rules registry/identifier\` explains the first
      "
    `);
    expect({ status, stderr }).toEqual({ status: 1, stderr: `${FILE}: nothing was written\n` });
    expect(text()).toBe(ACME);
    expect(readdirSync(join(folder, 'registry/kfuncs'))).toEqual(['acme.yaml']);
  });

  it('does not mind findings that were there before, unless the file does not fit its schema', () => {
    const { add, folder } = registry(`${ACME}dtors: [{ type: t, kfunc: nowhere }]\n`);
    expect(kfuncs(folder, ['validate']).status).toBe(1);
    expect(add('kfunc', 'acme_put', '--set', 'acme_set')).toMatchObject({ status: 0 });
    const broken = registry(ACME.replace('[xdp, tc]', '[xpd, tc]'));
    const { status, stdout, stderr } = broken.add('kfunc', 'acme_put', '--set', 'acme_set');
    expect(stdout).toContain('acme.yaml:11:13 error there is no hook `xpd` registry/unknown-hook');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `${FILE} has to be mended first; nothing was written\n`,
    });
  });

  it('prints a difference that patch would take with --dry-run, and writes nothing', () => {
    const { add, text } = registry();
    const { stdout, status } = add(
      'kfunc',
      'acme_put',
      '--hook',
      'xdp',
      'tc',
      '--prototype',
      'void acme_put(struct acme *a)',
      '--dry-run',
    );
    expect(stdout).toMatchInlineSnapshot(`
      "--- a/registry/kfuncs/acme.yaml
      +++ b/registry/kfuncs/acme.yaml
      @@ -12,7 +12,10 @@
           since: v6.0
           kfuncs:
             - { name: acme_get, flags: [acquire, ret_null], until: v6.4 }
      +      - acme_put
         - name: acme_tracing_set
           prog_types: [{ prog_type: tracing, since: v6.1 }]
           since: v6.0
           kfuncs: []
      +prototypes:
      +  - void acme_put(struct acme *a)
      "
    `);
    expect(status).toBe(0);
    expect(text()).toBe(ACME);
  });

  it('begins a declaration at the path of its source file, with the schema that the others name', () => {
    const { add, folder } = registry();
    const args = ['kfunc', 'new_get', '--source', 'net/new/bpf.c', '--owner', 'new', '--since', 'v6.5'];
    const more = ['--set', 'new_set', '--hook', 'xdp', '--flag', 'acquire', 'ret_null'];
    const prototype = ['--prototype', 'struct new *new_get(u32 id)'];
    const { stdout } = add(...args, ...more, ...prototype, '--dry-run');
    expect(stdout).toContain('--- /dev/null\n+++ b/registry/kfuncs/net/new/bpf.yaml\n');
    expect(existsSync(join(folder, 'registry/kfuncs/net'))).toBe(false);
    expect(add(...args, ...more, ...prototype).status).toBe(0);
    expect(add('dtor', '--source', 'net/new/bpf.c', '--type', 'new', '--kfunc', 'new_put').status).toBe(1);
    expect(add('kfunc', 'new_put', '--source', 'net/new/bpf.c', '--flag', 'release').status).toBe(0);
    expect(add('dtor', '--source', 'net/new/bpf.c', '--type', 'new', '--kfunc', 'new_put').status).toBe(0);
    expect(readFileSync(join(folder, 'registry/kfuncs/net/new/bpf.yaml'), 'utf8')).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=../../../../schemas/declaration.schema.json
      source: net/new/bpf.c
      owner: new
      since: v6.5
      sets:
        - name: new_set
          hooks: [xdp]
          kfuncs:
            - { name: new_get, flags: [acquire, ret_null] }
            - { name: new_put, flags: [release] }
      dtors:
        - { type: new, kfunc: new_put }
      prototypes:
        - struct new *new_get(u32 id)
      "
    `);
    expect(kfuncs(folder, ['validate']).status).toBe(0);
  });

  it('adds to an empty registry, and to what init begins', () => {
    const empty = temporaryFolder({ 'registry/README': '' });
    const args = ['add', 'kfunc', 'f', '--source', 'f.c', '--owner', 'f', '--set', 's', '--hook', 'tc'];
    expect(kfuncs(empty, args).status).toBe(0);
    expect(kfuncs(empty, ['validate']).status).toBe(0);
    const begun = temporaryFolder();
    expect(kfuncs(begun, ['init']).status).toBe(0);
    expect(kfuncs(begun, ['add', 'kfunc', 'my_module_peek', '--hook', 'tc']).status).toBe(0);
    expect(kfuncs(begun, ['validate']).status).toBe(0);
  });

  it('never writes to the registry that comes with the package', () => {
    expect(kfuncs(temporaryFolder(), ['add', 'kfunc', 'f', '--source', 'mm/bpf_memcontrol.c'])).toMatchObject({
      status: 2,
      stderr: 'kfuncs: there is no registry/ here: name one with --registry, or begin one with kfuncs init\n',
    });
  });

  it('writes what a link leads to, with the permissions it has', () => {
    const { folder } = registry();
    const other = temporaryFolder();
    symlinkSync(join(folder, 'registry'), join(other, 'registry'));
    chmodSync(join(folder, FILE), 0o640);
    expect(kfuncs(other, ['add', 'kfunc', 'acme_put', '--set', 'acme_set']).status).toBe(0);
    expect(statSync(join(folder, FILE)).mode & 0o777).toBe(0o640);
  });

  it('keeps JSON as it is written', () => {
    const data = { source: 'a.c', owner: 'a', sets: [{ name: 's', hooks: ['xdp'], kfuncs: [{ name: 'f' }] }] };
    const folder = temporaryFolder({ 'registry/kfuncs/a.json': JSON.stringify(data, null, 2) });
    expect(kfuncs(folder, ['add', 'kfunc', 'g', '--hook', 'xdp']).status).toBe(0);
    data.sets[0]?.kfuncs.push({ name: 'g' });
    expect(readFileSync(join(folder, 'registry/kfuncs/a.json'), 'utf8')).toBe(JSON.stringify(data, null, 2));
  });

  it('changes what programs see of a kernel by that kfunc alone', () => {
    const { add, folder } = registry();
    const model = (): ReturnType<typeof loadRegistry>['registry']['model'] =>
      loadRegistry([join(folder, 'registry')], loadProfiles()).registry.model;
    const before = model();
    expect(add('kfunc', 'acme_put', '--hook', 'xdp', 'tc', '--until', 'v6.2').status).toBe(0);
    expect(diffModels(before, model())).toEqual([
      expect.objectContaining({ kind: 'kfunc-added', name: 'acme_put', kernels: ['v6.0', 'v6.1'] }),
    ]);
  });
});

describe('kfuncs add dtor', () => {
  it('adds a pair, and refuses a second for the same type', () => {
    const { add, text } = registry();
    expect(add('dtor', '--type', 'acme', '--kfunc', 'acme_get', '--until', 'v6.4', '--since', 'v6.0').stdout).toBe(
      `${FILE}:20: added to the destructor pairs\n`,
    );
    expect(text()).toBe(`${ACME}dtors:\n  - { type: acme, kfunc: acme_get, since: v6.0, until: v6.4 }\n`);
    const again = add('dtor', '--type', 'acme', '--kfunc', 'acme_get', '--until', 'v6.4', '--since', 'v6.0');
    expect(again.stdout).toContain('registry/dtor-duplicate-type');
    expect(again.status).toBe(1);
  });

  it('wants a type and a destructor', () => {
    expect(registry().add('dtor', '--type', 'acme')).toMatchObject({ status: 2 });
    expect(registry().add('acme')).toMatchObject({ status: 2 });
  });
});

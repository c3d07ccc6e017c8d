import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { print, type CommonOptions } from './output.ts';
import { UsageError } from './usage-error.ts';

const DECLARATION = `# yaml-language-server: $schema=../../node_modules/kfunc-registry/schemas/declaration.schema.json
source: my_module.c
owner: my_module # the module that registers the set, as lsmod prints it
since: v6.0
sets:
  - name: my_module_kfunc_set
    hooks: [tc]
    kfuncs:
      - { name: my_module_lookup, flags: [acquire, ret_null] }
      - { name: my_module_release, flags: [release] }
dtors:
  - { type: my_object, kfunc: my_module_release }
prototypes:
  - struct my_object *my_module_lookup(u32 id)
  - void my_module_release(struct my_object *object)
`;

/** The files of a new registry, by path. */
const FILES: Readonly<Record<string, string>> = {
  'registry/kfuncs/my_module.yaml': DECLARATION,
  '.gitignore': '/generated/.kfuncs-*\n',
};

/** `kfuncs init`: a registry of one declaration that validates and generates. Nothing that exists is overwritten. */
export function initCommand(folder: string, options: CommonOptions): ExitCode {
  if (folder === '') {
    throw new UsageError('init names no folder');
  }
  const present = ['registry', ...Object.keys(FILES)].filter((path) => existsSync(join(folder, path)));
  if (present.includes('registry')) {
    throw new UsageError(`${join(folder, 'registry')} exists already; nothing was written`);
  }
  for (const [path, text] of Object.entries(FILES)) {
    const file = join(folder, path);
    if (!existsSync(file)) {
      writeNew(file, text);
      print(options.quiet === true ? '' : `${file}\n`);
    }
  }
  const here = folder === '.' ? '' : `cd ${folder} && `;
  print(options.quiet === true ? '' : `Next: ${here}kfuncs validate && kfuncs generate\n`);
  return EXIT.ok;
}

function writeNew(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${file} can not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

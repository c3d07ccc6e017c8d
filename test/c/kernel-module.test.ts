import { join } from 'node:path';
import { expect, it } from 'vitest';
import { registerName } from '../../generator/targets/include-names.ts';
import { kernel as profile } from '../tables/profiles.ts';
import { readBtfIds } from './btf-ids.ts';
import { emitHeader } from './headers.ts';
import { buildModules, optionsOf, type ModuleBuild } from './kernel-module.ts';
import { expectBtfIds } from './prove.ts';
import { sources, sourceWithDtors } from './sources.ts';
import { kernelBuildFolder, missingTools, temporaryFolder } from './toolchain.ts';

const BTF = 'CONFIG_DEBUG_INFO_BTF';
const BTF_MODULES = 'CONFIG_DEBUG_INFO_BTF_MODULES';

/** Ways to compile a module: what its kernel lacks, and whether it registers anything. */
const ways: readonly { readonly way: string; readonly without: readonly string[]; readonly called: boolean }[] = [
  { way: 'called', without: [], called: true },
  { way: 'uncalled', without: [], called: false },
  { way: 'no_module_btf', without: [BTF_MODULES], called: true },
  { way: 'no_btf', without: [BTF_MODULES, BTF], called: true },
  { way: 'no_btf_uncalled', without: [BTF_MODULES, BTF], called: false },
  { way: 'no_bpf', without: [BTF_MODULES, BTF, 'CONFIG_BPF_SYSCALL'], called: true },
];

it(
  "headers for v6.1 build with the kernel's own, and .BTF_ids holds what is declared",
  { timeout: 300_000 },
  async ({ skip }) => {
    const missing = missingTools('make', 'gcc', 'readelf', 'objcopy');
    skip(missing !== undefined, missing);
    const build = kernelBuildFolder('6.1');
    if (build === undefined) {
      skip('needs the headers of a 6.1 kernel below /lib/modules, which this machine lacks');
      return;
    }
    const kernel = profile('v6.1');
    const options = optionsOf(build);
    const folder = temporaryFolder();
    const made = await Promise.all(
      [...sources, sourceWithDtors(34)].map(async (source, index) => {
        const header = await emitHeader(kernel, source);
        const modules = ways.map(({ way, without, called }): ModuleBuild => ({
          name: `source${String(index)}_${way}`,
          header,
          call: called ? registerName(source.source) : undefined,
          without,
        }));
        return { of: { kernel, source, header }, modules };
      }),
    );

    expect(
      buildModules(
        build,
        folder,
        made.flatMap(({ modules }) => modules),
      ),
    ).toBeUndefined();
    for (const { of, modules } of made) {
      for (const { name, without } of modules) {
        for (const object of [`${name}.o`, `${name}.ko`]) {
          const ids = readBtfIds(join(folder, object), folder);
          if (without.includes(BTF)) {
            expect(ids, object).toBeUndefined();
          } else {
            expectBtfIds(ids, of, options);
          }
        }
      }
    }
  },
);

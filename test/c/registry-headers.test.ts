import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headerPath, registerName } from '../../generator/targets/include-names.ts';
import { modelOf } from '../registry/real-registry.ts';
import { readBtfIds } from './btf-ids.ts';
import { buildModules, optionsOf } from './kernel-module.ts';
import { expectBtfIds, proveClean, proveContents, type HeaderCase } from './prove.ts';
import { compileWith, realHeaders } from './real-headers.ts';
import { configurationsOf } from './sources.ts';
import { compilers, kernelBuildFolder, missingTools, temporaryFolder } from './toolchain.ts';

const INCLUDE = join(import.meta.dirname, '../../generated/include');

/** The headers of a kernel as they are checked in, with what they were made of. */
function headersOf(version: string): readonly (HeaderCase & { readonly name: string })[] {
  const { kernel, sources } = modelOf(version);
  return sources.map((source) => {
    const header = readFileSync(join(INCLUDE, version, headerPath(source.source)), 'utf8');
    return { kernel, source, header, name: `${version}/${headerPath(source.source)}` };
  });
}

const cases = ['v5.18', 'v5.19', 'v6.0', 'v6.1'].flatMap(headersOf);
/** Kernels whose sets have filters, and whose fmodret sets are registered: the stand-in only compiles them. */
const laterCases = ['v6.6', 'v7.1'].flatMap(headersOf);

describe.each(compilers)('a header of the registry under %s', (compiler) => {
  it.for(cases)('$name is clean, and holds and registers what is declared', (of, { skip }) => {
    const missing = missingTools(compiler, 'readelf', 'objcopy');
    skip(missing !== undefined, missing);
    for (const options of configurationsOf(of.source)) {
      proveClean(of, compiler, options, temporaryFolder());
      proveContents(of, compiler, options, temporaryFolder());
    }
  });
});

it.for(laterCases)('$name is clean', (of, { skip }) => {
  const missing = missingTools('gcc');
  skip(missing !== undefined, missing);
  for (const options of configurationsOf(of.source)) {
    proveClean(of, 'gcc', options, temporaryFolder());
  }
});

it("the registry's headers for v6.1 build with the kernel's own", { timeout: 300_000 }, ({ skip }) => {
  const missing = missingTools('make', 'gcc', 'readelf', 'objcopy');
  skip(missing !== undefined, missing);
  const build = kernelBuildFolder('6.1');
  if (build === undefined) {
    skip('needs the headers of a 6.1 kernel below /lib/modules, which this machine lacks');
    return;
  }
  const folder = temporaryFolder();
  const headers = headersOf('v6.1');
  const modules = headers.map(({ source, header }, index) => ({
    name: `registry${String(index)}`,
    header,
    call: registerName(source.source),
    without: [],
  }));
  expect(buildModules(build, folder, modules)).toBeUndefined();
  headers.forEach((of, index) => {
    const ids = readBtfIds(join(folder, `registry${String(index)}.ko`), folder);
    expectBtfIds(ids, of, optionsOf(build));
  });
});

it("the registry's headers for v6.12 compile with the kernel's own", { timeout: 300_000 }, ({ skip }) => {
  const missing = missingTools('gcc', 'readelf', 'objcopy', 'dpkg', 'apt-get');
  skip(missing !== undefined, missing);
  const real = realHeaders('6.12');
  if (typeof real === 'string') {
    skip(real);
    return;
  }
  const folder = temporaryFolder();
  const options = optionsOf(real.build);
  headersOf('v6.12').forEach((of, index) => {
    const name = join(folder, `registry${String(index)}`);
    writeFileSync(`${name}.h`, of.header);
    // Whoever includes a header has to define the filters of its sets.
    const filters = new Set(of.source.sets.flatMap(({ filter }) => filter ?? []));
    const lines = [
      `#include "${name}.h"`,
      ...[...filters].map((filter) => `static int ${filter}(const struct bpf_prog *prog, u32 id) { return 0; }`),
      `int start(void);\nint start(void) { return ${registerName(of.source.source)}(); }`,
    ];
    writeFileSync(`${name}.c`, lines.map((line) => `${line}\n`).join(''));
    expect(compileWith(real, `${name}.c`, `${name}.o`), of.name).toBeUndefined();
    expectBtfIds(readBtfIds(`${name}.o`, folder), of, options);
  });
});

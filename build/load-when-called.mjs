import { build } from 'esbuild';

/** Modules that are large and that most runs do not call; each exports the one function that is named. */
const MODULES = [
  [/(^|\/)yaml-document\.ts$/, 'readYaml'],
  [/\.validate\.js$/, 'validate'],
];

/**
 * Puts those modules into files of their own, which the bundle loads at the first call: declarations that the build has
 * read already (build/preparse-registry.ts) need none of them. `import()` can't do that where the caller does not wait.
 */
export const loadWhenCalled = {
  name: 'load-when-called',
  setup(hooks) {
    const found = new Map();
    for (const [filter, name] of MODULES) {
      hooks.onResolve({ filter }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === loadWhenCalled) {
          return undefined;
        }
        const resolved = await hooks.resolve(path, { kind, importer, resolveDir, pluginData: loadWhenCalled });
        const file = `${path
          .split('/')
          .at(-1)
          .replace(/\.[jt]s$/, '')}.cjs`;
        found.set(file, resolved.path);
        return { path: file, namespace: 'load-when-called', pluginData: name };
      });
    }
    hooks.onResolve({ filter: /\.cjs$/, namespace: 'load-when-called' }, ({ path }) => ({ path, external: true }));
    hooks.onLoad({ filter: /.*/, namespace: 'load-when-called' }, ({ path, pluginData: name }) => ({
      contents: stub(name, path),
      loader: 'js',
    }));
    hooks.onEnd(async () => {
      const { absWorkingDir, outdir, target, minifySyntax, minifyWhitespace } = hooks.initialOptions;
      await build({
        absWorkingDir,
        entryPoints: Object.fromEntries([...found].map(([file, path]) => [file.replace(/\.cjs$/, ''), path])),
        outdir,
        outExtension: { '.js': '.cjs' },
        bundle: true,
        format: 'cjs',
        platform: 'node',
        target,
        minifySyntax,
        minifyWhitespace,
        logLevel: 'warning',
      });
    });
  },
};

/** A function that stands for the real one, and has after each call what that has; ajv puts `errors` on its validators. */
function stub(name, file) {
  return `
let real;
export function ${name}(...args) {
  real ??= require('./${file}').${name};
  const result = real(...args);
  Object.assign(${name}, real);
  return result;
}`;
}

/** commander loads node:child_process at once, for subcommands that are programs of their own; there are none here. */
export const withoutChildProcess = {
  name: 'without-child-process',
  setup(hooks) {
    hooks.onResolve({ filter: /^(node:)?child_process$/ }, ({ importer }) =>
      /\/commander\//.test(importer) ? { path: 'nothing', namespace: 'nothing' } : undefined,
    );
    hooks.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};

import tseslint from 'typescript-eslint';

/** Who may not import what: data flows one way, and what runs in a browser stays free of Node. */
const LAYERS = [
  {
    files: ['src/tables/**/*.ts'],
    group: ['**/cli/**', '**/generator/**', '**/index.ts', 'node:*'],
    message: 'src/tables is the bottom: it imports types and itself, and runs in a browser.',
  },
  {
    files: ['src/btf/**/*.ts', 'src/elf/**/*.ts'],
    group: ['**/cli/**', '**/generator/**', '**/tables/**', '**/index.ts', 'node:*'],
    message: 'the readers know files and nothing else, and run in a browser.',
  },
  {
    files: ['src/program/**/*.ts', 'src/verifier/**/*.ts', 'src/judge/**/*.ts'],
    group: ['**/cli/**', '**/generator/**', '**/src/index.ts', 'node:*'],
    message: 'the engine runs in a browser, and knows nothing of files and terminals.',
  },
  {
    files: ['src/diff/**/*.ts'],
    group: ['**/cli/**', '**/generator/**', '**/src/index.ts', 'node:*'],
    message: 'what differs between two kernels is told in browsers too.',
  },
  {
    files: ['src/index.ts'],
    group: ['**/cli/**', '**/generator/**', 'node:*'],
    message: 'the library is src without the command line, and runs in a browser.',
  },
  {
    files: ['generator/**/*.ts'],
    group: ['**/src/cli/**', '**/src/index.ts', '**/test/**'],
    message:
      'the generator is a library to the command line; of src it runs the registration algorithm and the readers.',
  },
  {
    files: ['generator/diagnostics/**/*.ts'],
    group: ['**/targets/**', '**/output/**', '**/src/cli/**'],
    message: 'findings know nothing of outputs.',
  },
  {
    files: ['site/*/**/*.ts', 'site/**/*.tsx'],
    group: ['**/cli/**', '**/generator/**', '**/src/*', '!**/src/diff', 'node:*'],
    message:
      'the site uses the library as others do, by kfunc-registry/browser, src/diff apart, and data that was made when it was built.',
  },
  { files: ['src/cli/**/*.ts'], group: ['**/test/**'], message: 'tests are imported by tests alone.' },
];

export default tseslint.config(
  { ignores: ['dist/', 'generated/', 'node_modules/', 'coverage/', 'test/**/fixtures/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.mjs'] } } },
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'use a union of string literals' },
        { selector: 'ExportDefaultDeclaration', message: 'use a named export' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  ...LAYERS.map(({ files, group, message }) => ({
    files,
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
  })),
  {
    files: ['**/*.config.ts', '*.config.mjs', 'build.mjs', '**/*.d.ts', 'test/count-reporter.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);

import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Who may import what: data flows one way, and what runs in a browser stays free of Node. */
const LAYERS = [
  {
    target: './src/tables',
    from: ['./src/cli', './src/index.ts', './generator'],
    message: 'src/tables is the bottom: it imports types and itself.',
  },
  {
    target: './generator',
    from: ['./src/cli', './src/index.ts'],
    message: 'the generator is a library to the command line, never the other way round.',
  },
  {
    target: './generator',
    from: './src',
    except: ['./tables'],
    message: 'of src, the generator runs the registration algorithm alone.',
  },
  {
    target: './generator/diagnostics',
    from: ['./generator/targets', './generator/output'],
    message: 'findings know nothing of outputs.',
  },
  { target: ['./src', './generator', './generated'], from: './test', message: 'tests are imported by tests alone.' },
];

export default tseslint.config(
  { ignores: ['dist/', 'generated/', 'node_modules/', 'coverage/', 'test/**/fixtures/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.mjs'] } } },
    plugins: { 'import-x': importX },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: LAYERS }],
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
  {
    files: ['src/tables/**/*.ts', 'src/index.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['node:*', 'fs', 'path'] }] },
  },
  {
    files: ['*.config.ts', '*.config.mjs', 'build.mjs', '**/*.d.ts', 'test/count-reporter.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);

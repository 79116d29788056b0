import tseslint from 'typescript-eslint';

// The slices, in the order in which each may use only those before it.
const slices = [
  'partnership',
  'exchange',
  'evidence',
  'directory',
  'enforcement',
  'problems',
  'strategy',
  'engagement',
  'governance',
];
const shell = ['store', 'routes', 'page', 'command', 'job', 'test'];
const oneOf = (names) => `{${names.join(',')}}`;

const clock = 'The moment is an argument: pure code has no clock.';
const seed = 'The seed is an argument: pure code has no chance.';

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'data',
      'reports',
      'coverage',
      '.stryker-tmp',
      'test/architecture/planted',
      'src/govuk/concord.js',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['bin/*.mjs', 'tools/*.mjs', '.dependency-cruiser.cjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `interface Props {}` and index signatures read better where the field's documents use them.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
        { selector: 'ExportAllDeclaration', message: 'List what you export.' },
      ],
    },
  },
  {
    // HTML that is not escaped: only where the components prove it against the official fixtures.
    files: ['src/**/*.tsx'],
    ignores: ['src/govuk/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Only govuk/ may trust a string.' },
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
      ],
    },
  },
  {
    // Pure code: measures, duty, and the decisions of every slice.
    files: ['src/{measures,duty}/**/*.ts', `src/${oneOf(slices)}/**/*.ts`],
    ignores: [`src/**/*.${oneOf(shell)}.ts`, `src/${oneOf(slices)}/index.store.ts`],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: clock },
        { object: 'performance', property: 'now', message: clock },
        { object: 'Math', property: 'random', message: seed },
        { object: 'crypto', property: 'randomUUID', message: seed },
        { object: 'crypto', property: 'getRandomValues', message: seed },
      ],
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval', 'console'],
      'no-restricted-imports': ['error', { patterns: ['node:*'] }],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clock },
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
        { selector: 'ExportAllDeclaration', message: 'List what you export.' },
      ],
    },
  },
  {
    files: ['src/cli/**', 'bench/**', 'tools/**', 'bin/**', 'test/**/*.ts', 'src/platform/log.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.config.{ts,js}', 'eslint.config.js', '**/*.cjs', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['test/**/*.{ts,tsx}', 'src/**/*.test.{ts,tsx}', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
);

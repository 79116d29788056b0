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
const outside = 'Pure code does not reach outside: a store, a route or a job does.';
const machine = 'The time zone of the machine is no argument: reckon in UTC or with duty/calendar.';
const config = 'Only platform/config reads the environment.';
const binds = 'Only platform/database says to PostgreSQL who is at work, or hands it a string as it is.';
const stores = 'SQL stands in stores.';

// Later blocks replace `no-restricted-syntax` of earlier ones, so each block lists all that it means from these.
const named = [
  { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
  { selector: 'ExportAllDeclaration', message: 'List what you export.' },
];
const noEnvironment = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: config },
  { selector: "MemberExpression[object.name='process'][property.value='env']", message: config },
  { selector: "VariableDeclarator[init.name='process'] Property[key.name='env']", message: config },
  { selector: 'ImportDeclaration[source.value=/^(node:)?process$/]', message: config },
  { selector: "MemberExpression[object.name='globalThis'][property.name='process']", message: config },
];
const noSql = [
  {
    selector:
      'CallExpression[callee.property.name=/^(selectFrom|insertInto|updateTable|deleteFrom|mergeInto|replaceInto)$/]',
    message: stores,
  },
];
// Row security binds what a unit of work was entered as; a statement that binds another undoes it.
const noRawSql = [
  {
    selector: "CallExpression[callee.property.name='raw'][callee.object.name=/^(sql|CompiledQuery)$/]",
    message: binds,
  },
  {
    selector: 'TemplateElement[value.raw=/\\bset_config\\b|\\bset\\s+(local\\s+)?(role|session)\\b/i]',
    message: binds,
  },
];
const noTrust = [
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Only govuk/ may trust a string.' },
  { selector: "Property[key.name='dangerouslySetInnerHTML']", message: 'Only govuk/ may trust a string.' },
];
const noOutside = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clock },
  { selector: "CallExpression[callee.name='Date']", message: clock },
  {
    selector:
      'CallExpression[callee.property.name=/^[gs]et(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)$/]',
    message: machine,
  },
  { selector: 'ImportExpression', message: outside },
];

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'data',
      'reports',
      'coverage',
      '.stryker-tmp',
      // Wrong on purpose: test/architecture/lint.test.ts lints a copy.
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
      'no-restricted-syntax': ['error', ...named],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...named, ...noEnvironment, ...noSql, ...noRawSql, ...noTrust] },
  },
  {
    files: ['src/**/*.store.ts', 'src/platform/releases/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...named, ...noEnvironment, ...noRawSql, ...noTrust] },
  },
  {
    files: ['src/platform/database/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...named, ...noEnvironment, ...noTrust] },
  },
  {
    files: ['src/platform/config.ts'],
    rules: { 'no-restricted-syntax': ['error', ...named, ...noSql, ...noTrust] },
  },
  {
    // HTML that is not escaped: only where the components prove it against the official fixtures.
    files: ['src/govuk/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...named, ...noEnvironment, ...noSql] },
  },
  {
    // Pure code: measures, duty, and the decisions of every slice.
    files: ['src/{measures,duty}/**/*.ts', `src/${oneOf(slices)}/**/*.{ts,tsx}`],
    ignores: [`src/**/*.${oneOf(shell)}.{ts,tsx}`],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: clock },
        { object: 'Math', property: 'random', message: seed },
      ],
      'no-restricted-globals': [
        'error',
        ...['performance', 'Temporal'].map((name) => ({ name, message: clock })),
        { name: 'crypto', message: seed },
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({ name, message: clock })),
        ...['process', 'globalThis', 'global', 'navigator', 'require'].map((name) => ({ name, message: outside })),
        ...['fetch', 'WebSocket', 'EventSource', 'console'].map((name) => ({ name, message: outside })),
      ],
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: outside }] }],
      'no-restricted-syntax': ['error', ...named, ...noSql, ...noOutside],
    },
  },
  {
    // Tests put the parts together, and may set the environment of what they start.
    files: ['src/**/*.test.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...named] },
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
  {
    // Shows what the compiler refuses: the linter would refuse it once more.
    files: ['**/*.test-d.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
);

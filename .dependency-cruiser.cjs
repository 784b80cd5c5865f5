// The import law (docs/ARCHITECTURE.md): imports point one way. It sees through relative paths and the `@/` alias alike, and
// type imports count as imports (no parser of it tells them apart under TypeScript 7). tests/architecture/imports.test.ts plants breaches and sees that they are caught.

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one thing in two places.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-circles-of-nouns',
      comment: 'lib/a → lib/b → lib/a: even through different files, two nouns that need each other are one noun.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^lib/(?!access|kernel|i18n)[^/]+$' },
      to: { path: '^lib/(?!access|kernel|i18n)[^/]+$', circular: true },
    },
    {
      name: 'app-never-db',
      comment: 'Pages, actions and routes go through a door and a query or command of a noun.',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^(db|scripts|tests|bench)/' },
    },
    {
      name: 'components-only-show',
      comment: 'Props in, actions in by prop. Shapes of nouns, kernel and languages are all they may know.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(app|db|lib|scripts|tests|bench)/', pathNot: '^lib/([^/]+/(schema|rules)\\.ts$|kernel/|i18n/)' },
    },
    {
      name: 'ui-knows-no-noun',
      comment: 'components/ui and components/layout serve every noun.',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^(components/(?!ui/)|lib/(?!kernel/|i18n/))' },
    },
    {
      name: 'nouns-only-what-they-need',
      comment: 'A noun knows its own files, db/schema, the kernel, the types of access and other nouns’ queries.',
      severity: 'error',
      from: { path: '^lib/(?!access/|kernel/|i18n/)([^/]+)/' },
      to: {
        path: '^(app|components|db|lib|scripts|tests|bench)/',
        pathNot:
          '^(lib/$1/|db/schema/|db/capabilities\\.ts$|lib/kernel/|lib/i18n/|lib/access/|lib/disclosure/disclose\\.ts$|lib/[^/]+/(queries|commands|schema|rules)\\.ts$)',
      },
    },
    {
      name: 'nouns-never-open-a-door',
      comment: 'Doors belong to pages, actions and routes; of lib/access a noun takes what works inside a transaction.',
      severity: 'error',
      from: { path: '^lib/(?!access/|kernel/|i18n/)[^/]+/' },
      to: { path: '^lib/access/(?!(scoped|password)\\.ts$)' },
    },
    {
      name: 'schema-is-for-everyone',
      comment: 'lib/<noun>/schema.ts and rules.ts reach the browser: nothing of the server may come with them.',
      severity: 'error',
      from: { path: '^lib/[^/]+/(schema|rules)\\.ts$' },
      to: {
        path: '^(app|components|db|lib)/',
        pathNot: '^lib/([^/]+/(schema|rules)\\.ts$|kernel/(?!env|log)|i18n/)',
      },
    },
    {
      name: 'kernel-alone',
      comment: 'The kernel imports nothing of ours.',
      severity: 'error',
      from: { path: '^lib/kernel/' },
      to: { path: '^(app|components|db|lib|scripts|tests|bench)/', pathNot: '^lib/kernel/' },
    },
    {
      name: 'i18n-near-kernel',
      severity: 'error',
      from: { path: '^lib/i18n/' },
      to: { path: '^(app|components|db|lib|scripts|tests|bench)/', pathNot: '^lib/(i18n|kernel)/' },
    },
    {
      name: 'access-only-database-and-kernel',
      severity: 'error',
      from: { path: '^lib/access/' },
      to: {
        path: '^(app|components|db|lib|scripts|tests|bench)/',
        pathNot: '^(lib/(access|kernel|i18n)/|db/(client|schema/|connection|capabilities))',
      },
    },
    {
      name: 'db-alone',
      comment: 'What is stored knows nothing of what is shown.',
      severity: 'error',
      from: { path: '^db/(?!seed/)' },
      to: { path: '^(app|components|lib|scripts|tests|bench)/', pathNot: '^lib/kernel/text\\.ts$' },
    },
    {
      name: 'seeds-pure-kernel-only',
      comment:
        'Seeds fold names, read days, write phones and number certificates just as the portal does; nothing else of it.',
      severity: 'error',
      from: { path: '^db/seed/' },
      to: {
        path: '^(app|components|lib|scripts|tests|bench)/',
        pathNot: '^lib/kernel/(text|clock|phone|serial)\\.ts$',
      },
    },
    {
      name: 'one-holder-of-connections',
      comment: 'Whoever holds a connection can go around the walls: only lib/access may.',
      severity: 'error',
      from: { path: '^(app|components|lib|scripts|bench)/', pathNot: '^lib/access/' },
      to: { path: '^db/client\\.ts$' },
    },
    {
      name: 'no-driver-elsewhere',
      comment: 'The driver itself is a connection too.',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: '^lib/access/' },
      to: { path: '(^|node_modules/)(postgres|pg|drizzle-orm/postgres-js)(/|$)' },
    },
    {
      name: 'sign-in-library-in-access-only',
      severity: 'error',
      from: { path: '^(app|components|lib|db)/', pathNot: '^lib/access/' },
      to: { path: '(^|node_modules/)(next-auth|@auth)(/|$)' },
    },
    {
      name: 'no-tests-in-the-portal',
      severity: 'error',
      from: { path: '^(app|components|lib|db)/' },
      to: { path: '^(tests|bench)/|(^|node_modules/)(vitest|@playwright|fast-check|autocannon|lighthouse)/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.data|node_modules/\\.cache)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

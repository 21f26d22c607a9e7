/** The import rules of docs/architecture.md. Each is an error. */
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid('no-cycle', {}, { circular: true }, 'A cycle hides who depends on whom.'),
    {
      name: 'no-feature-cycle',
      severity: 'error',
      comment: 'feeds → downloads → library → media; all → accounts, vault, plugins, system.',
      scope: 'folder',
      from: { path: '^core/src/features/[^/]+$' },
      to: { circular: true },
    },
    forbid(
      'sdk-stands-alone',
      { path: '^sdk/' },
      { path: ['^(core|plugins|ui|tests|bench)/', 'node_modules/(fastify|mongoose|mongodb|graphql|mercurius)/'] },
      'Plugin authors get the SDK alone.',
    ),
    forbid(
      'plugins-know-the-sdk-only',
      { path: '^plugins/' },
      { path: '^(core|ui|tests|bench)/' },
      'A plugin could be published by itself.',
    ),
    forbid(
      'plugins-not-each-other',
      { path: '^plugins/([^/]+/[^/]+)/' },
      { path: '^plugins/', pathNot: '^plugins/$1/' },
      'One broken plugin must not break another.',
    ),
    forbid(
      'core-loads-plugins-at-run-time',
      { path: '^core/' },
      { path: '^(plugins|ui|tests|bench)/' },
      'The server reads manifests; only a runner loads code.',
    ),
    forbid(
      'features-by-their-index',
      { path: '^core/src/features/([^/]+)/' },
      { path: '^core/src/features/', pathNot: ['^core/src/features/$1/', '^core/src/features/[^/]+/index[.]ts$'] },
      "Another feature's service and exported types, nothing else.",
    ),
    forbid(
      'processes-import-no-feature',
      { path: '^core/src/(runner|worker|channel|tools)/' },
      { path: '^core/src/(features|external)/' },
      'Workers and runners have no database.',
    ),
    forbid(
      'only-the-runner-hosts-plugins',
      { path: '^core/src/(features|external|worker|channel|cli)/' },
      { path: '^core/src/runner/' },
      'The server and the supervisor never load plugin code.',
    ),
    forbid(
      'tools-stand-low',
      { path: '^core/src/tools/' },
      { path: '^core/src/(runner|worker|channel)/' },
      'Tools are used by the runner, not the other way round.',
    ),
    forbid(
      'engine-stands-alone',
      { path: '^core/embedded-mongo/src/' },
      { path: ['^(core/src|sdk|plugins|ui|tests|bench)/', 'node_modules/(mongodb|mongoose)/'] },
      'The engine could be published by itself.',
    ),
    forbid(
      'engine-bson-low',
      { path: '^core/embedded-mongo/src/bson/' },
      { path: '^core/embedded-mongo/src/', pathNot: '^core/embedded-mongo/src/(bson/|errors[.]ts$)' },
      'bson knows nothing of the house.',
    ),
    forbid(
      'engine-rules-know-no-store',
      { path: '^core/embedded-mongo/src/(match|update|aggregate)/' },
      { path: '^core/embedded-mongo/src/(store|wire|commands)/' },
      'match, update and aggregate are tested with plain values.',
    ),
    forbid(
      'engine-sqlite-in-store',
      { path: '^core/embedded-mongo/src/', pathNot: '^core/embedded-mongo/src/store/' },
      { path: '^(node:)?sqlite$' },
      'Only the store knows SQLite.',
    ),
    forbid(
      'rules-are-pure',
      { path: '[.]rules[.]ts$' },
      { path: 'node_modules/(fastify|mongoose|mongodb|agenda)/' },
      'Pure rule files are tested with plain values.',
    ),
    forbid(
      'ui-by-generated-types',
      { path: '^ui/' },
      { path: '^(core|sdk|plugins|tests|bench)/' },
      'The UI talks to core over the network.',
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated)/' },
  },
};

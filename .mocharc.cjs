// The tests know Preact's JSX from here; tsx itself would read the tsconfig.json at the top, which is the host's.
process.env.TSX_TSCONFIG_PATH ??= 'test/tsconfig.json';

module.exports = {
  extension: ['ts', 'tsx'],
  forbidOnly: true,
  forbidPending: true,
  'node-option': ['import=tsx'],
  require: ['test/support/noticeLeaks.ts'],
  reporter: 'test/support/countingReporter.ts',
  timeout: 10_000,
};

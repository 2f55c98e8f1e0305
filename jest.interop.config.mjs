import ordinary from './jest.config.mjs';

/** Other people's clients against ours: npm run test:interop, which brings them. @type {import('jest').Config} */
export default {
  ...ordinary,
  testMatch: ['<rootDir>/__tests__/interop/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // The work is done by other processes, and a worker idles as long as one is at it.
  maxWorkers: '150%',
  // A test that has another client look at twenty bundles starts twenty programs, beside those of every other worker.
  testTimeout: 1_800_000,
  reporters: ['default', '<rootDir>/scripts/interop/matrix.mjs'],
};

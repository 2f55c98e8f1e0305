/** @type {import('jest').Config} */
export default {
  // Ends tests that hang, and no other: a disk that stalls for two minutes has ended a test that takes 50 ms.
  testTimeout: 900_000,
  // jest leaves one core out, which on a machine of two is half of it.
  maxWorkers: '100%',
  // A worker keeps the modules of each file that it ran: garbage collection and starting processes become slow in a large one.
  workerIdleMemoryLimit: '400MB',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts', '<rootDir>/sandbox/__tests__/**/*.test.ts'],
  // These need other clients, or bundles of others: jest.interop.config.mjs and jest.cases.config.mjs.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/interop/', '<rootDir>/__tests__/cases/'],
  roots: ['<rootDir>/src', '<rootDir>/sandbox', '<rootDir>/__tests__'],
  extensionsToTreatAsEsm: ['.ts'],
  injectGlobals: false,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          experimental: { keepImportAttributes: true },
          parser: { syntax: 'typescript', explicitResourceManagement: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

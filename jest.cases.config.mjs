import ordinary from './jest.config.mjs';
import { parts, placeOf } from './scripts/cases/parts.mjs';

const found = parts.filter(({ name }) => placeOf(name) !== undefined);
// Without a pattern jest would run every file as a test.
if (found.length === 0) throw new Error('there are no cases: npm run test:cases says how to get them');

/** The verifier against bundles that others signed: npm run test:cases, which says what is missing. @type {import('jest').Config} */
export default {
  ...ordinary,
  testMatch: found.map(({ name }) => `<rootDir>/__tests__/cases/${name}.test.ts`),
  testPathIgnorePatterns: ['/node_modules/'],
};

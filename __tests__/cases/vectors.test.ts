/** Bundles that the public suite has, each beside the trusted root under which it verifies. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { bySpecification, outcome } from './kit/outcome.ts';
import { placeWith } from './kit/place.ts';
import { beacon, beaconIssuer } from './kit/suite.ts';

const folder = placeWith('vectors');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !name.endsWith('.root.json'))
  .map((name) => name.slice(0, -'.json'.length));
/** The suite's `a.txt`, which is the artifact of all of them. */
const target = 'sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf';

test.each(names)('%s is accepted with its root, for its signer and its file', async (name) => {
  const own = join(folder, `${name}.root.json`);
  const trustedRoot = existsSync(own) ? own : join(folder, 'prod.root.json');
  const one = { bundle: join(folder, `${name}.json`), target, trustedRoot, identity: beacon, issuer: beaconIssuer };
  expect(await outcome(one, bySpecification)).toBe('accept');
  expect(await outcome({ ...one, identity: `${beacon}x` })).toBe('IDENTITY_MISMATCH');
  expect(await outcome({ ...one, target: target.replace('a0', 'b0') })).toMatch(
    /^(?:ARTIFACT_MISMATCH|SIGNATURE_INVALID)$/,
  );
});

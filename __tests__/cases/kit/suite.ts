/** The verification cases of the public conformance suite (sigstore/sigstore-conformance). */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Case } from './outcome.ts';

/** The identity and the issuer of what the suite signed, where a case names no other. */
export const beacon =
  'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main';
export const beaconIssuer = 'https://token.actions.githubusercontent.com';

/** The trusted root of cases that bring none: the suite takes that of the public-good instance. */
export const publicGoodRoot = fileURLToPath(
  new URL('../../fixtures/roots/public-good.trusted_root.json', import.meta.url),
);

/** A case, by the paths of its files. One of a name that ends in `_fail` must be refused, every other accepted. */
export interface SuiteCase extends Case {
  readonly name: string;
  readonly bundle: string;
  readonly target: string;
  readonly identity: string;
  readonly issuer: string;
}

export function suiteCases(folder: string): readonly SuiteCase[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => caseIn(folder, name));
}

function caseIn(folder: string, name: string): SuiteCase {
  const own = (file: string) => {
    const path = join(folder, name, file);
    return existsSync(path) ? path : undefined;
  };
  const text = (file: string) => {
    const path = own(file);
    return path === undefined ? undefined : readFileSync(path, 'utf8').trim();
  };
  return {
    name,
    bundle: join(folder, name, 'bundle.sigstore.json'),
    target: own('artifact') ?? join(folder, 'a.txt'),
    trustedRoot: own('trusted_root.json') ?? publicGoodRoot,
    identity: text('identity') ?? beacon,
    issuer: text('issuer') ?? beaconIssuer,
    key: own('key.pub'),
  };
}

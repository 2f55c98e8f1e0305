/** The verification cases of the public conformance suite, as values that can be handed to any platform. */

import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export interface ConformanceCase {
  /** One that ends in `_fail` must be refused, every other accepted. */
  readonly name: string;
  readonly bundle: string;
  readonly trustedRoot: string;
  /** Base64. */
  readonly artifact: string;
  readonly identity: string;
  readonly issuer: string;
  /** PEM. */
  readonly key?: string;
}

const shared = resolve('../shared');
const suite = join(shared, 'conformance', 'bundle-verify');
const beacon = 'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon';
const defaults = {
  identity: `${beacon}/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main`,
  issuer: 'https://token.actions.githubusercontent.com',
};

export async function conformanceCases(): Promise<readonly ConformanceCase[]> {
  const folders = await readdir(suite, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(names.map(readCase));
}

async function readCase(name: string): Promise<ConformanceCase> {
  const own = (file: string) => readFile(join(suite, name, file)).catch(() => undefined);
  const [bundle, root, artifact, identity, issuer, key] = await Promise.all(
    ['bundle.sigstore.json', 'trusted_root.json', 'artifact', 'identity', 'issuer', 'key.pub'].map(own),
  );
  return {
    name,
    bundle: String(bundle),
    trustedRoot: String(root ?? (await readFile(join(shared, 'roots', 'public-good.trusted_root.json')))),
    artifact: (artifact ?? (await readFile(join(suite, 'a.txt')))).toString('base64'),
    identity: identity?.toString().trim() ?? defaults.identity,
    issuer: issuer?.toString().trim() ?? defaults.issuer,
    ...(key === undefined ? {} : { key: String(key) }),
  };
}

/** Returns the cases whose verdicts differ from the suite's. */
export function wrongVerdicts(cases: readonly ConformanceCase[], verdicts: Readonly<Record<string, string>>) {
  return cases
    .filter(({ name }) => (verdicts[name] === 'accept') === name.endsWith('_fail') || isForeign(verdicts[name]))
    .map(({ name }) => [name, verdicts[name]]);
}

function isForeign(verdict: string | undefined): boolean {
  return verdict === undefined || verdict.startsWith('not one of ours');
}

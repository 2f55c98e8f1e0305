/** Verification cases as values that can be handed to any platform. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { placeOf } from '../../cases/kit/place.ts';
import { beacon, beaconIssuer, publicGoodRoot, type SuiteCase, suiteCases } from '../../cases/kit/suite.ts';
import { envelopeBundles, messageBundles } from '../../core/bundle/vectors.ts';
import { parts, spoilPart } from './spoil.ts';

export interface PlatformCase {
  readonly name: string;
  readonly isValid: boolean;
  readonly bundle: string;
  readonly trustedRoot: string;
  /** Base64. */
  readonly artifact: string;
  readonly identity: string;
  readonly issuer: string;
  /** PEM. */
  readonly key?: string;
}

const vectors = new URL('../../fixtures/vectors/', import.meta.url);
const textOf = (path: string | URL): Promise<string> => readFile(path, 'utf8');

/**
 * Returns the cases by their origin: bundles of the fixtures, as they are and with one thing wrong, and those of the public suite if
 * `COUNTERSIGN_CASES` has them.
 */
export async function platformCases(): Promise<ReadonlyMap<'fixtures' | 'suite', readonly PlatformCase[]>> {
  const names = [...messageBundles, ...envelopeBundles, 'happy-path-v0.3-new-mediaType'];
  const fixtures = (await Promise.all(names.map(fixtureCases))).flat();
  const place = placeOf('suite');
  if (place === undefined) return new Map([['fixtures', fixtures]]);
  const suite = await Promise.all(suiteCases(place).map(readSuiteCase));
  return new Map([
    ['fixtures', fixtures],
    ['suite', suite],
  ]);
}

async function fixtureCases(name: string): Promise<readonly PlatformCase[]> {
  const bundle = await textOf(new URL(`${name}.json`, vectors));
  const valid = {
    name,
    isValid: true,
    bundle,
    trustedRoot: await textOf(new URL(`${name}.root.json`, vectors)).catch(() => textOf(publicGoodRoot)),
    artifact: await readFile(fileURLToPath(new URL('a.txt', vectors)), 'base64'),
    identity: beacon,
    issuer: beaconIssuer,
  };
  const isTimestamped = JSON.parse(bundle).verificationMaterial.timestampVerificationData !== undefined;
  const present = parts.filter((part) => part !== 'timestamp' || isTimestamped);
  const changes: Readonly<Record<string, Partial<PlatformCase>>> = {
    'another file': { artifact: Buffer.from('another file').toString('base64') },
    'another identity': { identity: 'somebody@example.com' },
    'another issuer': { issuer: 'https://issuer.example' },
    ...Object.fromEntries(present.map((part) => [`another ${part}`, { bundle: spoilPart(bundle, part) }])),
  };
  const spoilt = Object.entries(changes).map(([change, values]) => ({
    ...valid,
    ...values,
    name: `${name}, ${change}`,
    isValid: false,
  }));
  return [valid, ...spoilt];
}

async function readSuiteCase({ key, target, ...one }: SuiteCase): Promise<PlatformCase> {
  return {
    ...one,
    isValid: !one.name.endsWith('_fail'),
    bundle: await textOf(one.bundle),
    trustedRoot: await textOf(one.trustedRoot),
    artifact: await readFile(target, 'base64'),
    ...(key === undefined ? {} : { key: await textOf(key) }),
  };
}

/** Returns the cases whose verdicts are wrong. */
export function wrongVerdicts(cases: readonly PlatformCase[], verdicts: Readonly<Record<string, string>>) {
  return cases
    .filter(({ name, isValid }) => (verdicts[name] === 'accept') !== isValid || isForeign(verdicts[name]))
    .map(({ name }) => [name, verdicts[name]]);
}

function isForeign(verdict: string | undefined): boolean {
  return verdict === undefined || verdict.startsWith('not one of ours');
}

/** Bundles of GitHub's own Sigstore, verified with another instance: the error names the one that is meant. */

import * as files from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CertificateAuthority, TimestampAuthority, type TrustedServices } from '../../../sandbox/index.ts';
import { type Bundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { digest, formatDigest } from '../../../src/core/crypto/index.ts';
import type { CountersignError, ErrorCode } from '../../../src/core/errors/index.ts';
import { loadPolicy, loadTrust, type PolicyRequest } from '../../../src/run/policy/index.ts';
import { type Verifiable, verifyRun } from '../../../src/run/verify/index.ts';
import type { InstanceName } from '../../../src/run/world/index.ts';
import { artifact, Instance, identity, issuer, now, sources, withEntries } from '../../kit/instance.ts';

const organization = 'GitHub, Inc.';
const world = {
  files,
  clock: () => now,
  cancellation: new AbortController().signal,
  random: (length: number) => new Uint8Array(length),
  http: () => Promise.reject(new Error('asked the network')),
};
const start = new Date(now.getTime() - 3_600_000);

/** An instance of these names, which signs without a log, and what trusts it. */
class Named {
  readonly instance = new Instance();
  readonly authority: CertificateAuthority;
  readonly stamps: TimestampAuthority;

  constructor(of: string, stampsOf: string) {
    this.authority = new CertificateAuthority({
      sources,
      log: this.instance.certificateLog,
      marked: false,
      intermediate: { subject: { organization: of, commonName: 'Fulcio Intermediate l2' } },
    });
    this.stamps = new TimestampAuthority({ sources, root: { subject: { organization: stampsOf, commonName: 'TSA' } } });
    Object.assign(this.instance, { certificateAuthority: this.authority, timestampAuthority: this.stamps });
  }

  bundle(): Bundle {
    return withEntries(this.instance.sign());
  }

  root(): string {
    const services: TrustedServices = { certificateLogs: [], transparencyLogs: [] };
    return JSON.stringify(this.instance.trustedRoot(services));
  }
}

const github = new Named(organization, organization);
const other = new Instance();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-instance-'));
  await writeFile(join(folder, 'app'), artifact);
});
afterAll(() => rm(folder, { recursive: true }));

interface Given {
  readonly bundle: Bundle;
  readonly root?: string;
  readonly instance?: InstanceName;
  readonly policy?: PolicyRequest;
  readonly artifact?: Verifiable;
}

async function failureOf({
  bundle,
  root = JSON.stringify(other.trustedRoot()),
  ...given
}: Given): Promise<CountersignError | undefined> {
  await writeFile(join(folder, 'b.json'), writeBundle(bundle));
  await writeFile(join(folder, 'root.json'), root);
  const { instance = 'public-good', policy = {} } = given;
  const report = await verifyRun(
    {
      artifacts: [given.artifact ?? { kind: 'file', name: 'app', path: join(folder, 'app') }],
      bundles: { workspace: folder, paths: [join(folder, 'b.json')], directory: undefined },
      policy: await loadPolicy({ certificateIdentity: identity, certificateOidcIssuer: issuer, ...policy }, world),
      trust: await loadTrust({ name: instance, purpose: 'verify', trustedRoot: join(folder, 'root.json') }, world),
      concurrency: 1,
    },
    world,
  );
  const [{ failure, criteria } = { failure: undefined, criteria: [] }] = report.results;
  expect(criteria.find((one) => one.failure !== undefined)?.failure).toBe(failure);
  return failure;
}

const hinted = (code: ErrorCode) => ({
  code,
  message: expect.stringContaining("the bundle was issued by GitHub's own Sigstore instance"),
  remedy: expect.stringMatching(/`instance: github`/),
});

describe('a bundle of GitHub’s own Sigstore', () => {
  test('passes with its instance', async () => {
    expect(await failureOf({ bundle: github.bundle(), root: github.root(), instance: 'github' })).toBeUndefined();
  });

  test('is named where another instance was chosen', async () => {
    const bundle = github.bundle();
    expect(await failureOf({ bundle })).toMatchObject(hinted('TIMESTAMP_UNTRUSTED'));
    expect(await failureOf({ bundle, instance: 'staging' })).toMatchObject(hinted('TIMESTAMP_UNTRUSTED'));
    // With GitHub's root alone, it is expected to be in logs.
    expect(await failureOf({ bundle, root: github.root() })).toMatchObject(hinted('SCT_MISSING'));
    const policy = { insecureIgnoreSct: true };
    expect(await failureOf({ bundle, root: github.root(), policy })).toMatchObject(hinted('LOG_ENTRY_MISSING'));
  });

  test('is known by its certificate or by its timestamp', async () => {
    const byCertificate = new Named(organization, 'Another');
    expect(await failureOf({ bundle: byCertificate.bundle() })).toMatchObject(hinted('TIMESTAMP_UNTRUSTED'));
    const byTimestamp = new Named('Another', organization);
    expect(await failureOf({ bundle: byTimestamp.bundle() })).toMatchObject(hinted('TIMESTAMP_UNTRUSTED'));
    const trusted = {
      timestampAuthorities: [{ service: byCertificate.stamps, url: 'https://tsa.example.test', start }],
    };
    const root = JSON.stringify(other.trustedRoot(trusted));
    expect(await failureOf({ bundle: byCertificate.bundle(), root })).toMatchObject(hinted('CERTIFICATE_UNTRUSTED'));
  });

  test('is named for a digest and an image too', async () => {
    const subject = digest('sha256', artifact);
    const unasked = () => Promise.reject(new Error('the bundle was named'));
    const image: Verifiable = {
      kind: 'image',
      name: 'registry.example/image',
      resolve: async () => ({
        digest: subject,
        referenceTo: () => `registry.example/image@${formatDigest(subject)}`,
        attached: unasked,
        attachedTo: unasked,
        source: { name: 'registry.example/image', getManifest: unasked, getBlob: unasked, findReferrers: unasked },
      }),
    };
    for (const named of [{ kind: 'digest', name: 'a digest', digest: subject } as const, image])
      expect(await failureOf({ bundle: github.bundle(), artifact: named })).toMatchObject(
        hinted('TIMESTAMP_UNTRUSTED'),
      );
  });
});

test('other bundles, other failures and the right instance get no such hint', async () => {
  const unhinted = async (given: Given, code: ErrorCode) => {
    const failure = await failureOf(given);
    expect(failure).toMatchObject({ code });
    expect(`${failure?.message} ${failure?.remedy}`).not.toContain('instance github');
  };
  await unhinted({ bundle: new Named('GitHub', 'GitHub, Inc').bundle() }, 'TIMESTAMP_UNTRUSTED');
  await unhinted({ bundle: github.bundle(), instance: 'github' }, 'TIMESTAMP_UNTRUSTED');
  const policy = { certificateIdentity: 'https://example.test/other' };
  await unhinted({ bundle: github.bundle(), root: github.root(), instance: 'github', policy }, 'IDENTITY_MISMATCH');
  const thresholds = { insecureIgnoreSct: true, insecureIgnoreTlog: true, ...policy };
  await unhinted({ bundle: github.bundle(), root: github.root(), policy: thresholds }, 'IDENTITY_MISMATCH');
  const bundle = github.bundle();
  const certificate = new Uint8Array([0x30, 0]);
  await unhinted(
    { bundle: { ...bundle, signer: { kind: 'certificate', certificate }, timestamps: [] } },
    'TIMESTAMP_MISSING',
  );
});

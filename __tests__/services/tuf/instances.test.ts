import { createHash, randomBytes, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { type LogVersion, selectServices } from '../../../src/core/trust/index.ts';
import {
  instances,
  type KnownInstanceName,
  loadTufInstance,
  type TufInstance,
} from '../../../src/services/tuf/index.ts';
import { type Answering, answering, failure, withHttp } from '../loopback.ts';
import { canonical, type Members, TestRepository } from './repository.ts';

const fixtures = new URL('./fixtures/public-good/', import.meta.url);
const august = new Date('2026-08-22T12:00:00Z');

/** The public-good repository as it was in August 2026. */
async function servePublicGood(): Promise<Answering> {
  return answering(async ({ url }) => {
    const body = await readFile(new URL(`.${url}`, fixtures)).catch(() => undefined);
    return body === undefined ? { status: 404 } : { body };
  });
}

function load(instance: TufInstance, server: Answering, clock: () => Date, logVersion?: LogVersion, rootJson?: string) {
  const repository = {
    ...instance.repository,
    metadataUrl: server.origin,
    ...(rootJson !== undefined && { rootJson }),
  };
  return withHttp((http) =>
    loadTufInstance({ ...instance, repository }, logVersion, { http, clock, random: randomBytes }),
  );
}

interface Root {
  readonly signed: {
    readonly version: number;
    readonly consistent_snapshot: boolean;
    readonly keys: Readonly<Record<string, { readonly keyval: { readonly public: string } }>>;
    readonly roles: Readonly<Record<string, { readonly keyids: readonly string[]; readonly threshold: number }>>;
  } & Members;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

describe('a root that is built in', () => {
  test.each<[name: KnownInstanceName, version: number, sha256: string, url: string]>([
    [
      'public-good',
      15,
      '73747011d0857ada15479a16c4cae0f3ed03aac698b523b97e1de314ac9d9ca8',
      'tuf-repo-cdn.sigstore.dev',
    ],
    ['staging', 14, '353d172f05f9e73b4a647b1a464f16726d929cbfd030cc42bffb86cd742fb61f', 'tuf-repo-cdn.sigstage.dev'],
    ['github', 9, 'eb303461e0109458144b6ebcbfd62aaa6f6d7481e9ca77504b85f17761661462', 'tuf-repo.github.com'],
  ])('is the published one, and signed: %s', async (name, version, sha256, host) => {
    const { metadataUrl, rootJson } = instances[name].repository;
    expect(metadataUrl).toBe(`https://${host}/`);
    const published = await readFile(new URL(`../../../src/services/tuf/roots/${name}.json`, import.meta.url));
    expect(createHash('sha256').update(published).digest('hex')).toBe(sha256);
    const root: Root = JSON.parse(String(rootJson));
    expect(root).toEqual(JSON.parse(String(published)));
    const { signed, signatures } = root;
    expect([signed.version, signed.consistent_snapshot]).toEqual([version, true]);
    const { keyids = [], threshold = Number.POSITIVE_INFINITY } = signed.roles.root ?? {};
    const good = signatures.filter(
      ({ keyid, sig }) =>
        keyids.includes(keyid) &&
        sig !== '' &&
        verify(
          'sha256',
          Buffer.from(canonical(signed)),
          signed.keys[keyid]?.keyval.public ?? '',
          Buffer.from(sig, 'hex'),
        ),
    );
    expect(new Set(good.map(({ keyid }) => keyid)).size).toBeGreaterThanOrEqual(threshold);
  });
});

describe('the public-good instance', () => {
  test('is read from the root that is built in', async () => {
    await using server = await servePublicGood();
    const { trustedRoot, signingConfig, expired } = await load(instances['public-good'], server, () => august);
    expect(expired).toBe(false);
    expect(trustedRoot.transparencyLogs.map(({ baseUrl }) => baseUrl)).toContain('https://rekor.sigstore.dev');
    const { transparencyLogs, timestampAuthorities } = selectServices(signingConfig, august);
    expect(transparencyLogs.map(({ majorApiVersion }) => majorApiVersion)).toEqual([1]);
    expect(timestampAuthorities).toHaveLength(1);
  });

  test('has a signing config of its own for logs of version 2', async () => {
    await using server = await servePublicGood();
    const { signingConfig } = await load(instances['public-good'], server, () => august, 2);
    expect(selectServices(signingConfig, august).transparencyLogs.map((log) => log.majorApiVersion)).toEqual([2]);
    expect(server.received.some(({ url }) => url.endsWith('.signing_config_rekor_v2.v0.2.json'))).toBe(true);
    await load(instances['public-good'], server, () => august, 1);
    expect(server.received.at(-1)?.url).toMatch(/\.signing_config\.v0\.2\.json$/);
  });

  test('is read from the root before it as well', async () => {
    await using server = await servePublicGood();
    const rootJson = await readFile(new URL('14.root.json', fixtures), 'utf8');
    const { trustedRoot } = await load(instances['public-good'], server, () => august, undefined, rootJson);
    expect(trustedRoot.certificateAuthorities.length).toBeGreaterThan(0);
  });

  test('of August is refused in November', async () => {
    await using server = await servePublicGood();
    const november = new Date('2026-11-19T00:00:00Z');
    const error = await failure(load(instances['public-good'], server, () => november));
    expect(error.code).toBe('TRUSTED_ROOT_EXPIRED');
    expect(error.message).toContain('the timestamp role');
  });

  test('offers a log, a certificate log and a timestamp; so does staging', () => {
    const all = { signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1 };
    expect([instances['public-good'].thresholds, instances.staging.thresholds]).toEqual([all, all]);
  });
});

describe('GitHub’s instance', () => {
  test('has its signing config built in, and offers timestamps alone', async () => {
    const repository = new TestRepository();
    repository.targets['trusted_root.json'] = Buffer.from(
      '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}',
    );
    repository.publish();
    await using server = await repository.serve();
    const { signingConfig } = await load(instances.github, server, () => august, undefined, repository.rootJson);
    const services = selectServices(signingConfig, august);
    expect(services.certificateAuthority.url).toBe('https://fulcio.githubapp.com');
    expect(services.transparencyLogs).toEqual([]);
    expect(services.timestampAuthorities.map(({ url }) => url)).toEqual([
      'https://timestamp.githubapp.com/api/v1/timestamp',
    ]);
    expect(server.received.filter(({ url }) => url.startsWith('/targets/'))).toHaveLength(1);
    expect(instances.github.thresholds).toEqual({ signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 });
  });
});

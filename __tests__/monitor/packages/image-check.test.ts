/** Checks images in registries, with real signatures in each of the layouts. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type JobClaims, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import { type JsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { defaultThresholds } from '../../../src/core/policy/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import { type CheckOptions, PackageChecker } from '../../../src/monitor/packages/index.ts';
import type { WatchedPackage } from '../../../src/monitor/watch-policy/index.ts';
import { systemRegistries, systemWorld } from '../../../src/run/world/index.ts';
import {
  parseRepository,
  parseTag,
  type Registries,
  type Repository,
  type RepositoryClient,
} from '../../../src/services/registry/index.ts';
import { Instance } from '../../kit/instance.ts';
import { type Image, SignedImages } from '../../kit/signed-images.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const slsa = 'https://slsa.dev/provenance/v1';
const own = 'https://github.com/example-org/example-repo';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
const world = systemWorld();
afterAll(() => world[Symbol.dispose]());

describe.each(['registry', 'registryWithoutReferrers'] as const)('images in the %s', (registry) => {
  let images: SignedImages;
  let pushed = 0;
  let repository: string;
  let name: string;
  beforeAll(() => {
    images = new SignedImages(sandbox, registry);
  });
  afterAll(() => images[Symbol.dispose]());
  beforeEach(() => {
    pushed += 1;
    repository = `octo/app-${pushed}`;
    name = `${sandbox[registry].host}/${repository}`;
  });
  afterEach(() => {
    sandbox.jobTokens.configure({ claims: {} });
    sandbox.behave();
  });

  /** Pushes an image, and signs it unless told otherwise. */
  async function publish(tag: string, predicateType: string | undefined = slsa): Promise<Image> {
    const image = await images.push(repository, tag);
    await images.attach(image, await images.sign(image, predicateType));
    return image;
  }

  const publishUnsigned = (tag: string): Promise<Image> => images.push(repository, tag);

  /** Lets jobs of another repository sign. */
  function become(claims: Partial<JobClaims>): void {
    const of = claims.repository ?? 'example-org/example-repo';
    const workflow = `${of}/.github/workflows/release.yml@refs/heads/main`;
    sandbox.jobTokens.configure({ claims: { job_workflow_ref: workflow, workflow_ref: workflow, ...claims } });
  }

  async function tag(image: Image, as: string): Promise<void> {
    const client = images.client(image);
    const found = await client.getManifest(image.digest);
    if (found === undefined) throw new Error('the image is lost');
    await client.putManifest(parseTag(as), found);
  }

  async function check(
    memory?: JsonObject,
    changes: Partial<WatchedPackage> = {},
    options: Partial<CheckOptions> = {},
  ) {
    const watched: WatchedPackage = { place: { line: 1 }, ecosystem: 'oci', name, repository: undefined, ...changes };
    const result = await new PackageChecker({
      registries: {},
      images: systemRegistries({ images: [], account: undefined, environment: {} }, world),
      roots: [
        {
          trust: readTrustedRoot(JSON.stringify(sandbox.trustedRoot)),
          thresholds: defaultThresholds,
          sandbox: 'accept',
        },
      ],
      clock: () => new Date(),
      ...options,
    }).check([watched], memory && JSON.parse(JSON.stringify(memory)));
    return {
      ...result,
      found: result.observations.map(({ rule, version, what }) => `${rule} ${version} ${what.split(' ')[0]}`).sort(),
      covered: result.coverage.map(({ versions, problem }) => [versions, problem]),
    };
  }

  const clean = (versions: number) => ({ found: [], covered: [[versions, undefined]] });

  test('that are all signed are clean, and are checked once', async () => {
    const image = await publish('1.0.0');
    await publish('1.1.0', undefined);
    await tag(image, 'latest');
    const { memory, ...first } = await check(undefined, { repository: 'example-org/example-repo' });
    expect(first).toMatchObject(clean(3));
    const before = sandbox.requests.length;
    expect(await check(memory)).toMatchObject(clean(0));
    const paths = sandbox.requests.slice(before).map(({ path }) => path);
    expect(paths.filter((path) => /\/(?:referrers|blobs)\/|\.sig$/.test(path))).toEqual([]);
  });

  test('that are never signed are clean', async () => {
    await publishUnsigned('1.0.0');
    const { memory, ...first } = await check();
    expect(first).toMatchObject(clean(1));
    await publishUnsigned('1.1.0');
    expect(await check(memory)).toMatchObject(clean(1));
  });

  test('without a signature after one with it are found, in one run or two', async () => {
    await publishUnsigned('1.0.0');
    await publish('1.1.0');
    const { memory, ...first } = await check();
    expect(first).toMatchObject(clean(2));
    const image = await publishUnsigned('1.1.1');
    const later = await check(memory);
    expect(later.found).toEqual(['P24 1.1.1 without-provenance']);
    expect(later.observations).toMatchObject([
      { title: `${name}:1.1.1 has no provenance`, what: `without-provenance ${formatDigest(image.digest)}` },
    ]);
    expect((await check(later.memory)).found).toEqual([]);
    expect((await check()).found).toEqual(['P24 1.1.1 without-provenance']);
  });

  test('with a tag that moved to another signed image are clean', async () => {
    await publish('latest');
    const { memory } = await check();
    await publish('latest');
    expect(await check(memory)).toMatchObject(clean(1));
  });

  test('with a tag that moved to an unsigned image are found', async () => {
    const { digest } = await publish('latest');
    const { memory } = await check();
    const image = await publishUnsigned('latest');
    const { found, observations } = await check(memory);
    expect(found).toEqual(['P24 latest moved']);
    const moved = `The tag was ${formatDigest(digest)} before, and is ${formatDigest(image.digest)} now.`;
    expect(observations[0]?.reason).toContain(moved);
  });

  test('with a tag that moved back to a signed image are clean', async () => {
    const image = await publish('1.0.0');
    await publish('latest');
    const { memory } = await check();
    await tag(image, 'latest');
    expect(await check(memory)).toMatchObject(clean(1));
  });

  test('from another repository than the policy states are found, and do not count', async () => {
    await publish('1.0.0');
    const { found, observations, memory } = await check(undefined, { repository: 'octo/app' });
    expect(found).toEqual(['P24 1.0.0 other-repository']);
    expect(observations).toMatchObject([
      {
        title: `${name}:1.0.0 was built from ${own}`,
        reason: 'It is expected to be built from https://github.com/octo/app.',
      },
    ]);
    await publishUnsigned('1.1.0');
    expect((await check(memory, { repository: 'octo/app' })).found).toEqual([]);
  });

  test('from another repository than before are found, unless the expected one has signed too', async () => {
    await publish('1.0.0');
    const { memory } = await check();
    const image = await publish('1.2.0');
    become({ repository: 'evil/app', repository_id: '5' });
    await images.attach(image, await images.sign(image, slsa));
    await publish('1.1.0');
    expect((await check(memory)).found).toEqual(['P24 1.1.0 other-repository']);
  });

  test('from a repository of the same name and another ID are found', async () => {
    await publish('1.0.0');
    const { memory } = await check();
    become({ repository_id: '5' });
    await publish('1.1.0');
    const { observations } = await check(memory, { repository: 'example-org/example-repo' });
    expect(observations).toMatchObject([{ version: '1.1.0', reason: expect.stringContaining('has the ID 5') }]);
  });

  test('with the signature of another image are found', async () => {
    const first = await publish('1.0.0');
    const { memory } = await check();
    const other = await publishUnsigned('1.1.0');
    await images.attach(other, await images.sign(first, slsa));
    expect((await check(memory)).found).toEqual(['P24 1.1.0 unverified']);
  });

  test('whose log is not of the trusted root are found', async () => {
    await publish('1.0.0');
    const root = JSON.parse(JSON.stringify(sandbox.trustedRoot));
    const trust = readTrustedRoot(JSON.stringify({ ...root, tlogs: [] }));
    const roots = [{ trust, thresholds: defaultThresholds, sandbox: 'accept' as const }];
    expect((await check(undefined, {}, { roots })).found).toEqual(['P24 1.0.0 not-in-log']);
  });

  test('of an authority that is not of the trusted root are found', async () => {
    await publish('1.0.0');
    const roots = [{ trust: new Instance().trust(), thresholds: defaultThresholds, sandbox: 'accept' as const }];
    expect((await check(undefined, {}, { roots })).found).toHaveLength(1);
    expect((await check(undefined, {}, { roots: [] })).found).toEqual(['P24 1.0.0 unverified']);
  });

  test('with a broken bundle are found', async () => {
    const image = await publishUnsigned('1.0.0');
    await images.attach(image, utf8('{}'));
    expect((await check()).found).toEqual(['P24 1.0.0 unverified']);
  });

  test('with older signatures and attestations are signed, and their tags are not versions', async () => {
    const signed = await publishUnsigned('1.0.0');
    await images.tag(signed, 'sig', [await images.olderSignature(signed.digest, signed.name)]);
    const { memory, ...first } = await check();
    expect(first).toMatchObject(clean(1));
    const attested = await publishUnsigned('1.1.0');
    await images.tag(attested, 'att', [await images.olderAttestation(attested.digest, attested.name, slsa)]);
    expect(await check(memory)).toMatchObject(clean(1));
  });

  test('with an older signature over a document of another image are found', async () => {
    const signed = await publish('1.0.0');
    const { memory } = await check();
    const other = await publishUnsigned('1.1.0');
    await images.tag(other, 'sig', [await images.olderSignature(signed.digest, signed.name)]);
    expect((await check(memory)).found).toEqual(['P24 1.1.0 unverified']);
  });

  test('with other statements or the signature of a key alone have no provenance', async () => {
    await publish('1.0.0');
    const { memory } = await check();
    await publish('1.1.0', 'https://spdx.dev/Document');
    const keyed = await publishUnsigned('1.2.0');
    const key = generateSigningKey('P-256');
    await images.tag(keyed, 'sig', [await images.olderSignatureByKey(keyed.digest, keyed.name, key)]);
    expect((await check(memory)).found).toEqual(['P24 1.1.0 without-provenance', 'P24 1.2.0 without-provenance']);
  });

  test('beyond the limit wait for the next run, the newest first', async () => {
    await publish('1.9.0');
    const { memory } = await check();
    for (const version of ['1.10.0', '1.11.0', '1.12.0']) await publishUnsigned(version);
    const later = await check(memory, {}, { mostVersions: 2 });
    expect(later.found).toEqual(['P24 1.11.0 without-provenance', 'P24 1.12.0 without-provenance']);
    expect(later.covered).toEqual([[2, '1 tag waits for the next run']]);
    expect(await check(later.memory)).toMatchObject({
      found: ['P24 1.10.0 without-provenance'],
      covered: [[1, undefined]],
    });
  });

  test('that are older than the first run checks are taken as they are, until their tags move', async () => {
    for (const version of ['1.0.0', '1.1.0']) await publishUnsigned(version);
    await publish('1.2.0');
    const { memory, ...first } = await check(undefined, {}, { mostVersions: 1 });
    expect(first).toMatchObject(clean(1));
    expect(await check(memory)).toMatchObject(clean(0));
    await publishUnsigned('1.0.0');
    expect((await check(memory)).found).toEqual(['P24 1.0.0 moved']);
  });

  test('are checked again after a registry failed', async () => {
    await publish('1.0.0');
    const { memory } = await check();
    await publishUnsigned('1.1.0');
    sandbox[registry].configure({ authentication: 'basic' });
    const failed = await check(memory);
    sandbox[registry].configure({ authentication: 'none' });
    expect(failed).toMatchObject({ found: [], covered: [[0, expect.stringContaining('credentials')]] });
    expect((await check(failed.memory)).found).toEqual(['P24 1.1.0 without-provenance']);
  });

  /** Returns the registries with other clients. */
  function registriesWith(changes: Partial<RepositoryClient>): Registries {
    const real = systemRegistries({ images: [], account: undefined, environment: {} }, world);
    const clientOf = (of: Repository): RepositoryClient => ({ ...real(of), ...changes });
    return Object.assign(clientOf, { attachmentsOf: clientOf });
  }

  test('whose attachments cannot all be listed are a problem, and are checked again', async () => {
    await publish('1.0.0');
    const { memory } = await check();
    await publishUnsigned('1.1.0');
    const failure = new CountersignError('SERVICE_RESPONSE_INVALID', 'the list is HTML');
    const unread = [{ tag: undefined, failure }];
    const findReferrers = async () => ({ source: 'tag', descriptors: [], unread, isAnswered: true }) as const;
    const failed = await check(memory, {}, { images: registriesWith({ findReferrers }) });
    expect(failed).toMatchObject({ found: [], covered: [[0, expect.stringContaining('the list is HTML')]] });
    expect((await check(failed.memory)).found).toEqual(['P24 1.1.0 without-provenance']);
  });

  test('with a manifest that cannot be read do not hide the others', async () => {
    await publish('1.0.0');
    const { memory } = await check();
    await publishUnsigned('1.1.0');
    await publishUnsigned('1.2.0');
    const real = systemRegistries({ images: [], account: undefined, environment: {} }, world)(parseRepository(name));
    const headManifest: RepositoryClient['headManifest'] = async (of) => {
      if (of === '1.1.0') throw new CountersignError('SERVICE_RESPONSE_INVALID', 'the type is unknown');
      return real.headManifest(of);
    };
    expect(await check(memory, {}, { images: registriesWith({ headManifest }) })).toMatchObject({
      found: ['P24 1.2.0 without-provenance'],
      covered: [[1, '1 tag could not be resolved: the type is unknown']],
    });
  });

  test('with a tag that is deleted and pushed again without a signature are found', async () => {
    await publish('1.0.0');
    await publish('1.1.0');
    const { memory } = await check();
    const tags = async () => [parseTag('1.0.0')];
    const later = await check(memory, {}, { images: registriesWith({ tags }) });
    expect(later).toMatchObject(clean(0));
    await publishUnsigned('1.1.0');
    expect((await check(later.memory)).found).toEqual(['P24 1.1.0 moved']);
  });

  test('with too many tags are a problem', async () => {
    await publish('1.0.0');
    const { memory } = await check();
    const tags = async () => Array.from({ length: 10_001 }, (_, at) => parseTag(`t${at}`));
    const failed = await check(memory, {}, { images: registriesWith({ tags }) });
    expect(failed.covered).toEqual([[0, 'the repository has more than 10000 tags, and cannot be watched']]);
    expect(failed.memory).toEqual(memory);
  });

  test('of a private repository are read with the account of docker', async () => {
    await publish('1.0.0');
    const folder = await temporaryFolder();
    const { username, password } = sandbox[registry].reader;
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [sandbox[registry].host]: { auth } } }));
    const environment = { DOCKER_CONFIG: folder };
    sandbox[registry].configure({ authentication: 'bearer', anonymousPull: false });
    const read = await check(
      undefined,
      {},
      { images: systemRegistries({ images: [], account: undefined, environment }, world) },
    );
    sandbox[registry].configure({ authentication: 'none', anonymousPull: true });
    expect(read).toMatchObject(clean(1));
  });

  test('of a repository that does not exist are a problem', async () => {
    expect((await check()).covered).toEqual([[0, 'the registry does not have the repository']]);
    expect((await check(undefined, { name: 'Ghcr.io/OCTO' })).covered).toEqual([
      [0, expect.stringContaining('not a valid')],
    ]);
  });
});

test('a damaged memory of images is a problem', async () => {
  const watched: WatchedPackage = {
    place: { line: 1 },
    ecosystem: 'oci',
    name: 'ghcr.io/octo/app',
    repository: undefined,
  };
  const checker = new PackageChecker({ registries: {}, roots: [], clock: () => new Date() });
  for (const image of [{ tags: [['1', null]] }, { tags: [['1', 5, true]] }, { tags: 1 }, { tags: [], repository: 1 }]) {
    const memory = { format: 1, packages: {}, images: { [watched.name]: image } };
    expect((await checker.check([watched], memory)).coverage).toMatchObject([
      { problem: expect.stringContaining('damaged') },
    ]);
  }
});

/** Checks packages in registries, which the sandbox plays. */

import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { HttpListener, jsonResponse } from '../../../sandbox/http/index.ts';
import { jobIdentity } from '../../../sandbox/index.ts';
import { PackageService } from '../../../sandbox/packages/index.ts';
import { writeBundle } from '../../../src/core/bundle/index.ts';
import { encodeHex, type JsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import { defaultThresholds } from '../../../src/core/policy/index.ts';
import { type CheckOptions, PackageChecker } from '../../../src/monitor/packages/index.ts';
import type { WatchedPackage } from '../../../src/monitor/watch-policy/index.ts';
import { openHttp } from '../../../src/services/http/index.ts';
import { npmRegistry, pypiRegistry } from '../../../src/services/packages/index.ts';
import { bodiesV1, claims, Instance, now, submittedPem, withEntries } from '../../kit/instance.ts';

const listener = await HttpListener.listen();
const http = openHttp('countersign');
const instance = new Instance();
afterAll(async () => {
  http[Symbol.dispose]();
  await listener.close();
});

let service: PackageService;
beforeEach(() => {
  service = new PackageService(listener.origin);
  listener.serve([{ name: 'registry', routes: service.routes }]);
});

const own = 'example-org/example-repo';
const name = '@octo/app';
const day = (count: number): Date => new Date(now.getTime() + (count - 30) * 86_400_000);

/** Signs provenance as a job of a repository. */
function attest(subject: string, digest: JsonObject, repository = own, id = claims.repository_id) {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: subject, digest }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {},
  };
  const workflow = `${repository}/.github/workflows/release.yml@refs/heads/main`;
  const job = { ...claims, repository, repository_id: id, workflow_ref: workflow, job_workflow_ref: workflow };
  return instance.attest(utf8(JSON.stringify(statement)), { leaf: jobIdentity(job) });
}

/** Returns an attestation of PEP 740, which has an entry of Rekor v1 and no timestamps. */
function pep740(subject: string, digest: JsonObject): JsonObject {
  const attested = attest(subject, digest);
  const entry = instance.loggedV1('dsse', bodiesV1.dsse(attested, submittedPem(attested)));
  const bundle = JSON.parse(writeBundle({ ...withEntries(attested, entry), timestamps: [] }));
  const { certificate, tlogEntries } = bundle.verificationMaterial;
  const { payload, signatures } = bundle.dsseEnvelope;
  return {
    version: 1,
    verification_material: { certificate: certificate.rawBytes, transparency_entries: tlogEntries },
    envelope: { statement: payload, signature: signatures[0].sig },
  };
}

interface Npm {
  readonly package?: string;
  readonly repository?: string;
  readonly id?: string;
  readonly with?: 'provenance' | 'nothing' | 'foreign' | 'forged';
}

function publishNpm(version: string, at: number, changes: Npm = {}): void {
  const { package: of = name, repository, id, with: kind = 'provenance' } = changes;
  const digest = randomBytes(64);
  const subject = `pkg:npm/${of.replace('@', '%40')}@${version}`;
  const hex = kind === 'foreign' ? encodeHex(randomBytes(64)) : encodeHex(digest);
  const bundle: JsonObject | undefined =
    kind === 'nothing' ? undefined : JSON.parse(writeBundle(attest(subject, { sha512: hex }, repository, id)));
  const proof = (bundle?.verificationMaterial as JsonObject | undefined)?.tlogEntries as JsonObject[] | undefined;
  const { inclusionProof } = proof?.[0] ?? {};
  if (kind === 'forged') (inclusionProof as { rootHash: string }).rootHash = randomBytes(32).toString('base64');
  service.publishNpm({ name: of, version, time: day(at) }, { digest, provenance: bundle && [bundle] });
}

const watched = (changes: Partial<WatchedPackage> = {}): WatchedPackage => ({
  place: { line: 1 },
  ecosystem: 'npm',
  name,
  repository: undefined,
  ...changes,
});

async function check(
  packages: readonly WatchedPackage[] = [watched()],
  memory?: JsonObject,
  options: Partial<CheckOptions> = {},
) {
  const registries = {
    npm: npmRegistry(http.send, new URL(service.npmUrl)),
    pypi: pypiRegistry(http.send, new URL(service.pypiUrl)),
  };
  const roots = [{ trust: instance.trust(), thresholds: defaultThresholds, sandbox: 'accept' as const }];
  const result = await new PackageChecker({ registries, roots, clock: () => now, ...options }).check(packages, memory);
  return {
    ...result,
    found: result.observations.map(({ rule, version, what }) => `${rule} ${version} ${what.split(' ')[0]}`),
    covered: result.coverage.map(({ versions, problem }) => [versions, problem]),
  };
}

describe('a package on npm', () => {
  test('whose versions all have provenance is clean', async () => {
    publishNpm('1.0.0', 1);
    publishNpm('1.1.0', 2);
    const { found, covered, memory } = await check([watched({ repository: own })]);
    expect({ found, covered }).toEqual({ found: [], covered: [[2, undefined]] });
    expect(await check([watched()], memory)).toMatchObject({ found: [], covered: [[0, undefined]] });
  });

  test('without any provenance is clean', async () => {
    publishNpm('1.0.0', 1, { with: 'nothing' });
    publishNpm('1.1.0', 2, { with: 'nothing' });
    expect(await check()).toMatchObject({ found: [], covered: [[2, undefined]] });
  });

  test('that has a version without provenance after one with it is found, in one run or two', async () => {
    publishNpm('1.0.0', 1, { with: 'nothing' });
    publishNpm('1.1.0', 2);
    const { found, memory } = await check();
    expect(found).toEqual([]);
    publishNpm('1.1.1', 3, { with: 'nothing' });
    expect((await check([watched()], memory)).found).toEqual(['P24 1.1.1 without-provenance']);
    expect((await check()).found).toEqual(['P24 1.1.1 without-provenance']);
  });

  test('that is built from another repository than expected is found', async () => {
    publishNpm('1.0.0', 1);
    const { observations } = await check([watched({ repository: 'octo/app' })]);
    expect(observations).toMatchObject([
      {
        rule: 'P24',
        version: '1.0.0',
        title: '@octo/app@1.0.0 was built from https://github.com/example-org/example-repo',
        reason: 'It is expected to be built from https://github.com/octo/app.',
      },
    ]);
  });

  test('that is built from another repository than before is found', async () => {
    publishNpm('1.0.0', 1);
    const { memory } = await check();
    publishNpm('1.1.0', 2, { repository: 'evil/example-repo', id: '5' });
    expect((await check([watched()], memory)).found).toEqual(['P24 1.1.0 other-repository']);
  });

  test('that is built from a repository with the same name and another ID is found', async () => {
    publishNpm('1.0.0', 1);
    const { memory } = await check();
    publishNpm('1.1.0', 2, { id: '5' });
    const { observations } = await check([watched({ repository: own })], memory);
    expect(observations).toMatchObject([{ reason: expect.stringContaining('has the ID 5') }]);
  });

  test('whose repository was renamed is clean', async () => {
    publishNpm('1.0.0', 1);
    const { memory } = await check();
    publishNpm('1.1.0', 2, { repository: 'example-org/renamed' });
    expect((await check([watched()], memory)).found).toEqual([]);
  });

  test('with provenance of other content is found, and it does not count', async () => {
    publishNpm('1.0.0', 1, { with: 'foreign' });
    publishNpm('1.1.0', 2, { with: 'nothing' });
    expect((await check()).found).toEqual(['P24 1.0.0 unverified']);
  });

  test('with provenance that is not proven to be in the log is found', async () => {
    publishNpm('1.0.0', 1, { with: 'forged' });
    expect((await check()).found).toEqual(['P24 1.0.0 not-in-log']);
  });

  test('with provenance of an unknown authority is found', async () => {
    publishNpm('1.0.0', 1);
    const roots = [{ trust: new Instance().trust(), thresholds: defaultThresholds, sandbox: 'accept' as const }];
    expect((await check([watched()], undefined, { roots })).found).toHaveLength(1);
    expect((await check([watched()], undefined, { roots: [] })).found).toEqual(['P24 1.0.0 unverified']);
  });

  test('whose version was replaced is found', async () => {
    publishNpm('1.0.0', 1);
    const { memory } = await check();
    publishNpm('1.0.0', 1);
    expect((await check([watched()], memory)).found).toEqual(['P24 1.0.0 replaced']);
  });

  test('with many versions is checked from the newest on', async () => {
    for (let version = 0; version < 5; version++) publishNpm(`1.${version}.0`, version);
    const { covered, memory } = await check([watched()], undefined, { mostVersions: 2 });
    expect(covered).toEqual([[2, undefined]]);
    expect(await check([watched()], memory)).toMatchObject({ found: [], covered: [[0, undefined]] });
    for (let version = 5; version < 9; version++) publishNpm(`1.${version}.0`, version);
    const later = await check([watched()], memory, { mostVersions: 3 });
    expect(later.covered).toEqual([[3, '1 version waits for the next run']]);
    expect((await check([watched()], later.memory)).covered).toEqual([[1, undefined]]);
  });

  test('that does not exist, or whose provenance is withheld, is a problem', async () => {
    expect((await check()).covered).toEqual([[0, 'the registry does not have the package']]);
    service.publishNpm({ name, version: '1.0.0', time: day(1) }, { digest: randomBytes(64), provenance: [] });
    expect(await check()).toMatchObject({ found: ['P24 1.0.0 unverified'] });
  });

  test('of a registry that fails is a problem, and is checked again', async () => {
    publishNpm('1.0.0', 1);
    const route = { method: 'GET', path: '/npm/*', handle: () => jsonResponse(503, {}) } as const;
    listener.serve([{ name: 'registry', routes: [route] }]);
    const { covered, memory } = await check();
    expect(covered).toEqual([[0, expect.stringContaining('npm registry')]]);
    listener.serve([{ name: 'registry', routes: service.routes }]);
    expect((await check([watched()], memory)).covered).toEqual([[1, undefined]]);
  });

  test('of an ecosystem without a registry is a problem', async () => {
    const { covered } = await check([watched({ ecosystem: 'oci', name: 'ghcr.io/octo/app' })]);
    expect(covered).toEqual([[0, 'packages of oci cannot be checked']]);
  });

  test('with a damaged memory is a problem', async () => {
    publishNpm('1.0.0', 1);
    for (const memory of [
      {},
      { format: 1, packages: { x: { seen: 1 } } },
      { format: 1, packages: { x: { seen: {}, since: 'x' } } },
    ])
      expect((await check([watched()], memory)).covered).toEqual([[1, expect.stringContaining('damaged')]]);
  });
});

test('names that imitate a package are found', async () => {
  publishNpm('1.0.0', 1, { package: 'octoproject-client' });
  publishNpm('1.0.0', 1, { package: 'octoproejct-client', with: 'nothing' });
  publishNpm('1.0.0', 1, { package: 'octopus', with: 'nothing' });
  const { observations } = await check([watched({ name: 'octoproject-client' })]);
  expect(observations).toMatchObject([
    { rule: 'P19', name: 'octoproejct-client', title: 'the package octoproejct-client looks like octoproject-client' },
  ]);
});

describe('a project on PyPI', () => {
  const project = watched({ ecosystem: 'pypi', name: 'Octo.App' });

  function publish(filename: string, version: string, at: number, hasProvenance = true): void {
    const digest = randomBytes(32);
    const bundle = pep740(filename, { sha256: encodeHex(digest) });
    const file = { digest, filename, provenance: hasProvenance ? [bundle] : undefined };
    service.publishPyPi({ name: 'octo-app', version, time: day(at) }, file);
  }

  test('whose files have provenance is clean', async () => {
    publish('octo_app-1.0.tar.gz', '1.0', 1);
    publish('octo_app-1.0-py3-none-any.whl', '1.0', 1);
    expect(await check([project])).toMatchObject({ found: [], covered: [[1, undefined]] });
  });

  test('with a file that was added without provenance is found', async () => {
    publish('octo_app-1.0.tar.gz', '1.0', 1);
    const { memory } = await check([project]);
    publish('octo_app-1.0-py3-none-any.whl', '1.0', 2, false);
    const { observations } = await check([project], memory);
    expect(observations).toMatchObject([
      { rule: 'P24', version: '1.0', what: 'without-provenance octo_app-1.0-py3-none-any.whl' },
    ]);
  });
});

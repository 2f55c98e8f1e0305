/** GitHub's attestation store and its storage records, as clients see them. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { attestation, provenanceType } from '../../__tests__/kit/attestation.ts';
import { type Sandbox, type SandboxRepository, startSandbox } from '../index.ts';
import { ask } from './registry-client.ts';

const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
const spdx = 'https://spdx.dev/Document/v2.3';

let sandbox: Sandbox;
let app: SandboxRepository;
let token: string;
beforeEach(async () => {
  sandbox = await startSandbox();
  app = sandbox.github.addRepository('octo/app');
  token = sandbox.github.jobToken(app, { attestations: 'write', 'artifact-metadata': 'write' });
});
afterEach(() => sandbox.close());

interface Sent {
  readonly method?: string;
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly version?: string;
}

async function call(path: string, { method = 'GET', body, token, version = '2022-11-28' }: Sent = {}) {
  const headers = {
    'user-agent': 'test',
    'x-github-api-version': version,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const answer = await ask(`${sandbox.urls.github}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { ...answer, json: answer.text === '' ? undefined : JSON.parse(answer.text) };
}

const post = (bundle: unknown, options: Sent = {}, repository = 'octo/app') =>
  call(`/repos/${repository}/attestations`, { method: 'POST', body: { bundle }, token, ...options });

const bundleOf = (subjects: Readonly<Record<string, string>>, others = {}) =>
  attestation(sandbox, { repository: 'octo/app', subjects, ...others });

/** The attestations that a path lists. */
const listed = async (path: string, options: Sent = {}) => (await call(path, options)).json.attestations;

const signatures = (items: readonly { bundle: ReturnType<typeof bundleOf> }[]): readonly string[] =>
  items.map(({ bundle }) =>
    Buffer.from((bundle as never as Shape).dsseEnvelope.signatures[0].sig, 'base64').toString(),
  );

interface Shape {
  readonly dsseEnvelope: { readonly signatures: readonly [{ readonly sig: string }] };
}

describe('writing', () => {
  test('each request creates an attestation of its own', async () => {
    const bundle = bundleOf({ app: one });
    const [first, second] = [await post(bundle), await post(bundle)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.json).toEqual({ id: expect.any(Number) });
    expect(second.json.id).not.toBe(first.json.id);
    expect(await listed(`/repos/octo/app/attestations/sha256:${one}`)).toHaveLength(2);
  });

  test.each([
    ['without the permission', { attestations: 'read' }, 403, 'Resource not accessible by integration'],
    ['without any permission', {}, 403, 'Resource not accessible by integration'],
  ] as const)('a token %s may not', async (_, permissions, status, message) => {
    const answer = await post(bundleOf({ app: one }), { token: sandbox.github.jobToken(app, permissions) });
    expect(answer).toMatchObject({ status, json: { message } });
    expect(answer.headers.get('x-accepted-github-permissions')).toBe('attestations=write');
    expect((await post(bundleOf({ app: one }), { token: undefined })).status).toBe(401);
  });

  test.each<readonly [string, () => unknown, string]>([
    ['no bundle', () => undefined, '"bundle" wasn\'t supplied'],
    ['no DSSE envelope', () => ({ ...bundleOf({ a: one }), dsseEnvelope: undefined }), 'no DSSE envelope'],
    ['no statement', () => bundleOf({ a: one }, { statement: { _type: 'other' } }), 'not an in-toto statement'],
    ['no subject', () => bundleOf({}), 'not an in-toto statement'],
    [
      'a subject twice',
      () => bundleOf({}, { statement: { subject: [1, 2].map(() => ({ name: 'a', digest: { sha256: one } })) } }),
      'Invalid Argument - duplicate subject in statement',
    ],
    ['no certificate', () => ({ ...bundleOf({ a: one }), verificationMaterial: {} }), 'no certificate'],
    [
      'a certificate of another repository',
      () => attestation(sandbox, { repository: 'mallory/app', subjects: { a: one } }),
      'Invalid Argument - values do not match: https://github.com/mallory/app != https://github.com/octo/app',
    ],
    ['more than 16 MiB', () => bundleOf({ a: one }, { signature: 'x'.repeat(13 * 1024 * 1024) }), 'too large'],
  ])('a bundle with %s is refused', async (_, bundle, message) => {
    expect(await post(bundle())).toMatchObject({ status: 422, json: { message: expect.stringContaining(message) } });
    expect(sandbox.github.attestations.all).toEqual([]);
  });

  test('one subject under two names is no duplicate', async () => {
    expect((await post(bundleOf({ a: one, b: one }))).status).toBe(201);
  });

  test.each([
    ['User', true, 'Feature not available for user-owned private repositories. To enable'],
    ['Organization', false, 'Feature not available for the acme organization. To enable'],
  ] as const)('private repositories of a %s need a plan', async (ownerType, privateAttestations, message) => {
    sandbox.github.attestations.configure({ privateAttestations });
    const hidden = sandbox.github.addRepository('acme/hidden', { visibility: 'private', ownerType });
    const bundle = attestation(sandbox, { repository: 'acme/hidden', subjects: { a: one } });
    const answer = await post(
      bundle,
      { token: sandbox.github.jobToken(hidden, { attestations: 'write' }) },
      'acme/hidden',
    );
    expect(answer).toMatchObject({ status: 403, json: { message: expect.stringContaining(message) } });
  });
});

describe('reading', () => {
  test('anybody reads those of a public repository, by any of the subjects', async () => {
    const { json } = await post(bundleOf({ a: one, b: two }));
    for (const digest of [one, two])
      for (const place of ['repos/octo/app', 'orgs/octo'])
        expect(await listed(`/${place}/attestations/sha256:${digest}`)).toEqual([
          {
            bundle: sandbox.github.attestations.all[0]?.bundle,
            repository_id: app.id,
            bundle_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/attestations\//),
            initiator: 'user',
          },
        ]);
    expect(json.id).toBe(sandbox.github.attestations.all[0]?.id);
  });

  test.each([`sha256:${two}`, `sha1:${one}`, one])('%s, which no attestation has, is not found', async (digest) => {
    await post(bundleOf({ a: one }));
    for (const place of ['repos/octo/app', 'orgs/octo'])
      expect((await call(`/${place}/attestations/${digest}`)).status).toBe(404);
  });

  test('a private repository does not exist without a token for it', async () => {
    const hidden = sandbox.github.addRepository('octo/hidden', { visibility: 'private' });
    const bundle = attestation(sandbox, { repository: 'octo/hidden', subjects: { a: one } });
    sandbox.github.attestations.keep(hidden, bundle);
    const reader = sandbox.github.jobToken(hidden, { attestations: 'read' });
    for (const place of ['repos/octo/hidden', 'orgs/octo']) {
      const path = `/${place}/attestations/sha256:${one}`;
      expect([(await call(path)).status, (await call(path, { token })).status]).toEqual([404, 404]);
      expect(await listed(path, { token: reader })).toHaveLength(1);
    }
  });

  test('users are found as users, and organizations as organizations', async () => {
    const jane = sandbox.github.addRepository('jane/tool', { ownerType: 'User' });
    sandbox.github.attestations.keep(jane, attestation(sandbox, { repository: 'jane/tool', subjects: { a: one } }));
    expect(await listed(`/users/jane/attestations/sha256:${one}`)).toHaveLength(1);
    expect((await call(`/orgs/jane/attestations/sha256:${one}`)).status).toBe(404);
    expect((await call(`/users/octo/attestations/sha256:${one}`)).status).toBe(404);
  });

  test.each([
    ['provenance', ['1']],
    ['sbom', ['2']],
    ['release', []],
    [spdx, ['2']],
    ['https://spdx.dev/Document', []],
  ])('the predicate type %s is a condition', async (type, expected) => {
    await post(bundleOf({ a: one }, { signature: '1' }));
    await post(bundleOf({ a: one }, { signature: '2', predicateType: spdx }));
    const path = `/repos/octo/app/attestations/sha256:${one}?predicate_type=${encodeURIComponent(type)}`;
    const answer = await call(path);
    expect(answer.status === 404 ? [] : signatures(answer.json.attestations)).toEqual(expected);
  });

  test('pages lead to each other by their cursors, the newest first', async () => {
    for (const signature of ['1', '2', '3', '4', '5']) await post(bundleOf({ a: one }, { signature }));
    const pages: (readonly string[])[] = [];
    let path = `/repos/octo/app/attestations/sha256:${one}?per_page=2`;
    let link: string | null = null;
    while (path !== '') {
      const { json, headers } = await call(path);
      pages.push(signatures(json.attestations));
      link = headers.get('link');
      path = (/<([^>]+)>; rel="next"/.exec(link ?? '')?.[1] ?? '').replace(sandbox.urls.github, '');
    }
    expect(pages).toEqual([['5', '4'], ['3', '2'], ['1']]);
    const previous = /<([^>]+)>; rel="prev"/.exec(link ?? '')?.[1] ?? '';
    expect(signatures(await listed(previous.replace(sandbox.urls.github, '')))).toEqual(['3', '2']);
  });

  test('in bulk, digests have lists or null, over pages', async () => {
    for (const signature of ['1', '2']) await post(bundleOf({ a: one, b: two }, { signature }));
    const body = { subject_digests: [`sha256:${one}`, `sha256:${two}`, `sha1:${one}`] };
    const bulk = (query = '', sent: unknown = body) =>
      call(`/orgs/octo/attestations/bulk-list${query}`, { method: 'POST', body: sent });
    const all = (await bulk()).json;
    expect(Object.values(all.attestations_subject_digests).map((list) => (list as [] | null)?.length)).toEqual([
      2,
      2,
      undefined,
    ]);
    expect(all.page_info).toEqual({ has_next: false, has_previous: false });
    const first = (await bulk('?per_page=1')).json;
    expect(first.page_info).toEqual({ has_next: true, has_previous: false, next: expect.any(String) });
    const second = (await bulk(`?per_page=1&after=${encodeURIComponent(first.page_info.next)}`)).json;
    expect(second.page_info).toEqual({ has_next: false, has_previous: true, previous: expect.any(String) });
    expect(signatures(second.attestations_subject_digests[`sha256:${one}`])).toEqual(['1']);
    const typed = (await bulk('', { ...body, predicate_type: 'sbom' })).json;
    expect(Object.values(typed.attestations_subject_digests)).toEqual([null, null, null]);
  });

  test.each([[[]], [Array.from({ length: 1025 }, (_, at) => `sha256:${at}`)], [[1]], ['sha256']])(
    'a bulk list of other than 1 to 1024 digests is refused',
    async (subject_digests) => {
      const sent = { method: 'POST', body: { subject_digests } };
      expect((await call('/orgs/octo/attestations/bulk-list', sent)).status).toBe(422);
    },
  );
});

describe('the bundle at its URL', () => {
  test('is compressed, and needs no token', async () => {
    await post(bundleOf({ a: one }));
    const [{ bundle_url: url }] = await listed(`/repos/octo/app/attestations/sha256:${one}`);
    expect(new URL(url).origin).not.toBe(sandbox.urls.github);
    expect(new URL(url).pathname).toMatch(/\.json\.sn$/);
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('application/x-snappy');
    const compressed = Buffer.from(await response.arrayBuffer());
    expect(compressed.length).toBeLessThan(JSON.stringify(sandbox.github.attestations.all[0]?.bundle).length);
  });

  test('refuses a request that carries a token, and records it', async () => {
    await post(bundleOf({ a: one }));
    const [{ bundle_url: url }] = await listed(`/repos/octo/app/attestations/sha256:${one}`);
    expect((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
    const [request] = sandbox.requests.filter(({ service }) => service === 'blobs');
    expect(String(Buffer.from(request?.content() ?? []))).toContain(token);
  });

  test.each([
    ['2022-11-28', undefined, true],
    ['2026-03-10', undefined, false],
    ['2022-11-28', false, false],
    ['2026-03-10', true, true],
  ])('with API version %s and setting %s: inline %s', async (version, inlineBundles, isInline) => {
    sandbox.github.attestations.configure({ inlineBundles });
    await post(bundleOf({ a: one }));
    const [item] = await listed(`/repos/octo/app/attestations/sha256:${one}`, { version });
    expect('bundle' in item).toBe(isInline);
  });
});

describe('deleting', () => {
  const owner = () => sandbox.github.userToken('octo', [app]);

  test.each<readonly [string, string, (id: number) => string, object | undefined]>([
    ['by digest', 'DELETE', () => `digest/sha256:${one}`, undefined],
    ['by id', 'DELETE', String, undefined],
    ['by a list of digests', 'POST', () => 'delete-request', { subject_digests: [`sha256:${one}`] }],
  ])('%s is for owners', async (_, method, rest, body) => {
    const { json } = await post(bundleOf({ a: one }, { predicateType: provenanceType }));
    const path = `/orgs/octo/attestations/${rest(json.id)}`;
    expect((await call(path, { method, body, token })).status).toBe(403);
    expect((await call(path, { method, body, token: owner() })).status).toBe(method === 'POST' ? 200 : 204);
    expect((await call(`/repos/octo/app/attestations/sha256:${one}`)).status).toBe(404);
    expect((await call(path, { method, body, token: owner() })).status).toBe(404);
  });

  test('is not possible in a repository', async () => {
    const { json } = await post(bundleOf({ a: one }));
    expect((await call(`/repos/octo/app/attestations/${json.id}`, { method: 'DELETE', token: owner() })).status).toBe(
      404,
    );
  });
});

describe('storage records', () => {
  const path = '/orgs/octo/artifacts/metadata/storage-record';
  const record = { name: 'ghcr.io/octo/app', digest: `sha256:${one}`, registry_url: 'https://ghcr.io' };
  const create = (body: object, options: Sent = {}) => call(path, { method: 'POST', body, token, ...options });

  test('one of each registry is kept, and the same one again replaces it', async () => {
    const { status, json } = await create({ ...record, artifact_url: 'https://ghcr.io/octo/app' });
    expect([status, json.total_count]).toEqual([200, 1]);
    expect(json.storage_records[0]).toMatchObject({
      ...record,
      artifact_url: 'https://ghcr.io/octo/app',
      status: 'active',
    });
    await create({ ...record, registry_url: 'https://docker.io' });
    const again = await create({ ...record, status: 'eol' });
    expect(again.json.storage_records[0].id).toBe(json.storage_records[0].id);
    const list = await call(`/orgs/octo/artifacts/sha256:${one}/metadata/storage-records`, { token });
    expect(
      list.json.storage_records.map((one: { registry_url: string; status: string }) => [one.registry_url, one.status]),
    ).toEqual([
      ['https://docker.io', 'active'],
      ['https://ghcr.io', 'eol'],
    ]);
    expect((await create({ ...record, return_records: false })).json).toEqual({ total_count: 1 });
  });

  test.each([
    ['name', ''],
    ['name', 'n'.repeat(257)],
    ['digest', `sha256:${one.slice(1)}`],
    ['digest', `sha512:${one}`],
    ['registry_url', 'http://ghcr.io'],
    ['registry_url', `https://${'r'.repeat(249)}`],
    ['version', 'v'.repeat(101)],
    ['artifact_url', `https://${'a'.repeat(145)}`],
    ['artifact_url', 'http://ghcr.io'],
    ['path', 'p'.repeat(513)],
    ['repository', 'r'.repeat(129)],
    ['status', 'gone'],
    ['github_repository', 'octo/app'],
    ['name', 1],
    ['registry_url', undefined],
  ])('case %#: a record with this %s is refused', async (field, value) => {
    const code = value === undefined ? 'missing_field' : 'invalid';
    const { status, json } = await create({ ...record, [field]: value });
    expect([status, json.errors]).toEqual([422, [{ resource: 'ArtifactMetadata', field, code }]]);
  });

  test('a token without the permission finds nothing, as for a user', async () => {
    const weak = sandbox.github.jobToken(app, { attestations: 'write' });
    expect(await create(record, { token: weak })).toMatchObject({
      status: 404,
      json: { message: 'no artifacts found' },
    });
    expect((await create(record, { token: undefined })).status).toBe(401);
    sandbox.github.addRepository('jane/tool', { ownerType: 'User' });
    const sent = { method: 'POST', body: record, token };
    for (const place of ['/orgs/jane', '/users/jane'])
      expect((await call(`${place}/artifacts/metadata/storage-record`, sent)).status).toBe(404);
  });
});

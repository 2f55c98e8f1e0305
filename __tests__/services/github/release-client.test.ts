/** The client of GitHub's releases, at the sandbox's. */

import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  fault,
  interruptedUpload,
  type Permissions,
  type Sandbox,
  type SandboxRepository,
  secondaryRateLimit,
  startSandbox,
} from '../../../sandbox/index.ts';
import { Secret } from '../../../src/node/index.ts';
import {
  type AssetUpload,
  type GitHubRelease,
  openReleases,
  type ReleaseAsset,
  type ReleaseClient,
} from '../../../src/services/github/index.ts';
import { type HttpConnections, openHttp, type StreamedBody, withRetries } from '../../../src/services/http/index.ts';
import { answering, failure, serve } from '../loopback.ts';
import { half, SkippedTime } from '../time.ts';

const commit = '7'.repeat(40);
const uploads = { service: 'github', matching: /^POST .*\/assets\?/ } as const;

let sandbox: Sandbox;
let app: SandboxRepository;
let connections: HttpConnections;
let time: SkippedTime;
beforeEach(async () => {
  time = new SkippedTime();
  sandbox = await startSandbox({ clock: time.clock });
  app = sandbox.github.addRepository('octo/app');
  connections = openHttp('countersign');
});
afterEach(async () => {
  connections[Symbol.dispose]();
  await sandbox.close();
});

/** Opens a client whose requests are sent again for as long as a service is down. */
function client(permissions?: Permissions, stallMilliseconds = 60_000): ReleaseClient {
  const http = withRetries(connections.send, { ...time, budget: 60_000, random: half });
  const token = permissions && new Secret(sandbox.github.jobToken(app, permissions));
  return openReleases({ http, token, apiUrl: sandbox.urls.github, clock: time.clock, stallMilliseconds });
}

const writer = (): ReleaseClient => client({ contents: 'write' });

function content(bytes: Uint8Array, pieces = 1): StreamedBody {
  const length = Math.ceil(bytes.length / pieces);
  return {
    length: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
    },
  };
}

const file = (name: string, bytes: Uint8Array = Buffer.from(name)): AssetUpload => ({ name, content: content(bytes) });

const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function upload(releases: ReleaseClient, release: GitHubRelease, one: AssetUpload): Promise<ReleaseAsset> {
  const result = await releases.upload(release, one);
  if (result.kind !== 'uploaded') throw new Error(result.kind);
  return result.asset;
}

/** The requests: the method and the path. */
const sent = (): readonly string[] =>
  sandbox.requests.filter(({ service }) => service === 'github').map(({ method, path }) => `${method} ${path}`);

/** The content of the last request to a service. */
const lastRequest = (service: string): string =>
  String(Buffer.from(sandbox.requests.findLast((request) => request.service === service)?.content() ?? []));

describe('a draft', () => {
  test('is found by its id and in the list, and not by its tag', async () => {
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1', target: commit, name: 'One', body: 'Text' });
    expect(draft).toMatchObject({ tag: 'v1', target: commit, body: 'Text', isDraft: true, isImmutable: false });
    expect(await releases.findByTag('octo/app', 'v1')).toBeUndefined();
    expect(await releases.findById('octo/app', draft.id)).toEqual(draft);
    expect(await releases.draftsOf('octo/app', 'v1')).toEqual([draft]);
    expect(await releases.draftsOf('octo/app', 'v2')).toEqual([]);
  });

  test('is found among more than a thousand releases', async () => {
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    sandbox.github.configure({ maxPageSize: 1 });
    for (let at = 0; at < 11; at++) await releases.createDraft('octo/app', { tag: 'v2' });
    expect((await releases.draftsOf('octo/app', 'v1')).map(({ id }) => id)).toEqual([draft.id]);
  });

  test('is hidden from those who may only read', async () => {
    const draft = await writer().createDraft('octo/app', { tag: 'v1' });
    for (const reader of [client({ contents: 'read' }), client()]) {
      expect(await reader.findById('octo/app', draft.id)).toBeUndefined();
      expect(await reader.list('octo/app')).toEqual([]);
    }
  });

  test('can have the tag of another; the oldest is the first', async () => {
    const releases = writer();
    const [first, second] = [
      await releases.createDraft('octo/app', { tag: 'v1' }),
      await releases.createDraft('octo/app', { tag: 'v1' }),
    ];
    await releases.createDraft('octo/app', { tag: 'v2' });
    expect((await releases.draftsOf('octo/app', 'v1')).map(({ id }) => id)).toEqual([first.id, second.id]);
    await releases.deleteDraft(second);
    await releases.deleteDraft(second);
    expect((await releases.draftsOf('octo/app', 'v1')).map(({ id }) => id)).toEqual([first.id]);
  });

  test('is created once, whatever the response', async () => {
    const releases = writer();
    sandbox.faults.set({ service: 'github', matching: /^POST/ }, fault.afterEffect(fault.status(502)), 1);
    expect((await failure(releases.createDraft('octo/app', { tag: 'v1' }))).code).toBe('SERVICE_UNAVAILABLE');
    expect(await releases.draftsOf('octo/app', 'v1')).toHaveLength(1);
  });

  test('is published without any other change', async () => {
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1', target: commit, name: 'One', body: 'Text' });
    expect(await releases.commitOfTag('octo/app', 'v1')).toBeUndefined();
    const published = await releases.publish(draft);
    expect(lastRequest('github')).toMatch(/\n\{"draft":false\}$/);
    expect(published).toMatchObject({ id: draft.id, tag: 'v1', isDraft: false, isImmutable: false, body: 'Text' });
    expect(await releases.findByTag('octo/app', 'v1')).toEqual(published);
    expect(await releases.commitOfTag('octo/app', 'v1')).toBe(commit);
    expect(await releases.draftsOf('octo/app', 'v1')).toEqual([]);
  });
});

/** Changes members of the next responses. */
function alter(change: Readonly<Record<string, unknown>>): void {
  sandbox.faults.set(
    'github',
    fault.altered((response) => ({
      ...response,
      body: Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(response.body).toString()), ...change })),
    })),
  );
}

describe('a response about something else is refused:', () => {
  const expectInvalid = async (request: Promise<unknown>, message: string): Promise<void> =>
    expect(await failure(request)).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining(message),
    });

  test('another release', async () => {
    const draft = await writer().createDraft('octo/app', { tag: 'v1' });
    alter({ id: 5 });
    await expectInvalid(writer().findById('octo/app', draft.id), 'returned the release 5');
    await expectInvalid(writer().publish(draft), 'returned the release 5');
  });

  test('another tag', async () => {
    const releases = writer();
    await releases.publish(await releases.createDraft('octo/app', { tag: 'v1' }));
    alter({ tag_name: 'v2' });
    await expectInvalid(releases.findByTag('octo/app', 'v1'), 'is another tag');
  });

  test('a draft that was to be published', async () => {
    const draft = await writer().createDraft('octo/app', { tag: 'v1' });
    alter({ draft: true });
    await expectInvalid(writer().publish(draft), 'is still true');
  });

  test('a tag that leads to itself', async () => {
    app.addTag('v1', commit, '8'.repeat(40));
    alter({ object: { type: 'tag', sha: '8'.repeat(40), url: 'x' } });
    await expectInvalid(writer().commitOfTag('octo/app', 'v1'), 'leads to too many other tags');
  });

  test('an object without a name', async () => {
    app.addTag('v1', commit);
    alter({ object: { type: 'commit', sha: 'main', url: 'x' } });
    await expectInvalid(writer().commitOfTag('octo/app', 'v1'), 'is not the name of an object');
  });
});

test('the commit of an annotated tag is found', async () => {
  app.addTag('v1', commit, '8'.repeat(40));
  expect(await client().commitOfTag('octo/app', 'v1')).toBe(commit);
});

test('what does not exist is told from what is hidden', async () => {
  sandbox.github.addRepository('octo/hidden', { visibility: 'private' });
  expect(await writer().findByTag('octo/app', 'v9')).toBeUndefined();
  expect((await failure(writer().findByTag('octo/hidden', 'v9'))).code).toBe('SERVICE_REFUSED');
});

describe('an asset', () => {
  test('is uploaded to the host that the release names, and downloaded with the token and without', async () => {
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    const bytes = randomBytes(300_000);
    const asset = await upload(releases, draft, {
      name: 'app.tar.gz',
      label: 'app+1.tar.gz',
      contentType: 'application/gzip',
      content: content(bytes, 7),
    });
    expect(asset).toMatchObject({ name: 'app.tar.gz', label: 'app+1.tar.gz', state: 'uploaded', size: bytes.length });
    expect(asset.digest).toBe(digestOf(bytes));
    expect(await releases.assetsOf(draft)).toEqual([asset]);
    expect(new URL(draft.uploadUrl).origin).not.toBe(sandbox.urls.github);
    const received: Buffer[] = [];
    const sink = { begin: () => undefined, take: (piece: Uint8Array) => void received.push(Buffer.from(piece)) };
    const expected = { digest: digestOf(bytes), size: bytes.length };
    expect(await releases.download(draft, asset, sink)).toEqual(expected);
    expect(Buffer.concat(received).equals(bytes)).toBe(true);
    expect(lastRequest('blobs')).not.toMatch(/authorization/i);
    expect((await failure(releases.downloadPublished(asset))).code).toBe('SERVICE_REFUSED');
    const published = await releases.publish(draft);
    expect([draft.hasAssets, published.hasAssets]).toEqual([false, true]);
    const [now] = await releases.assetsOf(published);
    // The token would be refused there.
    expect(await releases.downloadPublished(now ?? asset)).toEqual(expected);
  });

  test('cannot have the name of another', async () => {
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    await upload(releases, draft, file('a.txt'));
    expect(await releases.upload(draft, file('a.txt', Buffer.from('other')))).toEqual({ kind: 'name-taken' });
  });

  test('is listed with all others, on all pages', async () => {
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    for (let at = 0; at < 5; at++) await upload(releases, draft, file(`${at}.txt`));
    sandbox.github.configure({ maxPageSize: 2 });
    expect((await releases.assetsOf(draft)).map(({ name }) => name)).toEqual([0, 1, 2, 3, 4].map((at) => `${at}.txt`));
  });

  test('of an interrupted upload is a starter, and can be deleted', async () => {
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    sandbox.faults.set(uploads, interruptedUpload(sandbox.github.releases), 1);
    const error = await failure(releases.upload(draft, file('a.txt')));
    expect([error.code, error.message]).toEqual(['SERVICE_UNAVAILABLE', expect.stringContaining('502')]);
    expect(sent().filter((line) => line.startsWith('POST') && line.endsWith('/assets'))).toHaveLength(1);
    const [starter] = await releases.assetsOf(draft);
    expect(starter).toMatchObject({ name: 'a.txt', state: 'starter', size: 0, digest: undefined });
    if (starter === undefined) return;
    expect(await releases.upload(draft, file('a.txt'))).toEqual({ kind: 'name-taken' });
    await releases.deleteAsset(draft, starter);
    await releases.deleteAsset(draft, starter);
    await upload(releases, draft, file('a.txt'));
  });

  test('whose upload makes no progress is given up', async () => {
    const releases = client({ contents: 'write' }, 200);
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    sandbox.faults.set(uploads, fault.stall(), 1);
    const error = await failure(releases.upload(draft, file('a.txt')));
    expect([error.code, error.message]).toEqual([
      'SERVICE_UNAVAILABLE',
      expect.stringContaining('neither took nor sent anything for 0.2 s'),
    ]);
  });

  test.each([3, 5])('whose content has another length than was stated is not uploaded (%d bytes)', async (length) => {
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    const bytes = Buffer.from('four');
    const error = await failure(releases.upload(draft, { name: 'a.txt', content: { ...content(bytes), length } }));
    expect(error.code).toBe('SUBJECT_CHANGED');
    expect(await releases.assetsOf(draft)).toEqual([]);
  });

  test('is read no faster than it is sent', async () => {
    const draft = await writer().createDraft('octo/app', { tag: 'v1' });
    let opened = 0;
    let readBeforeResponse = 0;
    await using slow = await serve((request) => request.pause());
    const size = 512 * 1024 * 1024;
    const piece = new Uint8Array(1024 * 1024);
    const endless: StreamedBody = {
      length: size,
      async *open() {
        opened += 1;
        for (let at = 0; at < size; at += piece.length) {
          readBeforeResponse += piece.length;
          yield piece;
        }
      },
    };
    const uploadUrl = draft.uploadUrl.replace(/^http:\/\/[^/]+/, slow.origin);
    const releases = client({ contents: 'write' }, 200);
    await failure(releases.upload({ ...draft, uploadUrl }, { name: 'a', content: endless }));
    expect(opened).toBe(1);
    expect(readBeforeResponse).toBeLessThan(size / 8);
  });
});

describe('the token is not sent', () => {
  test.each([
    ['https://uploads.example', 'https://uploads.example'],
    ['https://uploads.github.com.example', 'https://uploads.github.com.example'],
    ['http://uploads.github.com', 'http://uploads.github.com'],
    ['http://127.0.0.1:9', 'http://127.0.0.1:9'],
  ])('to %s for an upload', async (_, origin) => {
    const requests: string[] = [];
    const releases = openReleases({
      http: async ({ url }) => {
        requests.push(url.href);
        return { status: 500, headers: {}, body: new Uint8Array() };
      },
      token: new Secret('ghs_x'),
      apiUrl: 'https://api.github.com',
      clock: time.clock,
    });
    const draft = { ...exampleDraft, uploadUrl: `${origin}/repos/octo/app/releases/1/assets` };
    const error = await failure(releases.upload(draft, file('a')));
    expect([error.code, error.message]).toEqual([
      'SERVICE_RESPONSE_INVALID',
      expect.stringContaining('which is not a host of this API'),
    ]);
    expect(requests).toEqual([]);
  });

  test.each([
    ['https://api.github.com', 'https://uploads.github.com'],
    ['https://api.octo.ghe.com', 'https://uploads.octo.ghe.com'],
    ['https://github.example/api/v3', 'https://github.example/api/uploads'],
  ])('but from %s to %s', async (apiUrl, base) => {
    const requests: string[] = [];
    const releases = openReleases({
      http: async ({ url, headers }) => {
        requests.push(`${url.origin}${url.pathname} ${url.searchParams.get('name')} ${headers.authorization}`);
        return { status: 400, headers: {}, body: new Uint8Array() };
      },
      token: new Secret('ghs_x'),
      apiUrl,
      clock: time.clock,
    });
    const draft = { ...exampleDraft, uploadUrl: `${base}/repos/octo/app/releases/1/assets` };
    await failure(releases.upload(draft, file('a')));
    expect(requests).toEqual([`${base}/repos/octo/app/releases/1/assets a Bearer ghs_x`]);
  });

  test.each([
    'https://uploads.github.com/repos/octo/app/releases/2/assets',
    'https://uploads.github.com/repos/octo/app/releases/1/assets?x=',
    'https://uploads.github.com/',
    'nowhere',
  ])('to an address that is not that of the release: %s', async (uploadUrl) => {
    const error = await failure(writer().upload({ ...exampleDraft, uploadUrl }, file('a')));
    expect([error.code, error.message]).toEqual([
      'SERVICE_RESPONSE_INVALID',
      expect.stringContaining('which is not such an address'),
    ]);
  });

  test('to another host, to which a published asset is redirected', async () => {
    const bytes = Buffer.from('content');
    await using end = await answering({ body: bytes });
    await using start = await answering(({ url }) => ({
      status: 302,
      headers: { location: url === '/3' ? end.origin : `/${Number(url.slice(1)) + 1}` },
    }));
    const asset = { ...exampleAsset, downloadUrl: `${start.origin}/1` };
    expect(await writer().downloadPublished(asset)).toEqual({ digest: digestOf(bytes), size: 7 });
    for (const { headers } of [...start.received, ...end.received]) expect(headers.authorization).toBeUndefined();
  });

  test('to the API for the download of a published asset', async () => {
    const asset = { ...exampleAsset, downloadUrl: `${sandbox.urls.github}/repos/octo/app` };
    await writer().downloadPublished(asset);
    expect(lastRequest('github')).not.toMatch(/authorization/i);
  });

  test('and endless redirections of a download end', async () => {
    await using start = await answering({ status: 302, headers: { location: '/' } });
    const error = await failure(writer().downloadPublished({ ...exampleAsset, downloadUrl: start.origin }));
    expect([error.code, error.message]).toEqual(['SERVICE_RESPONSE_INVALID', expect.stringContaining('too often')]);
  });

  test.each(['http://storage.example/a', 'file:///etc/passwd', 'x:', 'none'])('nor is anything to %s', async (to) => {
    const error = await failure(writer().downloadPublished({ ...exampleAsset, downloadUrl: to }));
    expect([error.code, error.message]).toEqual(['SERVICE_RESPONSE_INVALID', expect.stringContaining('invalid URL')]);
  });
});

describe('immutable releases', () => {
  test('are on, off, or unknown to a job', async () => {
    expect(await writer().immutableReleases('octo/app')).toBe('unknown');
    const admin = openReleases({
      http: connections.send,
      token: new Secret(sandbox.github.userToken('jane', [app])),
      apiUrl: sandbox.urls.github,
      clock: time.clock,
    });
    expect(await admin.immutableReleases('octo/app')).toBe('off');
    app.immutableReleases = true;
    expect(await admin.immutableReleases('octo/app')).toBe('on');
    const revoked = sandbox.github.jobToken(app, {});
    sandbox.github.revoke(revoked);
    const late = openReleases({
      http: connections.send,
      token: new Secret(revoked),
      apiUrl: sandbox.urls.github,
      clock: time.clock,
    });
    expect((await failure(late.immutableReleases('octo/app'))).code).toBe('PERMISSION_MISSING');
    sandbox.faults.set('github', secondaryRateLimit(), 1);
    expect((await failure(admin.immutableReleases('octo/app'))).code).toBe('RATE_LIMITED');
  });

  test('refuse changes after publication, and keep their tags', async () => {
    app.immutableReleases = true;
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    const asset = await upload(releases, draft, file('a.txt'));
    const published = await releases.publish(draft);
    expect(published.isImmutable).toBe(true);
    expect(sandbox.github.attestations.all.map(({ predicateType }) => predicateType)).toEqual([
      expect.stringContaining('in-toto.io/attestation/release'),
    ]);
    for (const change of [releases.upload(published, file('b.txt')), releases.deleteAsset(published, asset)])
      expect(await failure(change)).toMatchObject({
        code: 'RELEASE_IMMUTABLE',
        remedy: expect.stringContaining('draft'),
      });
    expect((await failure(releases.deleteDraft(published))).code).toBe('USAGE');
    await releases.deleteDraft(draft);
    expect(await failure(releases.createDraft('octo/app', { tag: 'v1' }))).toMatchObject({
      code: 'RELEASE_TAG_USED',
      message: expect.stringContaining('"v1"'),
    });
  });
});

describe('a refusal', () => {
  test('for a missing permission names it', async () => {
    const error = await failure(client({ contents: 'read' }).createDraft('octo/app', { tag: 'v1' }));
    expect([error.code, error.remedy]).toEqual([
      'PERMISSION_MISSING',
      expect.stringContaining('Add `contents: write`'),
    ]);
  });

  test('for a repository by its former name does not pass for success', async () => {
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    const asset = await upload(releases, draft, file('a'));
    sandbox.github.rename(app, 'octo/new');
    for (const request of [
      releases.createDraft('octo/app', { tag: 'v2' }),
      releases.publish(draft),
      releases.deleteAsset(draft, asset),
    ])
      expect(await failure(request)).toMatchObject({
        code: 'SERVICE_REFUSED',
        remedy: expect.stringContaining('present name'),
      });
    expect(await releases.assetsOf(draft)).toEqual([expect.objectContaining({ id: asset.id })]);
  });

  test('for a rate limit stops further uploads', async () => {
    const releases = writer();
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    sandbox.faults.set(uploads, secondaryRateLimit(90), 1);
    expect((await failure(releases.upload(draft, file('a')))).code).toBe('RATE_LIMITED');
    expect((await failure(releases.upload(draft, file('a')))).code).toBe('RATE_LIMITED');
    time.now += 90_000;
    await upload(releases, draft, file('a'));
  });

  test.each([
    ['the state', { draft: 'yes' }],
    ['the address of uploads', { upload_url: '' }],
  ])('of a response with an invalid member: %s', async (_, change) => {
    const draft = await writer().createDraft('octo/app', { tag: 'v1' });
    alter(change);
    expect((await failure(writer().findById('octo/app', draft.id))).code).toBe('SERVICE_RESPONSE_INVALID');
  });
});

const exampleDraft: GitHubRelease = {
  id: 1,
  repository: 'octo/app',
  tag: 'v1',
  target: 'main',
  isDraft: true,
  isImmutable: false,
  body: '',
  hasAssets: false,
  uploadUrl: '',
  url: 'https://github.com/octo/app/releases/tag/untagged-1',
};

const exampleAsset: ReleaseAsset = {
  id: 1,
  name: 'a.txt',
  label: undefined,
  state: 'uploaded',
  size: 7,
  digest: undefined,
  downloadUrl: '',
};

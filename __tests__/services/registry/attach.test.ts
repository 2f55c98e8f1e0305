import { describe, expect, test } from '@jest/globals';
import { digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import type { Attachment, RepositoryClient } from '../../../src/services/registry/index.ts';
import { answering, withHttp } from '../loopback.ts';
import { failureOf, index, json, manifest, memory, open, type Stored, sha256, withClient } from './kit.ts';

const subject = digest('sha256', utf8('subject'));
const tag = `sha256-${formatDigest(subject).slice(7)}`;
const artifactType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const annotations = { 'dev.sigstore.bundle.content': 'dsse-envelope' };

function attachment(name = 'one'): Attachment {
  const document = {
    schemaVersion: 2,
    mediaType: manifest,
    artifactType,
    subject: { digest: formatDigest(subject) },
    name,
  };
  return { mediaType: manifest, bytes: utf8(json(document)), subject, artifactType, annotations };
}

const own = digest('sha256', attachment().bytes);
const attach = (client: RepositoryClient) => client.attach(attachment());

function entryOf({ bytes }: Attachment): object {
  return { mediaType: manifest, size: bytes.length, artifactType, annotations, digest: sha256(bytes) };
}

function indexOf(...manifests: readonly object[]): Stored {
  return { type: index, body: Buffer.from(json({ schemaVersion: 2, mediaType: index, manifests })) };
}

function listed(stored: ReadonlyMap<string, Stored>): readonly string[] {
  const document = JSON.parse(String(stored.get(tag)?.body ?? '{"manifests":[]}'));
  return document.manifests.map((each: { readonly digest: string }) => each.digest);
}

describe('where there is the referrers API', () => {
  test('the manifest is stored, and no tag is made', async () => {
    const stored = new Map<string, Stored>();
    await using server = await answering(memory({ hasReferrersApi: true }, stored));
    expect(await withClient(server.origin, attach)).toEqual(own);
    expect([...stored.keys()]).toEqual([formatDigest(own)]);
  });

  test('a registry that takes a moment is waited for, without end it is not', async () => {
    const waits: number[] = [];
    const stored = new Map<string, Stored>();
    let hidden: Stored | undefined;
    const hide = (all: Map<string, Stored>): void => {
      hidden = all.get(formatDigest(own));
      all.clear();
    };
    await using server = await answering(memory({ hasReferrersApi: true, afterPut: hide }, stored));
    const show = (): void => {
      if (waits.length === 3 && hidden !== undefined) stored.set(formatDigest(own), hidden);
    };
    await withClient(server.origin, attach, { waits, onWait: show });
    // Half of 1 s, 2 s and 4 s: evenly spread, and random is in the middle here.
    expect(waits).toEqual([500, 1000, 2000]);
  });

  test('a registry that forgets what it acknowledged is told of', async () => {
    const waits: number[] = [];
    await using server = await answering(memory({ hasReferrersApi: true, afterPut: (all) => all.clear() }));
    const error = await failureOf(server.origin, attach, { waits });
    expect(error).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining('accepted the manifest'),
    });
    expect(waits).toHaveLength(5);
  });

  test('a registry that holds it and does not list it is told of', async () => {
    const answer = memory({ hasReferrersApi: true });
    await using server = await answering((request) =>
      request.url.includes('/referrers/')
        ? { headers: { 'content-type': index }, body: json({ manifests: [] }) }
        : answer(request),
    );
    const error = await failureOf(server.origin, attach);
    expect(error).toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining('the reference from'),
    });
  });
});

describe('where there is no referrers API', () => {
  test('the tag is made', async () => {
    const stored = new Map<string, Stored>();
    await using server = await answering(memory({}, stored));
    await withClient(server.origin, attach);
    expect(stored.get(tag)?.type).toBe(index);
    expect(JSON.parse(String(stored.get(tag)?.body))).toEqual({
      schemaVersion: 2,
      mediaType: index,
      manifests: [entryOf(attachment())],
    });
  });

  test('what is in the tag’s index stays as it is', async () => {
    const present = {
      schemaVersion: 2,
      mediaType: index,
      x: { y: 1 },
      manifests: [{ mediaType: 'm', digest: sha256('a'), size: 1, new: [1] }],
    };
    const stored = new Map<string, Stored>([[tag, { type: index, body: Buffer.from(json(present)) }]]);
    await using server = await answering(memory({}, stored));
    await withClient(server.origin, attach);
    expect(JSON.parse(String(stored.get(tag)?.body))).toEqual({
      ...present,
      manifests: [...present.manifests, entryOf(attachment())],
    });
  });

  test('what is listed already is not listed twice', async () => {
    const stored = new Map<string, Stored>();
    await using server = await answering(memory({}, stored));
    await withClient(server.origin, attach);
    await withClient(server.origin, attach);
    expect(listed(stored)).toEqual([formatDigest(own)]);
    expect(server.received.filter(({ method, url }) => method === 'PUT' && url.endsWith(tag))).toHaveLength(1);
  });

  test.each([
    ['"a"', '"a"'],
    ['W/"a"', undefined],
    ['a', undefined],
    ['"a"b"', undefined],
  ])('the mark %s of the tag’s state is sent back as %s', async (etag, sent) => {
    const answer = memory({}, new Map([[tag, indexOf()]]));
    await using server = await answering((request) => {
      const { headers = {}, ...rest } = answer(request);
      return { ...rest, headers: { ...headers, etag } };
    });
    await withClient(server.origin, attach);
    const put = server.received.find(({ method, url }) => method === 'PUT' && url.endsWith(tag));
    expect(put?.headers['if-match']).toBe(sent);
  });

  test('who wrote in between is not written over', async () => {
    const stored = new Map<string, Stored>([[tag, indexOf(entryOf(attachment('first')))]]);
    let others = 0;
    const beforeTag = (all: Map<string, Stored>): undefined => {
      if (others++ < 2)
        all.set(tag, indexOf(...[...Array(others + 1).keys()].map((at) => entryOf(attachment(`other ${at}`)))));
    };
    await using server = await answering(memory({ hasEtags: true, beforeTag }, stored));
    const waits: number[] = [];
    await withClient(server.origin, attach, { waits });
    expect(listed(stored)).toEqual(
      [0, 1, 2].map((at) => sha256(attachment(`other ${at}`).bytes)).concat(formatDigest(own)),
    );
    expect(waits).toEqual([500, 1000]);
  });

  test('nor who made the tag in between', async () => {
    const stored = new Map<string, Stored>();
    const beforeTag = (all: Map<string, Stored>): undefined => {
      if (!all.has(tag)) all.set(tag, indexOf(entryOf(attachment('other'))));
    };
    await using server = await answering(memory({ hasEtags: true, beforeTag }, stored));
    await withClient(server.origin, attach);
    expect(listed(stored)).toEqual([sha256(attachment('other').bytes), formatDigest(own)]);
  });

  test('a registry that takes no condition on a tag that is not there is asked without', async () => {
    const stored = new Map<string, Stored>();
    const answer = memory({}, stored);
    await using server = await answering((request) =>
      request.headers['if-none-match'] === undefined ? answer(request) : { status: 412 },
    );
    await withClient(server.origin, attach);
    expect(listed(stored)).toEqual([formatDigest(own)]);
  });

  test('a tag that is taken for the digest is not taken over into the index', async () => {
    const image = Buffer.from(
      json({ mediaType: index, manifests: [{ mediaType: 'm', digest: sha256('a'), size: 1 }] }),
    );
    const itself = digest('sha256', image);
    const name = `sha256-${formatDigest(itself).slice(7)}`;
    const stored = new Map<string, Stored>([[name, { type: index, body: image }]]);
    await using server = await answering(memory({}, stored));
    await withClient(server.origin, (client) => client.attach({ ...attachment(), subject: itself }));
    expect(JSON.parse(String(stored.get(name)?.body)).manifests).toEqual([entryOf(attachment())]);
  });

  test('a tag that others never stop to change is given up', async () => {
    let others = 0;
    const beforeTag = (all: Map<string, Stored>): undefined => {
      all.set(tag, indexOf(entryOf(attachment(`other ${others++}`))));
    };
    await using server = await answering(memory({ hasEtags: true, beforeTag }, new Map([[tag, indexOf()]])));
    const error = await failureOf(server.origin, attach);
    expect(error).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('changed by other clients during 6 attempts'),
    });
    expect(others).toBe(6);
  });

  test('who writes over it, without If-Match, is noticed, and it is added again', async () => {
    const stored = new Map<string, Stored>();
    let others = 0;
    const afterPut = (all: Map<string, Stored>, name: string): void => {
      if (name === tag && others++ === 0) all.set(tag, indexOf(entryOf(attachment('other'))));
    };
    await using server = await answering(memory({ afterPut }, stored));
    await withClient(server.origin, attach);
    expect(listed(stored)).toEqual([sha256(attachment('other').bytes), formatDigest(own)]);
  });

  test('a registry that forgets the tag it acknowledged is told of', async () => {
    const afterPut = (all: Map<string, Stored>, name: string): void => {
      if (name === tag) all.delete(tag);
    };
    await using server = await answering(memory({ afterPut }));
    const error = await failureOf(server.origin, attach);
    expect(error.code).toBe('SERVICE_RESPONSE_INVALID');
    expect(error.message).toContain(`accepted ${tag} with ${formatDigest(own)} but does not have it`);
  });

  test.each([
    [403, 'SERVICE_REFUSED'],
    [412, 'SERVICE_REFUSED'],
    [500, 'SERVICE_UNAVAILABLE'],
  ])('a refusal of the tag, %d, is one', async (status, code) => {
    await using server = await answering(memory({ beforeTag: () => ({ status }) }));
    expect((await failureOf(server.origin, attach)).code).toBe(code);
  });

  test('an index that cannot be read is not written over', async () => {
    for (const broken of [Buffer.from('{'), Buffer.from(json({ manifests: [{}] }))]) {
      const stored = new Map<string, Stored>([[tag, { type: index, body: broken }]]);
      await using server = await answering(memory({}, stored));
      expect((await failureOf(server.origin, attach)).code).toBe('SERVICE_RESPONSE_INVALID');
      expect(stored.get(tag)?.body).toBe(broken);
    }
  });

  test('four at once, with a registry that holds them to If-Match, are all listed', async () => {
    const stored = new Map<string, Stored>([[tag, indexOf()]]);
    await using server = await answering(memory({ hasEtags: true }, stored));
    const all = Array.from({ length: 4 }, (_, at) => attachment(`of ${at}`));
    await withHttp(async (http) => {
      await Promise.all(all.map((each) => open(http, new URL(server.origin).host).attach(each)));
    });
    expect([...listed(stored)].sort()).toEqual(all.map(({ bytes }) => sha256(bytes)).sort());
  });

  test('sixteen at once by one client, with a registry without If-Match, are all listed after one write each', async () => {
    const stored = new Map<string, Stored>();
    let writes = 0;
    const afterPut = (_: unknown, name: string): void => {
      if (name === tag) writes++;
    };
    await using server = await answering(memory({ afterPut }, stored));
    const all = Array.from({ length: 16 }, (_, at) => attachment(`of ${at}`));
    await withClient(server.origin, (client) => Promise.all(all.map((each) => client.attach(each))));
    expect([...listed(stored)].sort()).toEqual(all.map(({ bytes }) => sha256(bytes)).sort());
    expect(writes).toBe(16);
  });
});

/** The sandbox's registries: who refers to a manifest, by the API or, where there is none, by a tag. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../index.ts';
import {
  type Answer,
  ask,
  type Descriptor,
  describeContent,
  digestOf,
  emptyType,
  imageOf,
  imageType,
  indexOf,
  indexType,
  RepositoryClient,
  refusal,
} from './registry-client.ts';

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.registry.configure({ referrersPageSize: 100 }));

/** A repository with one image, and what refers to it. */
async function referredTo(name: string, registry = sandbox.urls.registry) {
  const repository = new RepositoryClient(registry, name);
  const subject = await repository.pushImage('latest');
  const refer = (extra: Readonly<Record<string, unknown>>) => {
    const manifest = imageOf({ subject, ...extra });
    return repository.put(digestOf(manifest), manifest);
  };
  const list = (query = '') => repository.ask(`referrers/${subject.digest}${query}`);
  return { repository, subject, refer, list };
}

function manifestsOf({ text }: Answer): readonly Descriptor[] {
  return JSON.parse(text).manifests;
}

describe('the referrers API', () => {
  test('lists what has the subject, as the specification describes it', async () => {
    const { repository, subject, refer, list } = await referredTo('listed');
    const annotations = { 'dev.sigstore.bundle.content': 'dsse-envelope' };
    const put = await refer({ artifactType: bundleType, annotations });
    expect([put.status, put.headers.get('oci-subject')]).toEqual([201, subject.digest]);
    // Without an artifact type, an image is of its config's, and an index of none.
    await refer({});
    const index = indexOf([], { subject, annotations });
    await repository.put(digestOf(index), index, indexType);

    const { status, headers, text } = await list();
    expect([status, headers.get('content-type'), headers.get('link')]).toEqual([200, indexType, null]);
    const described = (manifest: string, more: object) => ({ ...describeContent(manifest, imageType), ...more });
    expect(JSON.parse(text)).toEqual({
      schemaVersion: 2,
      mediaType: indexType,
      manifests: [
        described(imageOf({ subject, artifactType: bundleType, annotations }), {
          artifactType: bundleType,
          annotations,
        }),
        described(imageOf({ subject }), { artifactType: emptyType }),
        described(index, { mediaType: indexType, annotations }),
      ],
    });
  });

  test('filters by the type of artifact, and says so', async () => {
    const { refer, list } = await referredTo('filtered');
    await refer({ artifactType: bundleType });
    await refer({ artifactType: 'application/spdx+json' });
    const filtered = await list(`?artifactType=${encodeURIComponent(bundleType)}`);
    expect(filtered.headers.get('oci-filters-applied')).toBe('artifactType');
    expect(manifestsOf(filtered)).toEqual([expect.objectContaining({ artifactType: bundleType })]);
    expect((await list()).headers.has('oci-filters-applied')).toBe(false);
    expect(manifestsOf(await list('?artifactType=none'))).toEqual([]);
  });

  test('has pages, which link to the next one', async () => {
    const { refer, list } = await referredTo('paged');
    for (const at of ['1', '2', '3', '4', '5']) await refer({ artifactType: bundleType, annotations: { at } });
    sandbox.registry.configure({ referrersPageSize: 2 });
    const pages: (readonly Descriptor[])[] = [];
    let answer = await list(`?artifactType=${encodeURIComponent(bundleType)}`);
    for (;;) {
      pages.push(manifestsOf(answer));
      const [, next] = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '') ?? [];
      if (next === undefined) break;
      answer = await ask(new URL(next, sandbox.urls.registry));
      expect(answer.headers.get('oci-filters-applied')).toBe('artifactType');
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(new Set(pages.flat().map(({ digest }) => digest)).size).toBe(5);
  });

  test('lists nobody where there is nobody, and refuses what is no digest', async () => {
    const nobody = new RepositoryClient(sandbox.urls.registry, 'nobody');
    const answer = await nobody.ask(`referrers/${digestOf('nothing')}`);
    expect([answer.status, manifestsOf(answer)]).toEqual([200, []]);
    expect(refusal(await nobody.ask('referrers/latest'))).toEqual([400, 'DIGEST_INVALID']);
  });

  test('lists what came before its subject', async () => {
    const repository = new RepositoryClient(sandbox.urls.registry, 'early');
    await repository.pushBlob('{}');
    const subject = describeContent(imageOf(), imageType);
    const put = await repository.put('early', imageOf({ subject }));
    expect([put.status, put.headers.get('oci-subject')]).toEqual([201, subject.digest]);
    expect(manifestsOf(await repository.ask(`referrers/${subject.digest}`))).toHaveLength(1);
  });
});

describe('a registry without it', () => {
  test('answers 404 in plain text, and does not say that it has seen a subject', async () => {
    const { refer, list } = await referredTo('plain', sandbox.urls.registryWithoutReferrers);
    const put = await refer({ artifactType: bundleType });
    expect([put.status, put.headers.get('oci-subject')]).toEqual([201, null]);
    const answer = await list();
    expect([answer.status, answer.text]).toEqual([404, '404 page not found\n']);
  });

  test('lets clients keep the list under a tag, each over what the other wrote only if it has seen it', async () => {
    const { repository, subject, refer } = await referredTo('tagged', sandbox.urls.registryWithoutReferrers);
    const tag = subject.digest.replace(':', '-');
    await refer({ artifactType: bundleType });
    const one = describeContent(imageOf({ subject, artifactType: bundleType }), imageType);
    expect((await repository.ask(`manifests/${tag}`)).status).toBe(404);
    expect((await repository.put(tag, indexOf([one]), indexType)).status).toBe(201);
    const etag = (await repository.ask(`manifests/${tag}`)).headers.get('etag') ?? '';
    const writes = [{ by: 'one' }, { by: 'another' }].map((annotations) =>
      repository.put(tag, indexOf([one], { annotations }), indexType, { 'if-match': etag }),
    );
    expect((await Promise.all(writes)).map(({ status }) => status).sort()).toEqual([201, 412]);
  });
});

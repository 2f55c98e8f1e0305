/** Issuing signatures again, in the library: what is verified, signed, kept and replaced. */

import { createHash } from 'node:crypto';
import * as files from 'node:fs/promises';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fault } from '../../../sandbox/index.ts';
import { parseDigest } from '../../../src/core/crypto/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { readStatement } from '../../../src/core/statement/index.ts';
import { readSigningConfig } from '../../../src/core/trust/index.ts';
import { artifactOfDigest, readBundle, verify } from '../../../src/core/verify/index.ts';
import {
  folderSource,
  listSource,
  manifestSource,
  type OldPolicy,
  type ReissueReport,
  type ReissueRequest,
  reissueDryRun,
  reissueRun,
  type Source,
} from '../../../src/run/reissue/index.ts';
import { deliverRun, signRun } from '../../../src/run/sign/index.ts';
import type { World } from '../../../src/run/world/index.ts';
import { type Settings, Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterEach(() => place.reset());
afterAll(() => place[Symbol.asyncDispose]());

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const path = (...names: readonly string[]): string => join(place.folder, ...names);
const text = (...names: readonly string[]): Promise<string> => readFile(path(...names), 'utf8');

/** Signs new files, and returns the texts of their bundles by name. */
async function sign(...names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  await place.write(...names);
  const world = place.world();
  const receipt = await signRun(place.request({ concurrency: 8 }, world), world);
  expect(receipt.unsigned).toEqual([]);
  return new Map(await Promise.all(names.map(async (name) => [name, await text(`${name}.sigstore.json`)] as const)));
}

/** Writes a list of the bundles of files. */
async function list(...lines: readonly string[]): Promise<Source> {
  await writeFile(path('list'), lines.map((line) => `${line}\n`).join(''));
  return listSource(path('list'), place.world());
}

function old(changes: Partial<OldPolicy> = {}): OldPolicy {
  const { policy, trust } = place.verification([]);
  return { policy, trust, before: undefined, without: { logs: [], authorities: [], keys: [] }, ...changes };
}

interface Changes extends Partial<Omit<ReissueRequest, 'source' | 'old'>> {
  readonly old?: Partial<OldPolicy>;
  readonly settings?: Settings;
  readonly world?: (world: World) => World;
}

async function reissue(
  source: Source | ((world: World) => Source),
  { settings, world: change, ...changes }: Changes = {},
): Promise<ReissueReport> {
  const given = place.world(settings);
  const world = change === undefined ? given : change(given);
  return reissueRun(
    {
      source: typeof source === 'function' ? source(world) : source,
      mode: { kind: 'sign', signing: place.request({}, world), reason: 'the log was compromised' },
      state: path('state'),
      concurrency: 8,
      confirm: async () => undefined,
      ...changes,
      old: old(changes.old),
    },
    world,
  );
}

const verifies = async (bundle: string, content: string): Promise<unknown> => {
  const { trust } = place.instance;
  const [root] = place.verification([]).trust.roots;
  const policy = { ...place.verification([]).policy };
  const { signer, content: contents, thresholds, witnesses } = policy;
  return verify(
    readBundle(bundle),
    artifactOfDigest(parseDigest(`sha256:${sha256(content)}`)),
    trust,
    {
      signer,
      content: contents,
      witnesses,
      sandbox: 'accept',
      thresholds: { ...root?.thresholds, signedCertificateTimestamps: 1, logEntries: 1, timestamps: 1, ...thresholds },
    },
    place.clock(),
  );
};

const codes = ({ failures }: ReissueReport): readonly string[] => failures.map(({ error }) => error.code);

describe('a list', () => {
  test('has bundles, files, digests with bundles and JSON, all of which are signed again, and keeps the old ones', async () => {
    const before = await sign('a.txt', 'b.txt', 'c.txt', 'd.txt');
    const source = await list(
      '# paths are relative to the list',
      '',
      'a.txt',
      'b.txt.sigstore.json',
      `sha256:${sha256('contents of c.txt\n')}  c.txt.sigstore.json`,
      JSON.stringify({ bundle: path('d.txt.sigstore.json'), name: 'the last' }),
    );
    const report = await reissue(source);
    expect(report).toMatchObject({ counts: { reissued: 4, failed: 0 }, failures: [], unknown: 0 });
    for (const [name, bundle] of before) {
      const now = await text(`${name}.sigstore.json`);
      expect(now).not.toBe(bundle);
      await verifies(now, `contents of ${name}\n`);
    }
    const kept = (await place.list()).filter((name) => name.startsWith('state/old/'));
    const texts = await Promise.all(kept.map((name) => text(name)));
    expect(texts.sort()).toEqual([...before.values()].sort());
    expect((await place.list()).filter((name) => name.startsWith('state/new/'))).toEqual([]);
  });

  test('links old and new bundles in one signed statement, which a policy can require', async () => {
    const before = await sign('a.txt', 'b.txt');
    const entries = place.count('rekor-v2');
    const { links } = await reissue(await list('a.txt', 'b.txt'), { old: { before: new Date('2999-01-01') } });
    // Two signatures, and one statement about both.
    expect(place.count('rekor-v2') - entries).toBe(3);
    expect(links).toEqual([path('state', 'links', '0001.sigstore.json')]);
    const bundle = readBundle(await text('state', 'links', '0001.sigstore.json'));
    await verifies(await text('state', 'links', '0001.sigstore.json'), 'contents of b.txt\n');
    if (bundle.content.kind !== 'dsse-envelope') throw new Error('the link is not a statement');
    const { predicateType, predicate, subjects } = readStatement(bundle.content.payload);
    expect(predicateType).toBe('urn:countersign:reissue:v1');
    expect(subjects.map(({ name }) => name).sort()).toEqual(['a.txt', 'b.txt']);
    const link = (name: string) => ({
      name,
      digest: `sha256:${sha256(`contents of ${name}\n`)}`,
      old: { digest: `sha256:${sha256(before.get(name) ?? '')}`, logEntries: [{ log: place.sandbox.urls.rekor }] },
    });
    const found = predicate.signatures;
    expect(predicate).toMatchObject({ reason: 'the log was compromised', signedBefore: '2999-01-01T00:00:00.000Z' });
    expect(found).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'a.txt' })]));
    const byName = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
    expect(Array.isArray(found) && [...found].sort(byName)).toMatchObject([link('a.txt'), link('b.txt')].sort(byName));
    const next = `sha256:${sha256(await text('a.txt.sigstore.json'))}`;
    expect(JSON.stringify(found)).toContain(next);
  });

  test('has bad lines, which are reported with their numbers, and do not stop the others', async () => {
    await sign('a.txt', 'b.txt');
    const hex = sha256('contents of b.txt\n');
    const report = await reissue(
      await list(
        'a.txt',
        `sha256:${hex}`,
        'sha256:12 b.txt.sigstore.json',
        '{"digest":"sha256:12"}',
        '{"bundle":',
        'missing.sigstore.json',
        'list',
        `sha256:${sha256('other')} b.txt.sigstore.json`,
        'x'.repeat(1_100_000),
      ),
    );
    expect(report.counts).toMatchObject({ reissued: 1, failed: 8 });
    expect(report.failures.map(({ location, error }) => [location, error.code]).sort()).toEqual(
      [
        [path('list:2'), 'USAGE'],
        [path('list:3'), 'USAGE'],
        [path('list:4'), 'USAGE'],
        [path('list:5'), 'USAGE'],
        [path('missing.sigstore.json'), 'BUNDLE_MISSING'],
        [path('list.sigstore.json'), 'BUNDLE_MISSING'],
        [path('b.txt.sigstore.json'), 'ARTIFACT_MISMATCH'],
        [path('list:9'), 'LIMIT_EXCEEDED'],
      ].sort(),
    );
  });

  test('names a file whose content has changed, and a bundle twice', async () => {
    const before = await sign('a.txt', 'b.txt');
    await writeFile(path('a.txt'), 'other contents');
    const report = await reissue(await list('a.txt', 'b.txt', 'b.txt.sigstore.json', 'b.txt'));
    expect(report.counts).toMatchObject({ reissued: 1, done: 2, failed: 1 });
    expect(codes(report)).toEqual(['ARTIFACT_MISMATCH']);
    expect(await text('a.txt.sigstore.json')).toBe(before.get('a.txt'));
  });

  test('without any signature is refused before a token is requested', async () => {
    await expect(reissue(await list('# nothing'))).rejects.toMatchObject({ code: 'SUBJECT_MISSING' });
    await expect(reissue(listSource(path('none'), place.world()))).rejects.toMatchObject({ code: 'USAGE' });
    expect(place.count('oidc')).toBe(0);
  });
});

describe('other sources', () => {
  test('the manifest of a signing run', async () => {
    await place.write('a.txt', 'b.txt');
    const world = place.world();
    const receipt = await signRun(place.request({}, world), world);
    const places = { workspace: place.folder, bundleDirectory: undefined };
    await deliverRun(receipt, { places, collect: true, deliveries: [] }, world);
    const [manifest = ''] = (await place.list()).filter((name) => /manifest/.test(name));
    const report = await reissue(manifestSource(path(manifest), place.world()));
    expect(report.counts).toMatchObject({ reissued: 2, failed: 0 });
    await writeFile(path('cut'), (await text(manifest)).slice(0, -4));
    const cut = await reissue(manifestSource(path('cut'), place.world()), { state: path('other') }).catch((e) => e);
    expect(cut).toMatchObject({ code: 'USAGE' });
    await writeFile(path('no-manifest'), 'a.txt\n');
    await expect(reissue(manifestSource(path('no-manifest'), place.world()))).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('a folder', async () => {
    await sign('a.txt', 'b.txt');
    await files.mkdir(path('below', 'deep'), { recursive: true });
    await files.rename(path('b.txt.sigstore.json'), path('below', 'deep', 'b.txt.sigstore.json'));
    const report = await reissue(folderSource(place.folder, place.world()));
    expect(report.counts).toMatchObject({ reissued: 2, failed: 0 });
    await expect(reissue(folderSource(path('none'), place.world()))).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('what is compromised', () => {
  const without = (changes: Partial<OldPolicy['without']>): Partial<OldPolicy> => ({
    without: { logs: [], authorities: [], keys: [], ...changes },
  });

  test('a log does not count: what depends on it is not signed again', async () => {
    const before = await sign('a.txt');
    const log = place.instance.trust.transparencyLogs.find(({ baseUrl }) => baseUrl === place.sandbox.urls.rekor);
    const source = await list('a.txt');
    const entries = place.count('rekor-v2');
    const certificateLog = await reissue(source, {
      old: without({ logs: [place.sandbox.urls.certificateLog] }),
      state: path('ct'),
    });
    expect(codes(certificateLog)).toEqual(['SCT_MISSING']);
    for (const name of [place.sandbox.urls.rekor, `sha256:${sha256(log?.publicKey.spki ?? '')}`]) {
      const report = await reissue(source, { old: without({ logs: [name] }), state: path(`state-${name.length}`) });
      expect(codes(report)).toEqual(['LOG_ENTRY_MISSING']);
    }
    expect(place.count('rekor-v2')).toBe(entries);
    expect(await text('a.txt.sigstore.json')).toBe(before.get('a.txt'));
    // The policy may do without a log: the timestamp and the certificate remain.
    const { policy } = place.verification([]);
    const report = await reissue(source, {
      old: { ...without({ logs: [place.sandbox.urls.rekor] }), policy: { ...policy, thresholds: { logEntries: 0 } } },
    });
    expect(report.counts).toMatchObject({ reissued: 1 });
  });

  test('an authority does not count', async () => {
    await sign('a.txt');
    const source = await list('a.txt');
    const { certificateAuthorities, timestampAuthorities } = place.instance.trust;
    const fingerprint = `sha256:${sha256(certificateAuthorities[0]?.chain[0].der ?? '')}`;
    const byCertificate = await reissue(source, { old: without({ authorities: [fingerprint] }), state: path('1') });
    expect(codes(byCertificate)).toEqual(['CERTIFICATE_UNTRUSTED']);
    const key = `sha256:${sha256(certificateAuthorities[0]?.chain[0].publicKey.spki ?? '')}`;
    const byKey = await reissue(source, { old: without({ authorities: [key] }), state: path('3') });
    expect(codes(byKey)).toEqual(['CERTIFICATE_UNTRUSTED']);
    const byUri = await reissue(source, {
      old: without({ authorities: [timestampAuthorities[0]?.uri ?? ''] }),
      state: path('2'),
    });
    expect(codes(byUri)).toEqual(['TIMESTAMP_MISSING']);
  });

  test('the time of a log remains, if an authority is compromised', async () => {
    await place.write('a.txt');
    const world = place.world();
    const signingConfig = readSigningConfig(JSON.stringify(place.sandbox.signingConfigRekorV1));
    await signRun(place.request({ instance: { ...place.instance, signingConfig } }, world), world);
    const { timestamps, logEntries } = readBundle(await text('a.txt.sigstore.json'));
    expect([timestamps.length, logEntries.length]).toEqual([1, 1]);
    const source = await list('a.txt');
    const authorities = [place.instance.trust.timestampAuthorities[0]?.uri ?? ''];
    expect((await reissue(source, { old: without({ authorities }) })).counts).toMatchObject({ reissued: 1 });
  });

  test('a key did sign', async () => {
    const before = await sign('a.txt');
    const { signer } = readBundle(before.get('a.txt') ?? '');
    if (signer.kind !== 'certificate') throw new Error('the bundle has no certificate');
    const { readCertificate } = await import('../../../src/core/certificate/index.ts');
    const key = `sha256:${sha256(readCertificate(signer.certificate).publicKey.spki)}`;
    const source = await list('a.txt');
    const report = await reissue(source, { old: without({ keys: [key] }) });
    expect(codes(report)).toEqual(['KEY_MISMATCH']);
    const other = { old: without({ keys: ['my key'] }), state: path('other') };
    await expect(reissue(source, other)).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('a name that no trusted root has is refused', async () => {
    await sign('a.txt');
    const source = await list('a.txt');
    for (const changes of [{ logs: ['https://rekor.example'] }, { authorities: ['https://ca.example'] }])
      await expect(reissue(source, { old: without(changes) })).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('a time: only what is proven to have existed before it is signed again', async () => {
    await sign('a.txt');
    const source = await list('a.txt');
    const report = await reissue(source, { old: { before: new Date('2020-01-01') } });
    expect(codes(report)).toEqual(['TIMESTAMP_MISMATCH']);
  });

  test('a policy that matches nothing signs nothing', async () => {
    await sign('a.txt', 'b.txt');
    const entries = place.count('rekor-v2');
    const { policy } = place.verification([], { identity: 'https://github.com/other/other' });
    const report = await reissue(await list('a.txt', 'b.txt'), { old: { policy } });
    expect(codes(report)).toEqual(['IDENTITY_MISMATCH', 'IDENTITY_MISMATCH']);
    expect(report.worst?.code).toBe('IDENTITY_MISMATCH');
    expect(place.count('rekor-v2')).toBe(entries);
  });

  test('a bundle that no longer verifies is kept, and reported', async () => {
    const before = await sign('a.txt', 'b.txt');
    const changed = (before.get('a.txt') ?? '').replace(/"signature":"..../, '"signature":"AAAA');
    await writeFile(path('a.txt.sigstore.json'), changed);
    const report = await reissue(await list('a.txt', 'b.txt'));
    expect(report.counts).toMatchObject({ reissued: 1, failed: 1 });
    expect(await text('a.txt.sigstore.json')).toBe(changed);
  });
});

describe('attestations', () => {
  test('the same statement is signed again, unchanged; provenance of another job is not', async () => {
    await place.write('a.txt');
    const statement = Buffer.from(
      JSON.stringify({
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: 'a.txt', digest: { sha256: sha256('contents of a.txt\n') } }],
        predicateType: 'https://example.com/v1',
        predicate: { spelt: '  as  it  is ' },
      }),
    );
    const world = place.world();
    const { signStatement } = await import('../../../src/run/sign/index.ts');
    await signStatement({ ...place.request({}, world), statement, bundlePath: path('a.sigstore.json') }, world);
    await signRun(place.request({ format: 'attestation', bundlePath: path('p.sigstore.json') }, world), world);
    place.sandbox.jobTokens.configure({ claims: { run_id: '777', run_attempt: '9' } });
    const provenance = await text('p.sigstore.json');
    const report = await reissue(await list('a.sigstore.json', 'p.sigstore.json'));
    expect(report.counts).toMatchObject({ reissued: 1, failed: 1 });
    expect(codes(report)).toEqual(['PROVENANCE_MISMATCH']);
    expect(await text('p.sigstore.json')).toBe(provenance);
    const { content } = readBundle(await text('a.sigstore.json'));
    expect(content.kind === 'dsse-envelope' && Buffer.from(content.payload).equals(statement)).toBe(true);
  });
});

describe('a run that is interrupted', () => {
  /** Fails all writes to the file system once something happens, as if the process had been killed. */
  const dying =
    (when: (name: string, target: string) => boolean) =>
    (world: World): World => {
      let dead = false;
      const handler: ProxyHandler<typeof files> = {
        get: (target, name, receiver) => {
          const value: unknown = Reflect.get(target, name, receiver);
          if (typeof value !== 'function') return value;
          return (...args: readonly unknown[]) => {
            dead ||= when(String(name), args.filter((one) => typeof one === 'string').join(' '));
            if (dead && /^(?:open|rename|rm|mkdir)$/.test(String(name))) throw new Error('killed');
            return Reflect.apply(value, target, args);
          };
        },
      };
      return { ...world, files: new Proxy(files, handler) };
    };

  test.each([
    [
      'before the new bundle is in the state',
      (name: string, to: string) => name === 'rename' && to.includes('/new/'),
      1,
    ],
    ['before the old bundle is', (name: string, to: string) => name === 'rename' && to.includes('/old/'), 0],
    [
      'before the bundle is delivered',
      (name: string, to: string) => name === 'rename' && to.endsWith('b.txt.sigstore.json'),
      0,
    ],
    ['before the state is cleaned', (name: string, to: string) => name === 'rm' && to.includes('/new/'), 0],
  ])('%s: the next one signs nothing twice', async (_, when, unknown) => {
    const before = await sign('a.txt', 'b.txt', 'c.txt');
    const source = await list('b.txt', 'a.txt', 'c.txt');
    const listed = (world: World): Source => listSource(path('list'), world);
    await expect(reissue(listed, { concurrency: 1, world: dying(when) })).rejects.toThrow('killed');
    const entries = place.count('rekor-v2');
    const report = await reissue(source);
    expect(report.unknown).toBe(unknown);
    // Two or three signatures, and a statement about all of them.
    expect(place.count('rekor-v2') - entries).toBe(3 + unknown);
    expect(report.counts).toMatchObject({ reissued: 3, failed: 0 });
    for (const [name, bundle] of before) {
      const now = await text(`${name}.sigstore.json`);
      expect(now).not.toBe(bundle);
      await verifies(now, `contents of ${name}\n`);
    }
    const kept = (await place.list()).filter((name) => name.startsWith('state/old/'));
    const whole = kept.filter((name) => name.endsWith('.json'));
    const digests = (await Promise.all(whole.map((name) => text(name)))).map(sha256);
    expect(digests.sort()).toEqual([...before.values()].map(sha256).sort());
    const again = await reissue(source);
    expect(again.counts).toMatchObject({ reissued: 0, done: 3 });
    expect(place.count('rekor-v2') - entries).toBe(3 + unknown);
  });

  test('a line of the journal that is cut off is removed; another run is refused', async () => {
    await sign('a.txt');
    const source = await list('a.txt');
    await reissue(source);
    await files.appendFile(path('state', 'journal.jsonl'), '{"begun":"12');
    expect((await reissue(source)).counts).toMatchObject({ done: 1 });
    await expect(reissue(source, { old: { before: new Date() } })).rejects.toMatchObject({ code: 'USAGE' });
    await writeFile(path('state', 'journal.jsonl'), 'x\n');
    await expect(reissue(source)).rejects.toMatchObject({ code: 'STATE_INVALID' });
  });

  test('one that was refused before it began leaves the state folder to others', async () => {
    await sign('a.txt');
    const source = await list('a.txt');
    const refused = { confirm: async () => Promise.reject(new Error('no')) };
    await expect(reissue(source, { ...refused, old: { before: new Date('2099-01-01') } })).rejects.toThrow('no');
    expect((await reissue(source)).counts).toMatchObject({ reissued: 1 });
    expect((await reissue(source)).counts).toMatchObject({ done: 1 });
  });

  test('a statement that could not be signed is signed by the next run', async () => {
    await sign('a.txt');
    const source = await list('a.txt');
    const world = (one: World): World => {
      let entries = 0;
      return {
        ...one,
        http: async (request) => {
          if (request.url.href.startsWith(place.sandbox.urls.rekor) && ++entries > 1)
            place.sandbox.faults.set('rekor-v2', fault.status(503));
          return one.http(request);
        },
      };
    };
    const report = await reissue(source, { world });
    expect(report).toMatchObject({ counts: { reissued: 1 }, links: [], stopped: { code: 'SERVICE_UNAVAILABLE' } });
    place.sandbox.faults.clear();
    const next = await reissue(source);
    expect(next).toMatchObject({ counts: { reissued: 0, done: 1 }, links: [expect.stringContaining('0001')] });
  });
});

describe('many signatures', () => {
  test('are neither read ahead nor kept: only those that are under way', async () => {
    const total = 50_000;
    let [calls, yielded, ended, most] = [0, 0, 0, 0];
    const error = new CountersignError('BUNDLE_MISSING', 'there is no bundle');
    const source: Source = {
      title: 'many',
      async *signatures() {
        calls++;
        // The first time, they are counted.
        [yielded, ended] = [0, 0];
        for (let index = 0; index < total; index++) {
          yielded++;
          if (calls > 1) most = Math.max(most, yielded - ended);
          const location = `/nowhere/${index}`;
          yield {
            name: 'a',
            digests: [],
            place: { location, read: () => Promise.reject(error), deliver: async () => undefined },
          };
        }
      },
    };
    const mode = { kind: 'sign', signing: place.request({}), reason: '' } as const;
    const onOutcome = (): void => void ended++;
    const report = await reissueDryRun({ source, old: old(), mode, concurrency: 8, onOutcome }, place.world());
    expect(report.counts.failed).toBe(total);
    expect(report.failures).toHaveLength(1000);
    expect(most).toBeLessThanOrEqual(9);
  });

  test('of a list are read piece by piece', async () => {
    const lines = 100_000;
    await writeFile(path('long'), `${'a'.repeat(50)}.sigstore.json\n`.repeat(lines));
    let pieces = 0;
    const counting: ProxyHandler<files.FileHandle> = {
      get: (handle, name) => {
        if (name === 'read') pieces++;
        const value: unknown = Reflect.get(handle, name, handle);
        return typeof value === 'function' ? value.bind(handle) : value;
      },
    };
    const open: typeof files.open = async (...args) => new Proxy(await files.open(...args), counting);
    const source = listSource(path('long'), { ...place.world(), files: { ...files, open } });
    let count = 0;
    for await (const _ of source.signatures()) {
      count++;
      // Each piece has 256 KiB, and each line 65 bytes.
      expect(pieces).toBeLessThanOrEqual(Math.floor((count * 65) / (256 * 1024)) + 1);
    }
    expect(count).toBe(lines);
  });
});

describe('services', () => {
  test.each(['rekor-v2', 'timestamp'] as const)('%s: 429 with Retry-After is waited for', async (service) => {
    await sign('a.txt');
    place.sandbox.faults.set(service, fault.status(429, { headers: { 'retry-after': '2' } }), 2);
    const before = place.clock().getTime();
    const report = await reissue(await list('a.txt'), { settings: { retryBudget: 60_000 } });
    expect(report.counts).toMatchObject({ reissued: 1, failed: 0 });
    expect(place.clock().getTime() - before).toBeGreaterThanOrEqual(4000);
  });

  test('an outage ends the run, and nothing further is tried', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `${index}.txt`);
    await sign(...names);
    place.sandbox.faults.set('rekor-v2', fault.status(503));
    const report = await reissue(await list(...names), { concurrency: 2 });
    expect(report.stopped).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(report.counts.failed).toBeLessThanOrEqual(2);
    place.sandbox.faults.clear();
    expect((await reissue(await list(...names))).counts).toMatchObject({ reissued: 12, failed: 0 });
  });
});

describe('a dry run', () => {
  test('verifies, and neither signs nor writes', async () => {
    await sign('a.txt', 'b.txt');
    await writeFile(path('b.txt'), 'other');
    const source = await list('a.txt', 'b.txt', '{');
    const before = await place.list();
    const requests = place.sandbox.requests.length;
    const mode = { kind: 'sign', signing: place.request({}), reason: '' } as const;
    const report = await reissueDryRun({ source, old: old(), mode, concurrency: 4 }, place.world());
    expect(report.counts).toMatchObject({ 'would-reissue': 1, failed: 2 });
    expect(await place.list()).toEqual(before);
    expect(place.sandbox.requests.length).toBe(requests);
  });
});

test('a question is asked before anything is signed, with the number of entries', async () => {
  await sign('a.txt', 'b.txt');
  const entries = place.count('rekor-v2');
  const confirm = async (plan: unknown): Promise<void> => {
    expect(plan).toMatchObject({ signatures: 2, done: 0, logEntries: 3, logs: [place.sandbox.urls.rekor] });
    throw new Error('no');
  };
  await expect(reissue(await list('a.txt', 'b.txt'), { confirm })).rejects.toThrow('no');
  expect(place.count('rekor-v2')).toBe(entries);
  expect((await readdir(path('state'))).sort()).toEqual(['journal.jsonl']);
});

test('signatures of a private repository are not issued again in a public log, unless that is allowed', async () => {
  const before = await sign('a.txt');
  place.sandbox.jobTokens.configure({ claims: { repository_visibility: 'private' } });
  const [entries, certificates] = [place.count('rekor-v2'), place.count('fulcio')];
  const instance = { ...place.instance, publicLog: true };
  const source = await list('a.txt');
  const mode = (changes: Parameters<Workplace['request']>[0]) => ({
    kind: 'sign' as const,
    signing: place.request({ instance, ...changes }),
    reason: 'a test',
  });
  await expect(reissue(source, { mode: mode({}) })).rejects.toMatchObject({ code: 'PUBLIC_LOG_REFUSED' });
  expect([place.count('rekor-v2'), place.count('fulcio')]).toEqual([entries, certificates]);
  expect(await text('a.txt.sigstore.json')).toBe(before.get('a.txt'));
  const allowed = await reissue(source, { mode: mode({ allowPublicLog: true }) });
  expect(allowed.counts).toMatchObject({ reissued: 1, failed: 0 });
});

test('a run that is longer than a certificate is valid uses several, and all signatures verify', async () => {
  const names = ['a.txt', 'b.txt', 'c.txt'];
  await sign(...names);
  const certificates = place.count('fulcio');
  const later = (): void => {
    place.ahead += 15 * 60_000;
  };
  const report = await reissue(await list(...names), { concurrency: 1, onOutcome: later });
  expect(report).toMatchObject({ counts: { reissued: 3, failed: 0 }, links: [expect.stringContaining('0001')] });
  expect(place.count('fulcio') - certificates).toBeGreaterThanOrEqual(3);
  for (const name of names) await verifies(await text(`${name}.sigstore.json`), `contents of ${name}\n`);
});

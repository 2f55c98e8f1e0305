/**
 * An outage of the transparency log ends in a failure that says so, or in the fallback that was declared and that the policy allows
 * (FEATURES.md, B1). What was done is in the bundle and in the report, and the missing entry is added later.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fault } from '../../sandbox/http/index.ts';
import { exampleJob } from '../../sandbox/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { readSigningConfig } from '../../src/core/trust/index.ts';
import { artifactOfBytes, type Bundle, exactIdentity, readBundle, verify } from '../../src/core/verify/index.ts';
import {
  annotationsFor,
  type SigningReport,
  signingJson,
  signingSummary,
  signingText,
} from '../../src/report/index.ts';
import { completeRun } from '../../src/run/complete/index.ts';
import { deliverRun, type SigningResult, signingReport, signRun } from '../../src/run/sign/index.ts';
import type { Instance } from '../../src/run/world/index.ts';
import { type Changes, type Settings, Workplace } from '../run/workplace.ts';

let place: Workplace;
let policy = '';
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(async () => {
  await place.reset();
  policy = join(place.folder, 'policy.yml');
  await writeFile(policy, 'sign:\n  on-outage: [timestamp-only, second-log]\n');
});

/** The instance with both of its logs: Rekor v2, which is used, and Rekor v1. */
const bothLogs = (): Instance => ({
  ...place.instance,
  signingConfig: readSigningConfig(JSON.stringify(place.sandbox.signingConfigBothLogs)),
});

const budget: Settings = { retryBudget: 60_000 };

function sign(changes: Changes, settings: Settings = budget): Promise<SigningResult> {
  const world = place.world(settings);
  return signRun(place.request({ policy, ...changes }, world), world);
}

const timestampOnly = { onOutage: 'timestamp-only' } as const;
const secondLog = (): Changes => ({ onOutage: 'second-log', instance: bothLogs() });

async function report(receipt: SigningResult): Promise<SigningReport> {
  const places = { workspace: place.folder, bundleDirectory: undefined };
  const request = { places, collect: false, deliveries: [] };
  return signingReport(receipt, await deliverRun(receipt, request, place.world()), place.folder);
}

const bundleOf = async (name: string): Promise<Bundle> =>
  readBundle(await readFile(join(place.folder, `${name}.sigstore.json`)));

/** Verifies a bundle as somebody else would, who expects the signer and knows only the trusted root. */
async function verifies(name: string, options: Partial<Parameters<typeof exactIdentity>[2]> = {}): Promise<string> {
  const artifact = artifactOfBytes(await readFile(join(place.folder, name)));
  const expected = exactIdentity(`https://github.com/${exampleJob.job_workflow_ref}`, place.sandbox.urls.jobIssuer, {
    sandbox: 'accept',
    ...options,
  });
  return verify(await bundleOf(name), artifact, place.instance.trust, expected, place.clock()).then(
    ({ logEntries }) => `verified with ${logEntries.length} entries`,
    (error: unknown) => (error instanceof CountersignError ? error.code : String(error)),
  );
}

const accepting = { timestampOnly: 'accept' } as const;
const down = (): void => place.sandbox.faults.set('rekor-v2', fault.status(503));

const complete = (settings: Settings = {}): ReturnType<typeof completeRun> =>
  completeRun(
    { paths: [place.folder], instance: place.instance, allowPublicLog: false, concurrency: 4 },
    place.world(settings),
  );

describe('without a declared fallback', () => {
  test('the run fails after its budget, and says that it is an outage', async () => {
    await place.write('a.txt');
    down();
    const before = place.clock();
    const { signed, unsigned } = await sign({});
    expect(signed).toEqual([]);
    expect(unsigned.map(({ error }) => [error.code, error.message])).toEqual([
      [
        'SERVICE_UNAVAILABLE',
        expect.stringMatching(
          /the transparency log.*503.*This is an outage .* budget of 60 s allows no further attempt/,
        ),
      ],
    ]);
    expect(place.clock().getTime() - before.getTime()).toBeLessThan(70_000);
    expect(await place.bundles()).toEqual([]);
  });
});

describe('a fallback that the policy does not allow', () => {
  test.each([
    ['no policy', undefined, /allowed only by a policy file/],
    ['a policy without the fallback', 'sign: { on-outage: second-log }', /does not allow `on-outage: timestamp-only`/],
    ['a policy of verifying alone', 'policy: { repo: octo/app }', /has only "policy", and no "sign"/],
    ['a policy with a mistake', 'sign: { on-outages: timestamp-only }', /"on-outages" is not a key/],
  ])('%s is refused before a token is requested', async (_, text, message) => {
    await place.write('a.txt');
    if (text !== undefined) await writeFile(policy, text);
    const refused = sign({ ...timestampOnly, policy: text === undefined ? undefined : policy });
    await expect(refused).rejects.toMatchObject({ code: 'POLICY_INVALID', message: expect.stringMatching(message) });
    expect(place.count('oidc')).toBe(0);
    expect(await place.bundles()).toEqual([]);
  });

  test('without a timestamp authority is refused before anything is signed', async () => {
    await place.write('a.txt');
    const { instance } = place;
    const signingConfig = { ...bothLogs().signingConfig, timestampAuthorities: [] };
    const thresholds = { ...instance.thresholds, timestamps: 0 };
    const refused = sign({ ...timestampOnly, instance: { ...instance, signingConfig, thresholds } });
    await expect(refused).rejects.toMatchObject({
      code: 'NO_SERVICE',
      message: expect.stringContaining('requires a timestamp authority'),
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test('without a second log is refused before anything is signed', async () => {
    await place.write('a.txt');
    await expect(sign({ onOutage: 'second-log' })).rejects.toMatchObject({
      code: 'NO_SERVICE',
      message: expect.stringContaining('no second transparency log'),
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test('with a second log that the trusted root does not know is refused before anything is signed', async () => {
    await place.write('a.txt');
    const instance = bothLogs();
    const transparencyLogs = instance.trust.transparencyLogs.filter(
      ({ baseUrl }) => baseUrl !== place.sandbox.urls.rekorV1,
    );
    const refused = sign({
      onOutage: 'second-log',
      instance: { ...instance, trust: { ...instance.trust, transparencyLogs } },
    });
    await expect(refused).rejects.toMatchObject({ code: 'LOG_UNKNOWN', message: expect.stringContaining('second') });
    expect(place.count('fulcio')).toBe(0);
  });

  test('with a second log that has ended is refused before anything is signed', async () => {
    await place.write('a.txt');
    const instance = bothLogs();
    const transparencyLogs = instance.trust.transparencyLogs.map((log) =>
      log.baseUrl === place.sandbox.urls.rekorV1
        ? { ...log, validFor: { start: log.validFor.start, end: log.validFor.start } }
        : log,
    );
    const trust = { ...instance.trust, transparencyLogs };
    await expect(sign({ onOutage: 'second-log', instance: { ...instance, trust } })).rejects.toMatchObject({
      code: 'LOG_UNKNOWN',
      message: expect.stringContaining('not valid now'),
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test('of several logs by a second one is refused before anything is signed', async () => {
    await place.write('a.txt');
    const instance = bothLogs();
    const { transparencyLogs: logs } = instance.signingConfig;
    const signingConfig = {
      ...instance.signingConfig,
      transparencyLogs: logs.map((log, index) => ({ ...log, operator: `operator ${index}` })),
      transparencyLogSelector: { kind: 'exact', count: 2 } as const,
    };
    await expect(sign({ onOutage: 'second-log', instance: { ...instance, signingConfig } })).rejects.toMatchObject({
      code: 'NO_SERVICE',
      message: expect.stringContaining('can replace one transparency log'),
    });
    expect(place.count('fulcio')).toBe(0);
  });

  test('with packages, whose registries require a certain log', async () => {
    await expect(sign({ ...timestampOnly, package: 'pypi' })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('`package`'),
    });
  });
});

describe('timestamp-only', () => {
  test('changes nothing for a repository that is not public', async () => {
    await place.write('a.txt');
    place.sandbox.jobTokens.configure({ claims: { repository_visibility: 'private' } });
    const refused = sign({ ...timestampOnly, instance: { ...place.instance, publicLog: true } });
    await expect(refused).rejects.toMatchObject({ code: 'PUBLIC_LOG_REFUSED' });
    expect(place.count('fulcio')).toBe(0);
  });

  test('is not used while the log works', async () => {
    await place.write('a.txt');
    const { signed } = await sign(timestampOnly);
    expect(signed.map(({ outages }) => outages)).toEqual([[]]);
    expect((await report(await sign(timestampOnly))).warnings).toEqual([]);
    expect(await verifies('a.txt')).toBe('verified with 1 entries');
  });

  test.each([
    ['503', () => fault.status(503)],
    ['500', () => fault.status(500)],
    ['a reset connection', () => fault.refuse()],
    ['no answer', () => fault.stall()],
  ])('is used for an outage (%s), after the budget, and every report says so', async (_, make) => {
    await place.write('a.txt');
    place.sandbox.faults.set('rekor-v2', make());
    const receipt = await sign(timestampOnly, { retryBudget: 10_000, timeoutMilliseconds: 500 });
    const [signed] = receipt.signed;
    expect(signed?.outages).toMatchObject([
      {
        log: place.sandbox.urls.rekor,
        fallback: 'timestamp-only',
        reason: expect.stringMatching(
          /This is an outage \(tried \d+ times .* budget of 10 s allows no further attempt/,
        ),
      },
    ]);
    expect(await bundleOf('a.txt')).toMatchObject({ logEntries: [], timestamps: [expect.anything()] });
    const told = await report(receipt);
    const warning =
      /1 bundle \(a\.txt\.sigstore\.json\) has a timestamp and no log entry, because .* was down .*`countersign complete a\.txt\.sigstore\.json`/;
    expect(told.warnings).toEqual([expect.stringMatching(warning)]);
    expect(signingText(told)).toContain('(no log entry, because of an outage)');
    expect(signingSummary(told)).toContain('no transparency log, because of an outage');
    expect(annotationsFor(told)).toMatchObject([{ level: 'warning', message: expect.stringMatching(warning) }]);
    expect(signingJson(told, undefined)).toMatchObject({
      signed: true,
      subjects: [{ logs: [], outages: [{ log: place.sandbox.urls.rekor, fallback: 'timestamp-only' }] }],
    });
    expect(await verifies('a.txt')).toBe('LOG_ENTRY_MISSING');
    expect(await verifies('a.txt', accepting)).toBe('verified with 0 entries');
  });

  test('in the middle of a run: later files do not wait again, and the report tells which bundles are how', async () => {
    await place.write('a.txt', 'b.txt', 'c.txt', 'd.txt');
    place.sandbox.faults.set('rekor-v2', fault.status(503), { skip: 1 });
    const receipt = await sign(timestampOnly);
    expect(receipt.unsigned).toEqual([]);
    expect(receipt.signed.map(({ outages }) => outages.length)).toEqual([0, 1, 1, 1]);
    const attempts = place.count('rekor-v2');
    expect((await report(receipt)).warnings).toEqual([
      expect.stringContaining('3 bundles (b.txt.sigstore.json, c.txt.sigstore.json, d.txt.sigstore.json)'),
    ]);
    // The first of the three waited for the whole budget; the others asked for nothing.
    const [, b] = receipt.signed;
    expect(b?.outages[0]?.reason).toContain(`tried ${attempts - 1} times`);
    expect(await verifies('a.txt')).toBe('verified with 1 entries');
    expect(await verifies('d.txt', accepting)).toBe('verified with 0 entries');
  });

  test('one statement about all files', async () => {
    await place.write('a.txt', 'b.txt');
    down();
    const receipt = await sign({ ...timestampOnly, format: 'attestation' });
    expect(receipt.signed.map(({ verdict }) => verdict.logEntries)).toEqual([[], []]);
    expect((await report(receipt)).warnings).toEqual([expect.stringContaining('1 bundle (')]);
    place.sandbox.faults.clear();
    expect((await complete()).files).toMatchObject([{ outcome: 'completed' }]);
  });

  test.each([
    ['400', () => fault.status(400), 'SERVICE_REFUSED'],
    ['403', () => fault.status(403), 'SERVICE_REFUSED'],
    ['405, a frozen log', () => fault.status(405), 'SERVICE_REFUSED'],
    ['409 again and again', () => fault.status(409), 'LOG_ENTRY_DUPLICATE'],
    ['429 until the budget ends', () => fault.status(429), 'SERVICE_UNAVAILABLE'],
    ['garbage', () => fault.garbage(201), 'SERVICE_RESPONSE_INVALID'],
  ])('%s is no outage', async (_, make, code) => {
    await place.write('a.txt');
    place.sandbox.faults.set('rekor-v2', make());
    const { signed, unsigned } = await sign(timestampOnly);
    expect([signed, unsigned.map(({ error }) => error.code)]).toEqual([[], [code]]);
    expect(await place.bundles()).toEqual([]);
  });

  test.each(['rekor-v2:wrong-root-hash', 'rekor-v2:checkpoint-by-another-key', 'rekor-v2:altered-entry'] as const)(
    'a log that lies (%s) is no outage',
    async (lie) => {
      await place.write('a.txt');
      place.sandbox.misbehave(lie);
      const { signed, unsigned } = await sign(timestampOnly);
      expect([signed, unsigned.length]).toEqual([[], 1]);
      expect(await place.bundles()).toEqual([]);
    },
  );

  test.each(['fulcio', 'timestamp'] as const)('there is no fallback for %s', async (service) => {
    await place.write('a.txt');
    place.sandbox.faults.set(service, fault.status(503));
    const { unsigned } = await sign(timestampOnly);
    expect(unsigned.map(({ error }) => error.code)).toEqual(['SERVICE_UNAVAILABLE']);
    expect(await place.bundles()).toEqual([]);
  });

  test.each(['per-file', 'attestation'] as const)(
    'a later run (%s) replaces the bundle by one with an entry, also without the fallback',
    async (format) => {
      await place.write('a.txt');
      down();
      await sign({ ...timestampOnly, format });
      const [path = ''] = await place.bundles();
      place.sandbox.behave();
      place.sandbox.faults.clear();
      const again = await sign({ format, policy: undefined });
      expect(again.signed.map(({ resumed, outages }) => [resumed, outages])).toEqual([[false, []]]);
      expect(await place.bundles()).toEqual([path]);
      expect((await sign({ format, policy: undefined })).signed.map(({ resumed }) => resumed)).toEqual([true]);
    },
  );
});

test.each([
  ['of another file', { subjects: { files: ['b.txt'], checksums: [], digests: [] } }],
  ['of another kind', { format: 'attestation' }],
] as const)('a bundle %s that an outage left without an entry is not replaced', async (_, other) => {
  await place.write('a.txt', 'b.txt');
  const bundlePath = join(place.folder, 'one.sigstore.json');
  down();
  const a = { subjects: { files: ['a.txt'], checksums: [], digests: [] }, bundlePath };
  await sign({ ...timestampOnly, ...a, ...other });
  const before = await readFile(bundlePath, 'utf8');
  await expect(sign(a)).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('one.sigstore.json') });
  expect(await readFile(bundlePath, 'utf8')).toBe(before);
});

describe('second-log', () => {
  test('puts the entry into the other log, under the same trusted root', async () => {
    await place.write('a.txt', 'b.txt');
    down();
    const receipt = await sign(secondLog());
    const { rekor, rekorV1 } = place.sandbox.urls;
    expect(receipt.signed.map(({ verdict }) => verdict.logEntries.map(({ log }) => log.baseUrl))).toEqual([
      [rekorV1],
      [rekorV1],
    ]);
    expect(await bundleOf('a.txt')).toMatchObject({ timestamps: [expect.anything()] });
    expect(await verifies('a.txt')).toBe('verified with 1 entries');
    expect((await report(receipt)).warnings).toEqual([
      expect.stringMatching(new RegExp(`2 bundles .* are in ${rekorV1}, because .*${rekor} was down`)),
    ]);
  });

  test('fails if that log is down too', async () => {
    await place.write('a.txt');
    down();
    place.sandbox.faults.set('rekor-v1', fault.status(503));
    const { signed, unsigned } = await sign(secondLog());
    expect([signed, unsigned.map(({ error }) => error.code)]).toEqual([[], ['SERVICE_UNAVAILABLE']]);
  });
});

test('the missing entries are added when the log is back, and the bundles then verify for everybody', async () => {
  await place.write('a.txt', 'b.txt');
  down();
  await sign(timestampOnly);
  place.sandbox.faults.clear();
  // The certificate has ended.
  place.ahead += 86_400_000;
  const { files } = await complete();
  expect(files).toMatchObject([{ outcome: 'completed' }, { outcome: 'completed' }]);
  expect(await verifies('a.txt')).toBe('verified with 1 entries');
  expect(await verifies('b.txt')).toBe('verified with 1 entries');
  expect((await complete()).files).toMatchObject([{ outcome: 'already-complete' }, { outcome: 'already-complete' }]);
});

/** Trust changes: what a new trusted root no longer accepts, and why. */

import { describe, expect, test } from '@jest/globals';
import { CertificateAuthority, TransparencyLog, type TrustedServices } from '../../../sandbox/index.ts';
import { type Bundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { defaultThresholds } from '../../../src/core/policy/index.ts';
import type { TrustedRoot } from '../../../src/core/trust/index.ts';
import { type OldSignature, type Source, type TrustOutcome, trustChange } from '../../../src/run/reissue/index.ts';
import {
  artifact,
  bodiesV1,
  Instance,
  inVersion,
  now,
  policy,
  sources,
  submittedPem,
  withEntries,
} from '../../kit/instance.ts';

const instance = new Instance();
const hour = 3_600_000;
const start = new Date(now.getTime() - hour);
const v2 = instance.sign();
const v1 = withEntries(v2, instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(v2, submittedPem(v2))));
const old = inVersion(v1, '0.2');

const services = {
  certificateAuthorities: [{ service: instance.certificateAuthority, url: 'https://ca.example.test', start }],
  certificateLogs: [{ service: instance.certificateLog, url: 'https://ct.example.test', start }],
  transparencyLogs: [
    { service: instance.log, url: 'https://log.example.test', start },
    { service: instance.logV1, url: 'https://rekor.example.test', start },
  ],
  timestampAuthorities: [{ service: instance.timestampAuthority, url: 'https://tsa.example.test', start }],
};

function sourceOf(bundles: Readonly<Record<string, Bundle | CountersignError>>): Source {
  return {
    title: 'a test',
    async *signatures() {
      for (const [name, bundle] of Object.entries(bundles)) {
        const place = {
          location: `/${name}`,
          read: async () => {
            if (bundle instanceof CountersignError) throw bundle;
            return { bundle, bytes: utf8(writeBundle(bundle)) };
          },
          deliver: async () => {
            throw new Error('nothing is delivered');
          },
        };
        const signature: OldSignature = { name, digests: [digest('sha256', artifact)], place };
        yield signature;
      }
    },
  };
}

const all = { v1, v2, old };

async function change(
  next: TrustedServices,
  bundles: Parameters<typeof sourceOf>[0] = all,
  current?: TrustedServices | TrustedRoot,
) {
  const trusting = (changes: TrustedServices | TrustedRoot | undefined) => ({
    roots: [
      {
        instance: 'custom',
        trust: changes !== undefined && 'certificateTransparencyLogs' in changes ? changes : instance.trust(changes),
        thresholds: defaultThresholds,
        sandbox: 'accept',
      } as const,
    ],
    warnings: ['a warning'],
  });
  const outcomes: TrustOutcome[] = [];
  const report = await trustChange(
    {
      source: sourceOf(bundles),
      policy: { ...policy, thresholds: {}, warnings: [], source: { options: {}, file: undefined } },
      current: trusting(current),
      next: trusting(next),
      concurrency: 2,
      onOutcome: (outcome) => outcomes.push(outcome),
    },
    { clock: () => now, cancellation: new AbortController().signal },
  );
  const reasons = report.changes.map((one) => [one.part, one.name, report.lostBy.get(one)]);
  const kinds = Object.fromEntries(outcomes.map(({ name, kind }) => [name, kind]));
  return { ...report, reasons, kinds };
}

const accepted = { v1: 'accepted', v2: 'accepted', old: 'accepted' };
const lost = { v1: 'lost', v2: 'lost', old: 'lost' };

test('the same trusted root loses nothing', async () => {
  expect(await change({})).toMatchObject({
    kinds: accepted,
    reasons: [],
    counts: { accepted: 3, gained: 0, upgradable: 1, lost: 0, refused: 0 },
    worst: undefined,
    warnings: ['a warning'],
  });
});

describe('a new trusted root', () => {
  const until = (seconds: number) => new Date(now.getTime() + seconds * 1000);

  test.each<[string, TrustedServices, object, readonly (readonly [string, string, number])[]]>([
    [
      'with another certificate authority',
      {
        certificateAuthorities: [
          {
            service: new CertificateAuthority({ sources, log: instance.certificateLog }),
            url: 'https://ca.example.test',
            start,
          },
        ],
      },
      lost,
      [['certificate authority', 'https://ca.example.test', 3]],
    ],
    [
      'that ended the certificate authority before the signatures',
      { certificateAuthorities: services.certificateAuthorities.map((one) => ({ ...one, end: until(-60) })) },
      lost,
      [['certificate authority', 'https://ca.example.test', 3]],
    ],
    [
      'that ended the certificate authority after the signatures',
      { certificateAuthorities: services.certificateAuthorities.map((one) => ({ ...one, end: until(60) })) },
      accepted,
      [['certificate authority', 'https://ca.example.test', 0]],
    ],
    [
      'without the log of Rekor v1',
      { transparencyLogs: services.transparencyLogs.slice(0, 1) },
      { v1: 'lost', v2: 'accepted', old: 'lost' },
      [['transparency log', 'https://rekor.example.test', 2]],
    ],
    [
      'that ended the log of Rekor v2',
      { transparencyLogs: services.transparencyLogs.map((one, at) => (at === 0 ? { ...one, end: until(-60) } : one)) },
      { v1: 'accepted', v2: 'lost', old: 'accepted' },
      [['transparency log', 'https://log.example.test', 1]],
    ],
    ['without the certificate log', { certificateLogs: [] }, lost, [['certificate log', 'https://ct.example.test', 3]]],
    [
      'without the timestamp authority',
      { timestampAuthorities: [] },
      lost,
      [['timestamp authority', 'https://tsa.example.test', 3]],
    ],
    [
      'that trusts the log later',
      { transparencyLogs: services.transparencyLogs.map((one, at) => (at === 0 ? { ...one, start: until(60) } : one)) },
      { v1: 'accepted', v2: 'lost', old: 'accepted' },
      [['transparency log', 'https://log.example.test', 1]],
    ],
    [
      'with one more log',
      {
        transparencyLogs: [
          ...services.transparencyLogs,
          { service: new TransparencyLog({ origin: 'more.example.test' }), url: 'https://more.example.test', start },
        ],
      },
      accepted,
      [],
    ],
  ])('%s', async (_, next, kinds, reasons) => {
    const report = await change(next);
    expect(report).toMatchObject({ kinds, reasons, lostBySeveral: 0 });
    const count = Object.values(kinds).filter((kind) => kind === 'lost').length;
    expect(report.counts).toMatchObject({ lost: count, accepted: 3 - count, refused: 0 });
    expect(report.worst === undefined).toBe(count === 0);
  });

  test('tells every reason of a signature that several changes lose', async () => {
    const report = await change({ certificateLogs: [], transparencyLogs: services.transparencyLogs.slice(0, 1) });
    expect(report.reasons).toEqual([
      ['certificate log', 'https://ct.example.test', 3],
      ['transparency log', 'https://rekor.example.test', 2],
    ]);
    expect(report.outcomes.map(({ name }) => name).sort()).toEqual(['old', 'v1', 'v2']);
  });

  test('counts signatures that only several changes together lose', async () => {
    // The same authority, once with its root certificate and once without: each is enough.
    const trust = instance.trust();
    const certificateAuthorities = trust.certificateAuthorities.flatMap((one) => [
      one,
      { ...one, uri: 'https://second.example.test', chain: [one.chain[0]] as const },
    ]);
    const service = new CertificateAuthority({ sources, log: instance.certificateLog });
    const next = { certificateAuthorities: [{ service, url: 'https://ca.example.test', start }] };
    const report = await change(next, all, { ...trust, certificateAuthorities });
    expect(report.reasons).toEqual([
      ['certificate authority', 'https://ca.example.test', 0],
      ['certificate authority', 'https://second.example.test', 0],
    ]);
    expect(report).toMatchObject({ kinds: lost, lostBySeveral: 3, counts: { lost: 3 } });
  });

  test('tells signatures that it gains, and those that neither root accepts', async () => {
    const broken = { ...v2, timestamps: [] };
    const unreadable = new CountersignError('BUNDLE_MISSING', 'the bundle does not exist');
    const current = { transparencyLogs: services.transparencyLogs.slice(0, 1) };
    const report = await change({}, { v1, v2, broken, unreadable }, current);
    expect(report).toMatchObject({
      kinds: { v1: 'accepted', v2: 'accepted', broken: 'refused', unreadable: 'refused' },
      counts: { accepted: 2, gained: 1, lost: 0, refused: 2 },
      worst: { code: expect.any(String) },
    });
    expect(report.outcomes.map(({ error }) => error.code)).toContain('BUNDLE_MISSING');
  });
});

test('a run that is cancelled says so', async () => {
  const aborted = { clock: () => now, cancellation: AbortSignal.abort() };
  const trust = { roots: [], warnings: [] };
  const request = {
    source: sourceOf(all),
    policy: { ...policy, thresholds: {}, warnings: [], source: { options: {}, file: undefined } },
    current: trust,
    next: trust,
    concurrency: 1,
  };
  await expect(trustChange(request, aborted)).rejects.toMatchObject({ code: 'CANCELLED' });
});

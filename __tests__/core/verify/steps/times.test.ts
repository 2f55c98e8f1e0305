import { describe, expect, test } from '@jest/globals';
import { TimestampAuthority } from '../../../../sandbox/index.ts';
import { digest } from '../../../../src/core/crypto/index.ts';
import { utf8 } from '../../../../src/core/encoding/index.ts';
import type { Bundle, CountersignError } from '../../../../src/core/verify/index.ts';
import { bodiesV1, now, policy, sources, submittedPem, withEntries } from '../../../kit/instance.ts';

import { accepted, hours, instance, refused, verdict } from '../step-cases.ts';

describe('times', () => {
  test('there must be one', async () => {
    await refused(
      { bundle: { ...instance.sign(), timestamps: [] } },
      'TIMESTAMP_MISSING',
      /from 0 of 1 required sources/,
    );
  });

  test('a policy that asks for none still leaves the certificate without a time', async () => {
    const lenient = { ...policy, thresholds: { ...policy.thresholds, timestamps: 0 } };
    await refused(
      { bundle: { ...instance.sign(), timestamps: [] }, policy: lenient },
      'TIMESTAMP_MISSING',
      /no verified time/,
    );
  });

  test('two timestamps of an authority without a URI count once', async () => {
    const bundle = instance.sign();
    const strict = { ...policy, thresholds: { ...policy.thresholds, timestamps: 2 } };
    const twice = [...bundle.timestamps, instance.stamped(bundle.content.signature)];
    await refused(
      { bundle: { ...bundle, timestamps: twice }, policy: strict },
      'TIMESTAMP_MISSING',
      /from 1 of 2 required sources/,
    );
  });

  test('a bad timestamp beside a good one is not passed over', async () => {
    const bundle = instance.sign();
    const timestamps = [...bundle.timestamps, instance.stamped(utf8('another signature'))];
    await refused({ bundle: { ...bundle, timestamps } }, 'TIMESTAMP_MISMATCH', /a different signature/);
  });

  test('of an unknown authority beside a good one of a log, with what to do', async () => {
    const signed = instance.sign();
    const logged = withEntries(
      signed,
      instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(signed, submittedPem(signed))),
    );
    const timestamps = [
      new TimestampAuthority({ sources }).timestamp({ imprint: digest('sha256', signed.content.signature).bytes }),
    ];
    await accepted({ bundle: { ...logged, timestamps: [] } });
    const remedyOf = (bundle: Bundle) =>
      verdict({ bundle: { ...bundle, timestamps } }).catch(({ code, remedy }: CountersignError) => [code, remedy]);
    const newer = 'Use a trusted root that contains this authority, such as a newer one.';
    expect(await remedyOf(signed)).toEqual(['TIMESTAMP_UNTRUSTED', newer]);
    expect(await remedyOf(logged)).toEqual([
      'TIMESTAMP_UNTRUSTED',
      `${newer} Or ask the publisher for a bundle without the timestamp; the time in the log entry is enough.`,
    ]);
  });

  test('of an authority that is not trusted', async () => {
    const stranger = new TimestampAuthority({ sources });
    const bundle = instance.sign();
    const timestamps = [stranger.timestamp({ imprint: digest('sha256', bundle.content.signature).bytes })];
    await refused({ bundle: { ...bundle, timestamps } }, 'TIMESTAMP_UNTRUSTED', /not signed by a timestamp authority/);
  });

  test("outside of the authority's own window, though inside another authority's", async () => {
    const other = new TimestampAuthority({ sources });
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://old.example.test', start: hours(-3), end: hours(-2) },
        { service: other, url: 'https://new.example.test', start: hours(-1) },
      ],
    });
    await refused({ trust: root }, 'TIMESTAMP_UNTRUSTED', /valid at 2026-11-23T12:00:00/);
  });

  test('both ends of the window belong to it', async () => {
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://tsa.example.test', start: now, end: now },
      ],
    });
    await accepted({ trust: root });
  });

  test('from the future', async () => {
    await refused({ at: new Date(now.getTime() - 60_001) }, 'TIMESTAMP_INVALID', /in the future/);
    await accepted({ at: new Date(now.getTime() - 60_000) });
  });

  test('from the future, where nobody knows what time it is', async () => {
    await expect(verdict({ at: new Date(Number.NaN) })).rejects.toThrow();
  });

  test('of two authorities count twice', async () => {
    const other = new TimestampAuthority({ sources });
    const start = hours(-1);
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://one.example.test', start },
        { service: other, url: 'https://two.example.test', start },
      ],
    });
    const bundle = instance.sign();
    const second = other.timestamp({ imprint: digest('sha256', bundle.content.signature).bytes });
    const strict = { ...policy, thresholds: { ...policy.thresholds, timestamps: 2 } };
    const both = { ...bundle, timestamps: [...bundle.timestamps, second] };
    await expect(verdict({ bundle: both, trust: root, policy: strict })).resolves.toMatchObject({
      times: [{ kind: 'timestamp-authority' }, { kind: 'timestamp-authority' }],
    });
    const [first = new Uint8Array()] = bundle.timestamps;
    const once = { ...bundle, timestamps: [first, first] };
    await refused({ bundle: once, trust: root, policy: strict }, 'TIMESTAMP_MISSING', /from 1 of 2 required sources/);
  });

  test('of an authority without a URI, signed by the key of another (CVE-2026-39984)', async () => {
    const other = new TimestampAuthority({ sources });
    const start = hours(-1);
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://one.example.test', start },
        { service: other, url: 'https://two.example.test', start },
      ],
    });
    const stray = instance.sign({ timestamp: { signingKey: other.signer.key } });
    await refused({ bundle: stray, trust: root }, 'TIMESTAMP_INVALID', /signature of the timestamp/);
    const { certificate } = other.signer;
    const bound = instance.sign({ timestamp: { signingKey: other.signer.key, signingCertificate: certificate } });
    await refused({ bundle: bound, trust: root }, 'TIMESTAMP_UNTRUSTED', /bound to a different certificate/);
    // A chain that is put together from both is no authority's.
    const [leafOfOne = new Uint8Array()] = instance.timestampAuthority.chain;
    const [, rootOfOther = new Uint8Array()] = other.chain;
    const mixed = instance.trust({
      timestampAuthorities: [{ service: { chain: [leafOfOne, rootOfOther] }, url: 'https://one.example.test', start }],
    });
    await refused({ trust: mixed }, 'CERTIFICATE_UNTRUSTED', /was issued by another authority/);
  });
});

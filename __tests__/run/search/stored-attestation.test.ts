/** Attestations that Rekor v1 stores next to entries. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleJob, jobIdentity } from '../../../sandbox/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { canonicalJson, encodePem } from '../../../src/core/encoding/index.ts';
import type { SignatureEntry } from '../../../src/monitor/entries/index.ts';
import { searchJson, searchText } from '../../../src/report/index.ts';
import { readSearchQuery, type SearchWishes, searchTrusted } from '../../../src/run/search/index.ts';
import { readAttestation } from '../../../src/run/search/stored-attestation.ts';
import type { Http } from '../../../src/services/http/index.ts';
import { Workplace } from '../workplace.ts';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const digest = sha256('the artifact');
const statement = (subject: readonly object[] = [{ name: 'app.tar.gz', digest: { sha256: digest } }]): Buffer =>
  Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject,
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {},
    }),
  );

function claimsOf(payload: Uint8Array, digests?: SignatureEntry['digests']): SignatureEntry {
  return {
    type: 'signature',
    kind: 'intoto',
    version: '0.0.2',
    signers: [],
    digests: digests ?? [{ algorithm: 'sha256', value: sha256(payload), of: 'payload' }],
    problems: [],
  };
}

describe('an attestation', () => {
  test('whose hash is in the entry is read', () => {
    expect(readAttestation(claimsOf(statement()), statement())).toMatchObject({
      isProven: true,
      predicateType: 'https://slsa.dev/provenance/v1',
      subjects: [{ name: 'app.tar.gz' }],
    });
  });

  test('that was not stored is none', () => {
    expect(readAttestation(claimsOf(statement()), undefined)).toBeUndefined();
    expect(readAttestation(claimsOf(statement()), new Uint8Array())).toBeUndefined();
  });

  test('is identified by its hash of SHA-256, whatever other hashes the entry has', () => {
    const [payload] = claimsOf(statement()).digests;
    const longer = { algorithm: 'sha512', value: 'ab'.repeat(64), of: 'payload' } as const;
    if (payload === undefined) throw new Error('the entry has a hash');
    expect(readAttestation(claimsOf(statement(), [payload, longer]), statement())).toMatchObject({ isProven: true });
    const mislabelled = claimsOf(statement(), [{ ...payload, algorithm: 'sha512' }]);
    expect(readAttestation(mislabelled, statement())).toMatchObject({ isProven: false });
  });

  const other = statement([{ name: 'other', digest: { sha256: digest } }]);
  const long = Buffer.alloc(100 * 1024 + 1);
  const text = Buffer.from('no statement');
  test.each<[string, SignatureEntry, Buffer, RegExp]>([
    ['of another entry', claimsOf(statement()), other, /is not the one whose hash is in the log/],
    ['of an entry without a hash', claimsOf(other, []), other, /is not the one whose hash is in the log/],
    [
      'whose hash is that of the envelope',
      claimsOf(other, [{ algorithm: 'sha256', value: sha256(other), of: 'envelope' }]),
      other,
      /is not the one whose hash is in the log/,
    ],
    ['that is too long', claimsOf(long), long, /has more than 100 KiB/],
    ['that is not a statement', claimsOf(text), text, /is not an in-toto statement/],
  ])('%s is not read', (_, claims, bytes, reason) => {
    expect(readAttestation(claims, bytes)).toEqual({ isProven: false, reason: expect.stringMatching(reason) });
  });
});

describe('a search', () => {
  let place: Workplace;
  let leaf = '';
  beforeAll(async () => {
    place = await Workplace.open();
    const { certificateAuthority, rekorV1Log } = place.sandbox;
    const key = generateSigningKey('P-256');
    const certificate = certificateAuthority.issue({ publicKey: key.publicKey, ...jobIdentity({ ...exampleJob }) });
    const publicKey = Buffer.from(encodePem('CERTIFICATE', new Uint8Array(certificate))).toString('base64');
    const payload = statement();
    const body = Buffer.from(
      canonicalJson({
        apiVersion: '0.0.2',
        kind: 'intoto',
        spec: {
          content: {
            envelope: { payloadType: 'application/vnd.in-toto+json', signatures: [{ publicKey, sig: 'AAAA' }] },
            hash: { algorithm: 'sha256', value: sha256('the envelope') },
            payloadHash: { algorithm: 'sha256', value: sha256(payload) },
          },
        },
      }),
    );
    rekorV1Log.append(new Uint8Array(body));
    leaf = sha256(Buffer.concat([Buffer.from([0]), body]));
  });
  afterAll(() => place[Symbol.asyncDispose]());

  /** Searches in a service whose index has the entry under any key, and which returns this attestation with it. */
  async function search(wishes: SearchWishes, attestation: Buffer | undefined) {
    const { http, ...world } = place.world();
    const lying: Http = async (request) => {
      if (request.url.pathname.endsWith('/index/retrieve'))
        return { status: 200, headers: {}, body: Buffer.from(JSON.stringify([leaf])) };
      const response = await http(request);
      if (attestation === undefined || !request.url.pathname.includes('/log/entries/')) return response;
      const [[uuid, entry] = []] = Object.entries(JSON.parse(Buffer.from(response.body).toString()));
      const stored = { ...(entry as object), attestation: { data: attestation.toString('base64') } };
      return { ...response, body: Buffer.from(JSON.stringify({ [uuid ?? '']: stored })) };
    };
    const { trust, thresholds, sandbox } = place.instance;
    const query = await readSearchQuery(wishes, place.world());
    const request = { query, state: undefined, logs: [place.sandbox.urls.rekorV1], limit: 10, bundleOut: undefined };
    return searchTrusted(request, [{ instance: 'sandbox', trust, thresholds, sandbox }], { ...world, http: lying });
  }

  test('for a subject is confirmed by the attestation, whose subjects are shown', async () => {
    const report = await search({ digest: `sha256:${digest}` }, statement());
    expect(report.entries).toMatchObject([{ isConfirmed: true, claims: { kind: 'intoto' } }]);
    expect(searchText(report)).toContain(`subject       app.tar.gz sha256:${digest}`);
    expect(searchText(report)).toMatch(
      /attestation {3}https:\/\/slsa\.dev\/provenance\/v1, stored by the service; its hash is in the log/,
    );
    expect(searchJson(report, undefined)).toMatchObject({
      entries: [
        {
          attestation: {
            predicateType: 'https://slsa.dev/provenance/v1',
            subjects: [{ name: 'app.tar.gz', digests: [`sha256:${digest}`] }],
            reason: null,
          },
        },
      ],
    });
  });

  test('for a digest that the attestation does not have finds nothing, whatever the index says', async () => {
    const report = await search({ digest: `sha256:${sha256('another artifact')}` }, statement());
    expect(report.entries).toEqual([]);
  });

  test('is not confirmed by an attestation that is not the one of the entry', async () => {
    const subject = [{ name: 'stranger', digest: { sha256: digest } }];
    const report = await search({ digest: `sha256:${digest}` }, statement(subject));
    expect(report.entries).toMatchObject([{ isConfirmed: false, attestation: { isProven: false } }]);
    const text = searchText(report);
    expect(text).toMatch(/attestation {3}not read: the attestation that the service returned is not the one/);
    expect(text).not.toContain('stranger');
    expect(JSON.stringify(searchJson(report, undefined))).not.toContain('stranger');
  });

  test('is not confirmed without an attestation', async () => {
    const report = await search({ digest: `sha256:${digest}` }, undefined);
    expect(report.entries).toMatchObject([{ isConfirmed: false, attestation: undefined }]);
    expect(searchJson(report, undefined)).toMatchObject({ entries: [{ attestation: null }] });
  });

  test('for other conditions shows the attestation too', async () => {
    const report = await search({ identity: `https://github.com/${exampleJob.job_workflow_ref}` }, statement());
    expect(report.entries).toMatchObject([{ isConfirmed: true, attestation: { isProven: true } }]);
  });
});

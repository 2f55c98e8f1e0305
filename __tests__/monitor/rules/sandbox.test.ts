/** Rules over entries of the sandbox's logs, read as the watch reads them. */

import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { merkleTreeLeaf, readTileLeaf } from '../../../sandbox/certificate-log/encoding.ts';
import { exampleJob, hostileEntries, jobIdentity } from '../../../sandbox/index.ts';
import { type Bundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import { leafHash } from '../../../src/core/log/index.ts';
import { readEntry } from '../../../src/monitor/entries/index.ts';
import {
  type Facts,
  Learned,
  ReceiptCollector,
  type WatchedEntry,
  watchedEntry,
} from '../../../src/monitor/rules/index.ts';
import { unexplainedSignature } from '../../../src/monitor/rules/p01-unexplained-signature.ts';
import { foreignDigest } from '../../../src/monitor/rules/p02-foreign-digest.ts';
import { timeOutsideCertificate } from '../../../src/monitor/rules/p13-time-outside-certificate.ts';
import { certificateLogJoin } from '../../../src/monitor/rules/p14-certificate-log-join.ts';
import { contradiction } from '../../../src/monitor/rules/p17-contradiction.ts';
import { unreadableEntry } from '../../../src/monitor/rules/p23-unreadable-entry.ts';
import { bodiesV1, claims, Instance, now as signedAt, submittedPem } from '../../kit/instance.ts';
import {
  type ContextChanges,
  daysAfter,
  knownFacts,
  minutesAfter,
  observedBy,
  repository,
  run,
  verdictOf,
} from './kit.ts';

const instance = new Instance();
const origin = 'log.example.test';
const at = (minutes: number) => minutesAfter(minutes, signedAt);

const place = (index: number) => ({
  log: { origin, baseUrl: `https://${origin}`, protocol: 'rekor-v2' as const },
  index,
  seenAt: at(30),
  watchedAs: [{ what: 'repository' as const, value: exampleJob.repository, line: 3 }],
});

function entryV2(bundle: Bundle): WatchedEntry {
  const body = bundle.logEntries[0]?.canonicalizedBody ?? new Uint8Array();
  return watchedEntry(readEntry('rekor-v2', body), { ...place(1), leafHash: encodeHex(leafHash(body)) });
}

function entryV1(bundle: Bundle, loggedAt: Date): WatchedEntry {
  const body = utf8(JSON.stringify(bodiesV1.hashedrekord(bundle, submittedPem(bundle))));
  const where = {
    ...place(1),
    log: { ...place(1).log, protocol: 'rekor-v1' as const },
    leafHash: encodeHex(leafHash(body)),
  };
  return watchedEntry(readEntry('rekor-v1', body), { ...where, loggedAt });
}

/** Returns the last entry of the certificate log. */
function lastCertificate(): WatchedEntry {
  const { store } = instance.certificateLog;
  const leaf = merkleTreeLeaf(readTileLeaf(store.entry(store.size - 1)).entry);
  const log = { ...place(0).log, protocol: 'rfc6962' as const };
  return watchedEntry(readEntry('rfc6962', leaf), { ...place(0), log, leafHash: encodeHex(leafHash(leaf)) });
}

const jobRun = run({
  id: exampleJob.run_id,
  path: '.github/workflows/release.yml',
  headSha: exampleJob.sha,
  headBranch: 'main',
  jobs: [
    {
      name: 'release',
      status: 'completed',
      conclusion: 'success',
      startedAt: at(-2),
      completedAt: at(2),
      workflowName: 'release',
    },
  ],
});

const watching = (changes: ContextChanges = {}): ContextChanges => ({
  repository: repository({}, { name: exampleJob.repository, id: exampleJob.repository_id }),
  now: at(120),
  ...changes,
  facts: {
    ...knownFacts,
    run: { kind: 'known', value: jobRun },
    ...changes.facts,
  },
});

describe('P01', () => {
  const entry = entryV2(instance.sign());

  test('a run that succeeded', () => {
    expect(verdictOf(unexplainedSignature, entry, watching())).toBeUndefined();
    expect(verdictOf(unexplainedSignature, entryV1(instance.sign(), at(0)), watching())).toBeUndefined();
    expect(verdictOf(unexplainedSignature, lastCertificate(), watching())).toBeUndefined();
  });

  test.each<[string, Facts['run']]>([
    ['a run that failed', { kind: 'known', value: { ...jobRun, conclusion: 'failure', jobs: [] } }],
    ['a run that does not exist', { kind: 'absent' }],
    ['a run with another commit', { kind: 'known', value: { ...jobRun, headSha: '0'.repeat(40) } }],
  ])('%s', (_, fact) => {
    observedBy(unexplainedSignature, entry, watching({ facts: { run: fact } }));
    observedBy(unexplainedSignature, lastCertificate(), watching({ facts: { run: fact } }));
  });
});

describe('P02 and P17', () => {
  const statement = (commit: string) =>
    utf8(
      JSON.stringify({
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: 'app', digest: { sha256: '0'.repeat(64) } }],
        predicateType: 'https://slsa.dev/provenance/v1',
        predicate: {
          buildDefinition: {
            externalParameters: {
              workflow: {
                repository: `https://github.com/${exampleJob.repository}`,
                ref: exampleJob.ref,
                path: '.github/workflows/release.yml',
              },
            },
            resolvedDependencies: [
              {
                uri: `git+https://github.com/${exampleJob.repository}@${exampleJob.ref}`,
                digest: { gitCommit: commit },
              },
            ],
          },
        },
      }),
    );
  const receiptsOf = (bundle: Bundle) => {
    const collector = new ReceiptCollector();
    collector.add('app.sigstore.json', utf8(writeBundle(bundle)));
    return { facts: { receipts: { kind: 'known', value: collector.receipts } } } as const;
  };

  test('an attestation, which the log knows by its pre-authentication encoding', () => {
    const bundle = instance.attest(statement(exampleJob.sha));
    expect(verdictOf(foreignDigest, entryV2(bundle), watching(receiptsOf(bundle)))).toBeUndefined();
    expect(verdictOf(contradiction, entryV2(bundle), watching(receiptsOf(bundle)))).toBeUndefined();
    observedBy(foreignDigest, entryV2(instance.attest()), watching(receiptsOf(bundle)));
  });

  test('provenance of another commit', () => {
    const bundle = instance.attest(statement('0'.repeat(40)));
    const { reason } = observedBy(contradiction, entryV2(bundle), watching(receiptsOf(bundle)));
    expect(reason).toMatch(`The statement names the commit ${'0'.repeat(40)}, and the certificate ${exampleJob.sha}.`);
  });

  test('claims that contradict each other', () => {
    expect(verdictOf(contradiction, entryV2(instance.sign()), watching())).toBeUndefined();
    const { additionalExtensions } = jobIdentity(claims);
    const other = jobIdentity({ ...claims, sha: '0'.repeat(40) }).additionalExtensions;
    // The first extensions are the older ones: 1 to 6.
    const mixed = additionalExtensions.map((extension, index) => (index < 6 && other[index]) || extension);
    const entry = entryV2(instance.sign({ leaf: { additionalExtensions: mixed } }));
    expect(observedBy(contradiction, entry, watching()).title).toMatch('contradict each other');
  });
});

describe('P13', () => {
  test('an entry of Rekor v1 within the certificate, and after it', () => {
    const bundle = instance.sign();
    expect(verdictOf(timeOutsideCertificate, entryV1(bundle, at(5)), watching())).toBeUndefined();
    expect(observedBy(timeOutsideCertificate, entryV1(bundle, at(60)), watching()).title).toMatch('signed after');
    expect(verdictOf(timeOutsideCertificate, entryV2(bundle), watching())).toBeUndefined();
  });
});

describe('P14', () => {
  const period = { from: daysAfter(-1, signedAt), to: daysAfter(3, signedAt) };
  const later = (history: Learned) =>
    watching({ history, now: period.to, read: { rekor: period, certificates: period } });
  const historyOf = (...entries: readonly WatchedEntry[]) => {
    const history = new Learned();
    for (const entry of entries) history.remember(entry);
    return history;
  };

  test('joins a certificate in both kinds of logs', () => {
    const signature = entryV2(instance.sign());
    const certificate = lastCertificate();
    const hashes = [signature, certificate].map(
      ({ signers }) => signers[0]?.kind === 'certificate' && signers[0].tbsHash,
    );
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[1]).toBe(hashes[0]);
    const joined = later(historyOf({ ...certificate, log: { ...certificate.log, origin: 'ct' } }, signature));
    expect(verdictOf(certificateLogJoin, certificate, joined)).toBeUndefined();
    expect(verdictOf(certificateLogJoin, signature, joined)).toBeUndefined();
  });

  test('a certificate without a signature, and the reverse', () => {
    const signature = entryV2(instance.sign());
    const certificate = lastCertificate();
    observedBy(certificateLogJoin, certificate, later(historyOf(certificate)));
    observedBy(certificateLogJoin, signature, later(historyOf(signature)));
  });
});

describe('P23', () => {
  test('entries that can be read', () => {
    for (const entry of [entryV2(instance.sign()), entryV1(instance.sign(), at(0)), lastCertificate()])
      expect(verdictOf(unreadableEntry, entry, watching())).toBeUndefined();
  });

  test.each(hostileEntries(instance.certificateAuthority).map(({ name, body }) => [name, body] as const))(
    'a hostile entry: %s',
    (_, body) => {
      const claimsOfEntry = readEntry('rekor-v2', body);
      const entry = watchedEntry(claimsOfEntry, {
        ...place(1),
        leafHash: createHash('sha256').update(body).digest('hex'),
      });
      const verdict = verdictOf(unreadableEntry, entry, watching());
      expect(verdict?.kind).toBe(claimsOfEntry.problems.length > 0 ? 'observed' : undefined);
      // A hostile entry stops no rule, and no history.
      expect(new Learned().remember(entry)).toBe(true);
    },
  );
});

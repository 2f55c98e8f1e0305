import { expect, test } from '@jest/globals';
import { toDigest } from '../../src/core/crypto/index.ts';
import { outageWarnings } from '../../src/report/outage-warnings.ts';
import type { ReportedSubject } from '../../src/report/signing-report.ts';

const log = 'https://log.example.test';
const outage = { log, reason: 'it responded with 503', fallback: 'timestamp-only' } as const;

const subject = (name: string, outages: ReportedSubject['outages'] = [outage]): ReportedSubject => ({
  name,
  kind: 'file',
  digest: toDigest('sha256', new Uint8Array(32)),
  bundlePath: `/work/${name}.sigstore.json`,
  logs: [],
  signedAt: new Date(0),
  certificateValidity: { notBefore: new Date(0), notAfter: new Date(0) },
  attachedAs: undefined,
  resumed: false,
  outages,
});

test('no outage needs no warning', () => {
  expect(outageWarnings([subject('a', [])], '/work')).toEqual([]);
  const { outages: _, ...without } = subject('a');
  expect(outageWarnings([without], '/work')).toEqual([]);
});

test('a warning names each bundle once, and the command with its paths', () => {
  expect(outageWarnings([subject('a b'), subject('-c'), subject('-c'), subject('d', [])], '/work')).toEqual([
    "2 bundles (a b.sigstore.json, -c.sigstore.json) have a timestamp and no log entry, because the transparency log https://log.example.test was down (it responded with 503). Verifiers refuse such bundles by default. To add the entries later, run `countersign complete 'a b.sigstore.json' ./-c.sigstore.json`",
  ]);
});

test('many bundles are counted, and the command takes their folder', () => {
  const [warning] = outageWarnings(
    Array.from({ length: 8 }, (_, index) => subject(`file-${index}`)),
    '/work',
  );
  expect(warning).toContain('8 bundles (file-0.sigstore.json, ');
  expect(warning).toContain('file-4.sigstore.json, and 3 more)');
  expect(warning).toContain('`countersign complete FOLDER`');
});

test('an entry in another log needs no command', () => {
  const instead = { ...outage, fallback: 'second-log', instead: 'https://other.example.test' } as const;
  expect(outageWarnings([subject('a', [instead])], '/work')).toEqual([
    'the log entries of 1 bundle (a.sigstore.json) are in https://other.example.test, because the transparency log https://log.example.test was down: it responded with 503',
  ]);
});

import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { concatBytes, decodeBase64, der, utf8 } from '../../../src/core/encoding/index.ts';
import type { MonitoredLog } from '../../../src/monitor/log/index.ts';
import { verifyHead } from '../../../src/monitor/readers/index.ts';
import { expectRejection } from '../../core/errors/failure.ts';

const name = 'log2025-1.rekor.sigstore.dev';
/** The type of the key, and the key, of the production log. */
const key = decodeBase64('AbfK5adZJxsI323FwGD2AJJ9F4i89cfDuLdGJBIYntuO');
const spki = der.sequence(der.sequence(der.oid('1.3.101.112')), der.bitString(key.subarray(1)));

const log: MonitoredLog = {
  protocol: 'rekor-v2',
  baseUrl: `https://${name}`,
  publicKey: readPublicKey(spki),
  keyId: createHash('sha256')
    .update(concatBytes(utf8(`${name}\n`), key))
    .digest(),
  names: [name],
  validFor: { start: new Date(0), end: undefined },
};

/** A checkpoint of 2026-10-06, with the cosignature of a witness. */
const note = `${name}
139911860
EliTHtnx44DhEBH+5qIXBtQsSpc54Avam7mIYEvxnTA=

— ${name} zxGZFcOra4Y7QpuiQen+CmnUvDZbxSXfBOXJzL+HKIeR9aC58QTfao58ABqkhVyBhQDseS+TZdDNpcnZhoRxkh7IbQ0=
— witness.stagemole.eu Z/euoAAAAABqxF18wrJCADsJ1G5Lc2JaRjZqqBwjpNqH24yQse4iJ4rKS6b5MtvHP+IbKYXwaWuWokdGA+BubLFi+TrwK7xpKr6XBw==
`;

test('a checkpoint of the production log, kept byte for byte', async () => {
  const head = await verifyHead(log, note);
  expect(head).toMatchObject({ origin: name, size: 139_911_860, time: undefined, frozen: false });
  expect(Buffer.from(head.note).toString()).toBe(note);
});

test('another size, and another name of the log', async () => {
  const altered = note.replace('139911860', '139911861');
  await expectRejection(() => verifyHead(log, altered), 'CHECKPOINT_INVALID', /signature by log2025-1.* is invalid/);
  const other = { ...log, names: ['log2025-2.rekor.sigstore.dev', 'log2025-2.rekor.sigstore.dev:443'] };
  await expectRejection(
    () => verifyHead(other, note),
    'CHECKPOINT_ORIGIN',
    /is "log2025-1.rekor.sigstore.dev"; expected "log2025-2.rekor.sigstore.dev" or "log2025-2.rekor.sigstore.dev:443"/,
  );
});

test('a line of a frozen log counts only for Rekor v2, and only as an extension line', async () => {
  const extended = note.replace('\n\n', '\nLog frozen — Tue Oct  6 02:31:24 UTC 2026\n\n');
  await expectRejection(() => verifyHead(log, extended), 'CHECKPOINT_INVALID', /is invalid/);
});

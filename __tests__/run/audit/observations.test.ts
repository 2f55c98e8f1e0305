/** What a log serves in place of an entry is kept, as an observation that proves nothing. */

import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { jobIdentity, type MisbehaviourName, type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { auditJson, auditText } from '../../../src/report/index.ts';
import type { Http } from '../../../src/services/http/index.ts';
import { claims } from '../../kit/instance.ts';
import { temporaryFolder } from '../../monitor/kit/temporary-folder.ts';
import { asStaticLog, auditSandbox, start } from './sandbox-audit.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  for (let at = 0; at < 3; at++) {
    sandbox.transparencyLog.append(new Uint8Array(Buffer.from(`entry ${at}`)));
    sandbox.certificateAuthority.issue({ publicKey: generateSigningKey('P-256').publicKey, ...jobIdentity(claims) });
  }
});
afterEach(() => sandbox.behave());
afterAll(() => sandbox.close());

const leaf = (bytes: Uint8Array): string =>
  createHash('sha256')
    .update(new Uint8Array([0]))
    .update(bytes)
    .digest('base64');

interface Served {
  readonly length: number;
  readonly sha256: string;
  readonly bytes: string;
}
interface ObservationFile {
  readonly schema: string;
  readonly warning: string;
  readonly finding: { readonly code: string };
  readonly note: string;
  readonly entry:
    | (Served & { readonly index: number; readonly leafHash: string; readonly expected: string | null })
    | null;
  readonly bundle: (Served & { readonly first: number; readonly hashes: readonly string[] }) | null;
}

/** Audits a log that alters its entries, and returns the observation. */
async function observed(name: MisbehaviourName, log: string, through?: (http: Http) => Http) {
  const state = join(await temporaryFolder(), 'state');
  sandbox.misbehave(name);
  const { report, reported, codes, outcome } = await auditSandbox(sandbox, state, {
    logs: [log],
    ...(through && { through }),
  });
  expect({ codes, outcome }).toEqual({ codes: ['ENTRY_ALTERED'], outcome: 'findings' });
  const path = reported[0]?.observation ?? '';
  const text = await readFile(path, 'utf8');
  const file: ObservationFile = JSON.parse(text);
  expect(file).toMatchObject({
    schema: 'countersign-observation/1',
    warning: expect.stringContaining('no proof'),
    finding: { code: 'ENTRY_ALTERED' },
  });
  expect(reported[0]?.evidence).toBeUndefined();
  return { state, report, path, text, file, through };
}

test('of a log of tiles: the bundle, and the hashes of its entries in the tree', async () => {
  const { transparencyLog, urls } = sandbox;
  const { report, path, file } = await observed('rekor-v2:altered-entry', urls.rekor);
  const { size } = transparencyLog;
  const right = Array.from({ length: size }, (_, at) => leaf(transparencyLog.body(at)));
  expect(file.bundle).toMatchObject({ first: 0, hashes: right });
  expect(file.entry?.expected).toBe(right[file.entry?.index ?? 0]);
  expect(file.entry?.leafHash).toBe(leaf(Buffer.from(file.entry?.bytes ?? '', 'base64')));
  expect(file.entry?.leafHash).not.toBe(file.entry?.expected);
  // The bundle is that of the log, byte for byte.
  const served = Buffer.from(file.bundle?.bytes ?? '', 'base64');
  expect(served.includes(Buffer.from(file.entry?.bytes ?? '', 'base64'))).toBe(true);
  expect(createHash('sha256').update(served).digest('hex')).toBe(file.bundle?.sha256);
  expect(served.length).toBe(file.bundle?.length);
  expect(Buffer.from(file.note, 'base64').toString()).toContain(`\n${size}\n`);
  expect(auditText(report)).toContain(path);
  expect(auditText(report)).toMatch(
    /ENTRY_ALTERED +could not verify: .*\n.*\n {2}observation {9}\S+\n.*It proves nothing/,
  );
  expect(JSON.stringify(auditJson(report))).toContain(`"evidence":null,"observation":${JSON.stringify(path)}`);
});

test('of a certificate log of RFC 6962: the entry', async () => {
  const { file } = await observed('ct:altered-entry', sandbox.urls.certificateLog);
  expect(file).toMatchObject({ bundle: null, entry: { expected: null } });
  expect(file.entry?.leafHash).toBe(leaf(Buffer.from(file.entry?.bytes ?? '', 'base64')));
});

test('of a certificate log of the Static CT API: the tile', async () => {
  const { certificateLog, urls } = sandbox;
  const { file } = await observed('ct:altered-entry', urls.certificateLog, asStaticLog);
  expect(file.bundle?.hashes).toHaveLength(certificateLog.store.size);
  expect(file.bundle?.bytes).not.toBe('');
});

test('is written once, and another one next to it', async () => {
  const { transparencyLog, urls } = sandbox;
  const { state, path, text } = await observed('rekor-v2:altered-entry', urls.rekor);
  await writeFile(join(state, 'observations', '.0123456789abcdef.tmp'), 'what a killed run left');
  const again = await auditSandbox(sandbox, state, { logs: [urls.rekor], now: new Date(start.getTime() + 60_000) });
  expect(again.reported[0]?.observation).toBe(path);
  expect(await readFile(path, 'utf8')).toBe(text);
  // The bundle of a larger tree is another one, and the finding is the same.
  transparencyLog.append(new Uint8Array(Buffer.from('one more')));
  const later = await auditSandbox(sandbox, state, { logs: [urls.rekor] });
  expect(later.reported[0]?.finding.id).toBe(again.reported[0]?.finding.id);
  expect(later.reported[0]?.observation).not.toBe(path);
  expect(await readdir(join(state, 'observations'))).toHaveLength(2);
  expect(await readFile(path, 'utf8')).toBe(text);
  // A log cannot fill the disk.
  for (let at = 2; at < 100; at++) await writeFile(join(state, 'observations', `${at}.json`), '');
  transparencyLog.append(new Uint8Array(Buffer.from('and another')));
  const full = await auditSandbox(sandbox, state, { logs: [urls.rekor] });
  expect(full.reported).toMatchObject([{ finding: { code: 'ENTRY_ALTERED' }, observation: undefined }]);
  expect(full.report.logs[0]?.notes.join()).toMatch(/the folder of observations is full/);
  expect(await readdir(join(state, 'observations'))).toHaveLength(100);
});

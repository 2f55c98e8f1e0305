/** The hostile entries are what their names say, and each log takes them. */

import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  hostileCertificates,
  hostileEntries,
  hostileEntriesV1,
  leafHash,
  type Sandbox,
  startSandbox,
} from '../index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const bytesOf = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

test('Rekor v2 shows all of them in a bundle', async () => {
  const { transparencyLog: log, urls } = sandbox;
  const entries = hostileEntries(sandbox.certificateAuthority);
  const first = log.size;
  for (const { body } of entries) log.append(body);
  expect(log.size).toBeLessThan(256);
  const bundle = await bytesOf(`${urls.rekor}/tile/entries/000.p/${log.size}`);
  const read: Buffer[] = [];
  for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at))
    read.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)));
  expect(read.slice(first)).toEqual(entries.map(({ body }) => Buffer.from(body)));
  expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
  const lengths = Object.fromEntries(entries.map(({ name, body }) => [name, body.length]));
  expect(lengths).toMatchObject({ 'no bytes': 0, 'the maximum length': 65_535 });
  expect(lengths['a certificate of 47 KiB']).toBeGreaterThan(60_000);
});

test('Rekor v1 has one with a certificate of 1 MiB', async () => {
  const { rekorV1Log: log, urls } = sandbox;
  for (const { name, body } of hostileEntriesV1(sandbox.certificateAuthority)) {
    const index = log.append(body);
    const [entry] = Object.values<{ readonly body: string }>(
      JSON.parse(String(await bytesOf(`${urls.rekorV1}/api/v1/log/entries?logIndex=${index}`))),
    );
    expect([name, Buffer.from(entry?.body ?? '', 'base64').equals(body)]).toEqual([name, true]);
    if (name === 'a certificate of 1 MiB') expect(body.length).toBeGreaterThan(1024 * 1024);
  }
});

test('the certificate log takes any of them as a precertificate', async () => {
  const { certificateLog: log, urls } = sandbox;
  const issuerKeyHash = new Uint8Array(32);
  for (const { certificate } of hostileCertificates(sandbox.certificateAuthority)) {
    log.submit({ tbsCertificate: certificate, issuerKeyHash, certificate });
    const index = log.store.size - 1;
    const { entries } = JSON.parse(
      String(await bytesOf(`${urls.certificateLog}/ct/v1/get-entries?start=${index}&end=${index}`)),
    );
    const leaf = Buffer.from(entries[0].leaf_input, 'base64');
    expect(Buffer.from(leafHash(leaf))).toEqual(Buffer.from(log.store.leafHash(index)));
    expect(leaf.includes(Buffer.from(certificate))).toBe(true);
  }
});

test('the certificates have in them what they are named after', () => {
  const all = new Map(
    hostileCertificates(sandbox.certificateAuthority).map(({ name, certificate }) => [name, Buffer.from(certificate)]),
  );
  const expected: Readonly<Record<string, string>> = {
    'an alternative name with NUL': 'main\0.evil.example',
    'an alternative name with newline': '\nVerified: no findings',
    'an alternative name with bidirectional control characters': '\u202egro-elpmaxe',
    'an alternative name with commands of a workflow': '\n::error::injected',
    'claims with escape sequences of a terminal': '\u001b[2J',
  };
  for (const [name, text] of Object.entries(expected))
    expect([name, all.get(name)?.includes(Buffer.from(text))]).toEqual([name, true]);
  // Those that are whole can be read by OpenSSL.
  const readable = [...all].filter(([, certificate]) => {
    try {
      return new X509Certificate(certificate) !== undefined;
    } catch {
      return false;
    }
  });
  expect(readable.length).toBeGreaterThan(30);
});

/** Bundles with predicates of up to 16 MiB, in a file, as one of several lines, and in a folder. */

import * as files from 'node:fs/promises';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { maxBundleLength, writeBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import { loadPolicy, loadTrust } from '../../../src/run/policy/index.ts';
import { verifyRun } from '../../../src/run/verify/index.ts';
import { artifact, Instance, identity, issuer, now } from '../../kit/instance.ts';

const instance = new Instance();
const world = {
  files,
  clock: () => now,
  cancellation: new AbortController().signal,
  random: (length: number) => new Uint8Array(length),
  http: () => Promise.reject(new Error('asked the network')),
};

/** On a busy machine; on one that is not, a tenth of it. */
const patience = 300_000;

/** A bundle whose predicate has this length, as JSON. */
function bundleOf(predicateLength: number): string {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'app', digest: { sha256: encodeHex(digest('sha256', artifact).bytes) } }],
    predicateType: 'https://spdx.dev/Document',
    predicate: { x: 'y'.repeat(predicateLength - '{"x":""}'.length) },
  };
  return writeBundle(instance.attest(utf8(JSON.stringify(statement))));
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-long-'));
  await writeFile(join(folder, 'app'), artifact);
  await writeFile(join(folder, 'root.json'), JSON.stringify(instance.trustedRoot()));
});
afterAll(() => rm(folder, { recursive: true }));

async function verdicts(place: { readonly name: string; readonly text: string } | { readonly directory: string }) {
  if ('name' in place) await writeFile(join(folder, place.name), place.text);
  const report = await verifyRun(
    {
      artifacts: [{ kind: 'file', name: 'app', path: join(folder, 'app') }],
      bundles: {
        workspace: folder,
        paths: 'name' in place ? [join(folder, place.name)] : [],
        directory: 'directory' in place ? place.directory : undefined,
      },
      policy: await loadPolicy({ certificateIdentity: identity, certificateOidcIssuer: issuer }, world),
      trust: await loadTrust({ name: 'sandbox', purpose: 'verify', trustedRoot: join(folder, 'root.json') }, world),
      concurrency: 1,
    },
    world,
  );
  return report.results.map(({ failure }) => failure?.code ?? 'verified');
}

test(
  'a predicate of 16 MiB is verified from a file, a line and a folder',
  async () => {
    const text = bundleOf(16 * 1024 * 1024);
    expect(await verdicts({ name: 'one.sigstore.json', text })).toEqual(['verified']);
    const short = bundleOf(100);
    expect(await verdicts({ name: 'many.jsonl', text: `${short}\n${text}\n` })).toEqual(['verified', 'verified']);
    const directory = join(folder, 'bundles');
    await mkdir(directory);
    await writeFile(join(directory, 'app.sigstore.json'), text);
    expect(await verdicts({ directory })).toEqual(['verified']);
  },
  patience,
);

test(
  'a longer one, and a longer bundle, are refused by their limits',
  async () => {
    const statement = bundleOf(17 * 1024 * 1024);
    expect(statement.length).toBeLessThan(maxBundleLength);
    expect(await verdicts({ name: 'statement.sigstore.json', text: statement })).toEqual(['LIMIT_EXCEEDED']);
    const bundle = bundleOf(100);
    const long = bundle + ' '.repeat(maxBundleLength + 1 - bundle.length);
    expect(await verdicts({ name: 'long.sigstore.json', text: long })).toEqual(['LIMIT_EXCEEDED']);
  },
  patience,
);

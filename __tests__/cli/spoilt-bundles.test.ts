/** Bundles, trusted roots and policies that must not pass, through the built command. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CertificateAuthority, exampleJob } from '../../sandbox/index.ts';
import { type Bundle, writeBundle } from '../../src/core/bundle/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { der, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import { Job } from '../action/job.ts';
import {
  artifact,
  bodiesV1,
  exampleStatement,
  Instance,
  identity,
  issuer,
  sources,
  submittedPem,
  withEntries,
} from '../kit/instance.ts';
import { countersign, type Run } from './command.ts';

const instance = new Instance();
const signed = instance.sign();
const workflow = `${exampleJob.repository}/.github/workflows/release.yml`;
const exactly = ['--certificate-identity', identity, '--certificate-oidc-issuer', issuer];
const byWorkflow = [
  '--signer-workflow',
  workflow,
  '--repo',
  exampleJob.repository,
  '--certificate-oidc-issuer',
  issuer,
];

let job: Job;
let folder: string;
beforeAll(async () => {
  job = await Job.start();
  folder = await mkdtemp(join(tmpdir(), 'countersign-spoilt-'));
  await writeFile(join(folder, 'what.txt'), artifact);
});
afterAll(async () => {
  await job[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function verify(
  bundle: Bundle,
  options: readonly string[] = exactly,
  root: JsonObject = instance.trustedRoot(),
): Promise<Run> {
  await writeFile(join(folder, 'bundle.json'), writeBundle(bundle));
  await writeFile(join(folder, 'root.json'), JSON.stringify(root));
  const files = ['--bundle', 'bundle.json', '--trusted-root', 'root.json', '--instance', 'sandbox'];
  return countersign(job, ['verify', 'what.txt', ...files, ...options], { cwd: folder });
}

async function refused(run: Promise<Run>, code: number, text: string): Promise<void> {
  expect(await run).toMatchObject({ code, stderr: expect.stringContaining(text) });
}

test('a right one passes, and what a pattern means', async () => {
  for (const options of [exactly, byWorkflow, [...byWorkflow, '--source-ref', 'refs/heads/**']])
    expect(await verify(signed, options)).toMatchObject({ code: 0, stderr: '' });
});

describe('a bundle', () => {
  test('that says something twice', async () => {
    const [entry, stamp] = [signed.logEntries[0], signed.timestamps[0]];
    const entries = withEntries(signed, ...(entry ? [entry, { ...entry, integratedTime: 9n }] : []));
    await refused(verify(entries), 5, 'LOG_ENTRY_INVALID: what.txt: the bundle contains the log entry 5 twice');
    const timestamps = { ...signed, timestamps: stamp ? [stamp, instance.stamped(signed.content.signature)] : [] };
    await refused(verify(timestamps), 5, 'TIMESTAMP_INVALID: what.txt: the bundle contains the timestamp of');
    const scts = instance.sign({
      leaf: {
        signedCertificateTimestamps: (one) => [
          instance.certificateLog.submit(one),
          instance.certificateLog.submit(one),
        ],
      },
    });
    await refused(
      verify(scts),
      5,
      'SCT_INVALID: what.txt: the certificate has two signed certificate timestamps of the log',
    );
  });

  test('that makes an attestation of a signed file', async () => {
    const payloadType = 'application/vnd.in-toto+json';
    const file = utf8(
      `DSSEv1 ${payloadType.length} ${payloadType} ${exampleStatement.length} ${Buffer.from(exampleStatement).toString()}`,
    );
    const bundle = instance.sign({ signed: file });
    const entry = instance.loggedV1(
      'hashedrekord',
      bodiesV1.hashedrekord(bundle, submittedPem(bundle), digest('sha256', file)),
    );
    const { signature } = bundle.content;
    const forged: Bundle = {
      ...withEntries(bundle, entry),
      content: { kind: 'dsse-envelope', payloadType, payload: exampleStatement, signature },
    };
    await refused(verify(forged), 4, 'LOG_ENTRY_MISMATCH: what.txt: the log entry is for a file signature');
  });

  test.each(['intermediate', 'root'] as const)('of an authority whose %s has name constraints', async (which) => {
    for (const critical of [true, false]) {
      const value = der.sequence(der.context(1, der.sequence(der.contextPrimitive(6, utf8('github.com')))));
      const other = new Instance();
      const changed = { [which]: { additionalExtensions: [{ oid: '2.5.29.30', critical, value }] } };
      const authority = new CertificateAuthority({ sources, log: other.certificateLog, ...changed });
      Object.assign(other, { certificateAuthority: authority });
      await refused(
        verify(other.sign(), exactly, other.trustedRoot()),
        5,
        'has name constraints (2.5.29.30), which Countersign does not support',
      );
    }
  });

  test('whose certificate was seen in the future', async () => {
    const timestamp = new Date('2999-01-01T00:00:00Z');
    const bundle = instance.sign({
      leaf: { signedCertificateTimestamps: (one) => [instance.certificateLog.submit(one, { timestamp })] },
    });
    await refused(verify(bundle), 5, '2999-01-01T00:00:00.000Z of the log https://ct.example.test is in the future');
  });

  test('whose name is of another kind, or of another workflow', async () => {
    const named = (kind: 'uniformResourceIdentifier' | 'rfc822Name', value: string) =>
      instance.sign({ leaf: { subjectAlternativeNames: { critical: true, names: [{ kind, value }] } } });
    await refused(
      verify(named('rfc822Name', identity)),
      4,
      'which is an email address in the certificate; expected a URI',
    );
    const person = ['--certificate-identity', 'a@example.test', '--certificate-oidc-issuer', issuer];
    expect(await verify(named('rfc822Name', 'a@example.test'), person)).toMatchObject({ code: 0 });
    await refused(
      verify(named('uniformResourceIdentifier', 'a@example.test'), person),
      4,
      'which is a URI in the certificate; expected an email',
    );
    const evil = named('uniformResourceIdentifier', `https://github.com/${workflow}@evil.yml@refs/heads/main`);
    await refused(verify(evil, byWorkflow), 4, 'IDENTITY_MISMATCH');
    await refused(verify(evil, [...byWorkflow.with(1, `${workflow}@refs/heads/*`)]), 4, 'IDENTITY_MISMATCH');
    const glob = ['--certificate-identity-glob', `https://github.com/${workflow}@**`];
    await refused(verify(evil, [...glob, '--certificate-oidc-issuer', issuer]), 4, 'IDENTITY_MISMATCH');
  });
});

describe('a policy', () => {
  test.each<[string, readonly string[]]>([
    ['a source that everybody meets', [...byWorkflow.slice(0, 2), '--claim', 'source-repository-uri=https://**']],
    ['a ref that everybody meets', [...byWorkflow, '--source-ref', 'refs/**']],
  ])('with %s', async (_, options) => {
    await refused(verify(signed, options), 2, 'which matches everyone');
  });

  test('that asks for nothing', async () => {
    for (const [yaml, text] of [
      [
        `policy: { repo: ${exampleJob.repository}, certificate-oidc-issuer: "${issuer}", claims: {} }`,
        '"claims" is empty',
      ],
      ['policy: {}', '"policy" is empty'],
    ] as const) {
      await writeFile(join(folder, 'policy.yml'), yaml);
      await refused(verify(signed, ['--policy', 'policy.yml']), 2, text);
    }
  });
});

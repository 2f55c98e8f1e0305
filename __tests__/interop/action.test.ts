/** Signs with the built action and the real services, and has every verifier verify the result. */

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readCertificate } from '../../src/core/certificate/index.ts';
import { decodeBase64, decodeUtf8, readDer } from '../../src/core/encoding/index.ts';
import { runSignAction, type SignedFile, signWithAction, workspaceOf } from './kit/action.ts';
import type { Form, VerifyRequest } from './kit/client.ts';
import { Court, type VerifierName, verifierNames } from './kit/court.ts';
import type { LogVersion } from './kit/instance.ts';
import { expectAccepted, expectRefused, signedIn } from './kit/signed-by.ts';

let court: Court;
beforeAll(async () => {
  court = await Court.open('the real services');
});
afterAll(() => court[Symbol.asyncDispose]());

const requestOf = ({ file, bundle }: SignedFile, log: LogVersion, form: Form): VerifyRequest => ({
  ...{ instance: court.instance, source: { kind: 'files', log }, form, file, bundle },
  identity: court.instance.identity('job'),
});

/** Milliseconds. Some verifiers take a process for each file, and the machine may be busy. */
const manyProcesses = 30 * 60_000;

/** Verifies each file: those with bundles of their own in one process, if the verifier can. */
async function expectEachAccepted(name: VerifierName, signed: readonly SignedFile[], log: LogVersion, form: Form) {
  const verifier = court.verifier(name);
  const [first] = signed;
  if (first === undefined) throw new Error('nothing was signed');
  if (form === 'message' && signed.length > 1 && verifier.verifyBeside !== undefined) {
    const files = signed.map(({ file }) => file);
    expectAccepted(await verifier.verifyBeside(requestOf(first, log, form), files));
  } else {
    for (const one of signed) expectAccepted(await verifier.verify(requestOf(one, log, form)));
  }
}

describe.each([2, 1] as const)('Rekor v%i', (log) => {
  describe.each(['message', 'attestation'] as const)('%s', (form) => {
    describe.each([1, 20])('of %i files', (count) => {
      let signed: readonly SignedFile[];
      beforeAll(async () => {
        signed = await signWithAction(court, await workspaceOf(court, count), log, form);
      });

      test('there is a bundle for each', () => {
        expect(new Set(signed.map(({ file }) => file)).size).toBe(count);
        expect(new Set(signed.map(({ bundle }) => bundle)).size).toBe(form === 'message' ? count : 1);
      });

      test.each(verifierNames)(
        '%s accepts each',
        (verifier) => expectEachAccepted(verifier, signed, log, form),
        manyProcesses,
      );
    });
  });
});

describe('500 files, a bundle each, in one run', () => {
  let signed: readonly SignedFile[];
  beforeAll(async () => {
    // A hundred at once, as anybody would run it: the log may drop a connection, and is asked again.
    const inputs = { concurrency: '100', 'retry-budget': '5m' };
    signed = await signWithAction(court, await workspaceOf(court, 500), 2, 'message', inputs);
  });

  test('with one certificate', async () => {
    expect(signed).toHaveLength(500);
    const certificates = await Promise.all(signed.map(async ({ bundle }) => (await certificateOf(bundle)).der));
    expect(new Set(certificates).size).toBe(1);
  });

  test.each(verifierNames)(
    '%s accepts each',
    (verifier) => expectEachAccepted(verifier, signed, 2, 'message'),
    manyProcesses,
  );
});

test('the workflow artifact has the bundles', async () => {
  const workspace = await workspaceOf(court, 2);
  const inputs = { 'signing-config': court.instance.signingConfig(2), 'bundle-format': 'per-file' };
  const { conclusion, outputs } = await runSignAction(court, workspace, { ...inputs, 'artifact-name': 'bundles' });
  expect(conclusion).toBe('success');
  expect(outputs.get('artifact-id')).toMatch(/^\d+$/);
  expect(outputs.get('artifact-digest')).toMatch(/^[0-9a-f]{64}$/);
});

test('each extension of the certificate has the value of the job’s token', async () => {
  const [signed] = await signWithAction(court, await workspaceOf(court, 1), 2, 'message');
  if (signed === undefined) throw new Error('nothing was signed');
  const { extensions } = await certificateOf(signed.bundle);
  const repository = 'https://github.com/example-org/example-repo';
  const workflow = `${repository}/.github/workflows/release.yml@refs/heads/main`;
  const commit = '0123456789abcdef0123456789abcdef01234567';
  expect(extensions).toEqual({
    1: court.instance.setting('OIDC_GHA'),
    2: 'push',
    3: commit,
    4: 'release',
    5: 'example-org/example-repo',
    6: 'refs/heads/main',
    8: court.instance.setting('OIDC_GHA'),
    9: workflow,
    10: commit,
    11: 'github-hosted',
    12: repository,
    13: commit,
    14: 'refs/heads/main',
    15: '700000001',
    16: 'https://github.com/example-org',
    17: '700000002',
    18: workflow,
    19: commit,
    20: 'push',
    21: `${repository}/actions/runs/8000000001/attempts/1`,
    22: 'public',
    24: 'repo:example-org/example-repo:ref:refs/heads/main',
  });
});

describe('an authority without a certificate log', () => {
  const config = () => court.instance.signingConfigWithoutCertificateLog;

  test('the action refuses what it certifies, and writes no bundle', async () => {
    const workspace = await workspaceOf(court, 1);
    const { conclusion, annotations, outputs } = await runSignAction(court, workspace, { 'signing-config': config() });
    expect(conclusion).toBe('failure');
    expect(annotations.map(({ message }) => message).join('\n')).toMatch(/SCT_MISSING/);
    expect(outputs.get('bundle-paths') ?? '').toBe('');
  });

  test('the action signs where that is typed out', async () => {
    const workspace = await workspaceOf(court, 1);
    const inputs = { 'signing-config': config(), 'insecure-ignore-sct': 'true' };
    const [signed] = await signWithAction(court, workspace, 2, 'message', inputs);
    if (signed === undefined) throw new Error('nothing was signed');
    const request = requestOf(signed, 2, 'message');
    expectRefused('cosign', 'certificate log', await court.verifier('cosign').verify(request));
    expectAccepted(await court.verifier('cosign').verify({ ...request, ignoreCertificateLog: true }));
  });

  describe('what cosign signs with it', () => {
    let signed: VerifyRequest;
    beforeAll(async () => {
      signed = await signedIn(court, 'cosign', {
        source: { kind: 'files', log: 2, signingConfig: config() },
        form: 'message',
        signer: 'job',
      });
    });

    test.each(verifierNames)('%s refuses', async (verifier) => {
      expectRefused(verifier, 'certificate log', await court.verifier(verifier).verify(signed));
    });

    test.each(['countersign', 'cosign'] as const)('%s accepts where that is typed out', async (verifier) => {
      expectAccepted(await court.verifier(verifier).verify({ ...signed, ignoreCertificateLog: true }));
    });
  });
});

/** The certificate of a bundle, and Fulcio's extensions in it by their last arc. */
async function certificateOf(bundle: string) {
  const json = JSON.parse(await readFile(bundle, 'utf8'));
  const der: string = json.verificationMaterial.certificate.rawBytes;
  const certificate = readCertificate(decodeBase64(der));
  const arc = '1.3.6.1.4.1.57264.1.';
  const fulcio = [...certificate.extensions].filter(([oid]) => oid.startsWith(arc));
  const extensions = fulcio.map(([oid, { value }]) => {
    const number = Number(oid.slice(arc.length));
    return [number, number < 8 ? decodeUtf8(value) : readDer(value, (reader) => reader.utf8String())] as const;
  });
  return { der, extensions: Object.fromEntries(extensions) };
}

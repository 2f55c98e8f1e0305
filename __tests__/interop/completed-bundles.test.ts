/**
 * Has cosign and sigstore-go verify bundles that were signed while the log was down: as they are, and after `countersign complete`. The log
 * is that of the real services, and that of the sandbox.
 */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Form, predicateType } from './kit/client.ts';
import { countersignPath } from './kit/countersign.ts';
import { Court, services } from './kit/court.ts';
import { imageVerifiers } from './kit/image-clients.ts';
import { pushImage, referenceTo } from './kit/images.ts';
import { judgePath, type Run, run } from './kit/program.ts';

const forms = ['message', 'attestation'] as const satisfies readonly Form[];

describe.each(services)('with %s', (name) => {
  let court: Court;
  let folder = '';
  /** A signing config whose log cannot be reached. */
  let withoutLog = '';
  beforeAll(async () => {
    court = await Court.open(name);
    folder = await mkdtemp(join(tmpdir(), 'countersign-completed-'));
    withoutLog = join(folder, 'signing_config.json');
    const config = JSON.parse(await readFile(court.instance.signingConfig(2), 'utf8'));
    // Nothing listens at this port.
    for (const log of config.rekorTlogUrls) log.url = 'http://127.0.0.1:1';
    await writeFile(withoutLog, JSON.stringify(config));
    await writeFile(join(folder, 'policy.yml'), 'sign: { on-outage: timestamp-only }\n');
  });
  afterAll(async () => {
    await court[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const inFolder = (
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Run> => run(program, args, { cwd: folder, env: { HOME: folder, ...env } });
  const trust = (): readonly string[] => ['--trusted-root', court.instance.trustedRoot];
  const identity = (): readonly string[] => {
    const { name: expected, issuer } = court.instance.identity('job');
    return ['--certificate-identity', expected, '--certificate-oidc-issuer', issuer];
  };
  const countersign = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
    inFolder(process.execPath, [countersignPath, ...args, '--instance', court.instance.name, ...trust()], env);

  const cosign = (form: Form, ...options: readonly string[]): Promise<Run> =>
    inFolder(judgePath('COUNTERSIGN_INTEROP_COSIGN'), [
      ...(form === 'message' ? ['verify-blob'] : ['verify-blob-attestation', '--type', predicateType]),
      ...[...trust(), ...identity(), ...options, '--bundle', `${form}.json`, `${form}.txt`],
    ]);
  const sigstoreGo = (form: Form, ...options: readonly string[]): Promise<Run> => {
    const { name: expected, issuer } = court.instance.identity('job');
    return inFolder(judgePath('COUNTERSIGN_INTEROP_SIGSTORE_GO'), [
      ...['-artifact', `${form}.txt`, '-expectedIssuer', issuer, '-expectedSAN', expected],
      ...['-trustedrootJSONpath', court.instance.trustedRoot, ...options, `${form}.json`],
    ]);
  };
  const verify = (form: Form, ...options: readonly string[]): Promise<Run> =>
    countersign(['verify', `${form}.txt`, '--bundle', `${form}.json`, ...identity(), ...options]);

  test.each(forms)('a bundle of an outage (%s), and the same bundle after it', async (form) => {
    await writeFile(join(folder, `${form}.txt`), `signed as ${form}\n`);
    const signed = await countersign(
      [
        ...['sign', `${form}.txt`, '--bundle', `${form}.json`, '--retry-budget', '0s'],
        ...['--bundle-format', form === 'message' ? 'per-file' : 'attestation'],
        ...['--signing-config', withoutLog, '--policy', 'policy.yml', '--on-outage', 'timestamp-only'],
      ],
      court.instance.jobVariables(),
    );
    expect(signed).toMatchObject({ code: 0, stdout: expect.stringContaining(`countersign complete ${form}.json`) });

    // Everybody refuses it by default.
    expect(await verify(form)).toMatchObject({ code: 3, stderr: expect.stringContaining('countersign complete') });
    expect((await cosign(form)).code).not.toBe(0);
    expect((await sigstoreGo(form)).code).not.toBe(0);
    // Everybody accepts it by a policy that says so.
    expect(await verify(form, '--accept-timestamp-only')).toMatchObject({ code: 0 });
    const timestampOnly = ['--insecure-ignore-tlog', '--use-signed-timestamps'];
    expect(await cosign(form, ...timestampOnly)).toMatchObject({ code: 0 });
    expect(await sigstoreGo(form, '-requireTlog=false', '-requireTimestamp=true')).toMatchObject({ code: 0 });

    const config = ['--signing-config', court.instance.signingConfig(2)];
    const completed = await countersign(['complete', `${form}.json`, ...config]);
    expect(completed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Completed .*log index \d+/) });

    // Everybody accepts it by default.
    expect(await verify(form)).toMatchObject({ code: 0 });
    expect(await cosign(form)).toMatchObject({ code: 0, stderr: expect.stringContaining('Verified OK') });
    expect(await sigstoreGo(form)).toMatchObject({ code: 0 });
    const again = await countersign(['complete', `${form}.json`, ...config]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Already complete /) });
  });

  test('an image whose bundle is of an outage, and the same image after it', async () => {
    const image = await pushImage(court, 'go-containerregistry');
    const { name: expected, issuer } = court.instance.identity('job');
    const cosignImage = (): Promise<Run> => {
      const request = { content: 'signature', image, identity: { name: expected, issuer } } as const;
      return imageVerifiers.cosign(court, request);
    };
    const signed = await countersign(
      [
        ...['sign', '--image', referenceTo(image), '--bundle-format', 'per-file', '--bundle-dir', 'images'],
        ...['--retry-budget', '0s', '--signing-config', withoutLog],
        ...['--policy', 'policy.yml', '--on-outage', 'timestamp-only'],
      ],
      court.instance.jobVariables(),
    );
    expect(signed).toMatchObject({ code: 0 });
    expect((await cosignImage()).code).not.toBe(0);
    const complete = ['complete', referenceTo(image), '--signing-config', court.instance.signingConfig(2)];
    expect(await countersign(complete)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Completed oci:.*\(log index \d+; attached as .*@sha256:[0-9a-f]{64}\)\n$/),
    });
    expect(await cosignImage()).toMatchObject({ code: 0 });
    expect(await countersign(['verify', referenceTo(image), ...identity()])).toMatchObject({ code: 0 });
    expect(await countersign(complete)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Already complete /) });
  });
});

/** Watches a repository of images, as the command joins it: policy file, registry, audit, findings. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { defaultThresholds } from '../../../src/core/policy/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import type { WatchReport } from '../../../src/monitor/watch/index.ts';
import { watchOutcome } from '../../../src/report/index.ts';
import type { TrustChoice } from '../../../src/run/policy/index.ts';
import { loadWatchPolicy, openPackages, openWatchServices, runWatch } from '../../../src/run/watch/index.ts';
import { systemWorld } from '../../../src/run/world/index.ts';
import { SignedImages } from '../../kit/signed-images.ts';
import { temporaryFolder } from '../../monitor/kit/temporary-folder.ts';

let sandbox: Sandbox;
let images: SignedImages;
beforeAll(async () => {
  sandbox = await startSandbox();
  images = new SignedImages(sandbox);
});
afterAll(async () => {
  images[Symbol.dispose]();
  await sandbox.close();
});

test('an image without a signature after a signed one is a finding', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'countersign.yml');
  const { host } = sandbox.registry;
  await writeFile(
    path,
    `watch:\n  packages:\n    - oci: ${host}/octo/app\n      repository: example-org/example-repo\n`,
  );
  using world = systemWorld();
  const policy = await loadWatchPolicy(path, world);
  const trust = readTrustedRoot(JSON.stringify(sandbox.trustedRoot));
  const roots: readonly TrustChoice[] = [
    { instance: 'sandbox', trust, thresholds: defaultThresholds, sandbox: 'accept' },
  ];
  const settings = { npm: undefined, pypi: undefined, environment: {} };
  const run = async (): Promise<WatchReport> => {
    using services = openWatchServices({ token: undefined, apiUrl: undefined, webhookSecrets: undefined }, world);
    const request = {
      policy,
      deliveries: [],
      state: join(folder, 'state'),
      logs: [sandbox.urls.rekor],
      bundles: [],
      witnesses: [],
      witnessPolicy: undefined,
      from: 'head',
      maxEntries: undefined,
      maxMinutes: undefined,
      keySource: 'the trusted root of the sandbox',
      tool: 'countersign test',
      isIndexed: false,
    };
    const packages = openPackages(policy.policy, roots, settings, world);
    return runWatch(request, roots, { ...services, packages }, world);
  };
  const signed = await images.push('octo/app', '1.0.0');
  await images.attach(signed, await images.sign(signed));
  const first = await run();
  expect(first.packages).toMatchObject([{ versions: 1, problem: undefined }]);
  expect(watchOutcome(first)).toBe('clean');
  await images.push('octo/app', '1.0.1');
  const second = await run();
  expect(second.open).toMatchObject([
    {
      rule: { id: 'P24' },
      severity: 'alert',
      title: `${host}/octo/app:1.0.1 has no provenance`,
      about: { kind: 'package', ecosystem: 'oci', name: `${host}/octo/app`, version: '1.0.1' },
      line: 3,
    },
  ]);
  expect(watchOutcome(second)).toBe('findings');
  const [finding] = second.open;
  expect((await run()).open.map(({ id }) => id)).toEqual([finding?.id]);
});

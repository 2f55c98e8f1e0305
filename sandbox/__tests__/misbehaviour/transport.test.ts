/** Checks each transport fault at each service with a plain client. */

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { oneIn } from '../../../__tests__/kit/thorough.ts';
import {
  type Sandbox,
  type ServiceName,
  serviceNames,
  startSandbox,
  type TransportFault,
  transportFaults,
} from '../../index.ts';
import { endless } from './noticed.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.behave());

/** Something of each service that can be had without a credential, be it a refusal. */
async function addressOf(service: ServiceName): Promise<string> {
  const { urls, artifactService } = sandbox;
  const { job } = artifactService;
  const twirp = `${urls.results}twirp/github.actions.results.api.v1.ArtifactService/CreateArtifact`;
  switch (service) {
    case 'oidc':
      return `${urls.jobIssuer}/.well-known/openid-configuration`;
    case 'fulcio':
      return `${urls.fulcio}/api/v2/trustBundle`;
    case 'ct':
      return `${urls.certificateLog}/ct/v1/get-roots`;
    case 'timestamp':
      return urls.timestamp;
    case 'rekor-v1':
      return `${urls.rekorV1}/api/v1/log/publicKey`;
    case 'rekor-v2':
      return `${urls.rekor}/api/v2/tile/entries/000.p/1`;
    case 'witness':
      return `${urls.witness1}/${'0'.repeat(64)}/checkpoint`;
    case 'tuf':
      return `${urls.tuf}/1.root.json`;
    case 'artifacts':
      return twirp;
    case 'registry':
      return `${urls.registry}/v2/`;
    case 'github':
      return `${urls.github}/repos/octo/app`;
    case 'blobs': {
      const artifact = { workflow_run_backend_id: job.runId, workflow_job_run_backend_id: job.jobId, version: 4 };
      const created = await fetch(twirp, {
        method: 'POST',
        headers: { authorization: `Bearer ${job.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...artifact, name: `a${sandbox.requests.length}` }),
      });
      const { signed_upload_url: url } = await created.json();
      return url;
    }
  }
}

/** The status and the body; or what became of the connection. */
async function ask(url: string, milliseconds?: number): Promise<readonly [outcome: number | string, body: string]> {
  try {
    const signal = milliseconds === undefined ? {} : { signal: AbortSignal.timeout(milliseconds) };
    const response = await fetch(url, { redirect: 'manual', ...signal });
    const { headers, status } = response;
    const body = await response.text();
    return [status, headers.get('location') ?? headers.get('retry-after') ?? body];
  } catch (error) {
    const { name, cause } = error as { readonly name: string; readonly cause?: { readonly code?: string } };
    return [cause?.code ?? name, ''];
  }
}

const page = expect.stringMatching(/^<html>/);
const outcomes: Readonly<
  Record<Exclude<TransportFault, 'slow' | 'oversized' | 'gzip-bomb'>, readonly [unknown, unknown]>
> = {
  truncated: ['UND_ERR_SOCKET', ''],
  reset: [expect.stringMatching(/^(?:ECONNRESET|UND_ERR_SOCKET)$/), ''],
  stalled: ['TimeoutError', ''],
  trickling: ['TimeoutError', ''],
  429: [429, '1'],
  500: [500, page],
  502: [502, page],
  503: [503, page],
  504: [504, page],
  html: [200, page],
  garbage: [200, expect.not.stringMatching(/^[{<]/)],
  redirect: [307, 'http://another-host.invalid/'],
};

const cases = serviceNames.flatMap((service) =>
  (Object.keys(transportFaults) as TransportFault[]).map((name) => [service, name] as const),
);

test.each([...oneIn(3, cases)])('%s: %s', async (service, name) => {
  const url = await addressOf(service);
  const right = await ask(url);
  sandbox.misbehave(`${service}:${name}`);
  const wrong = await ask(url, endless.includes(name) ? 100 : undefined);
  if (name === 'slow') expect(wrong).toEqual(right);
  else if (name === 'oversized' || name === 'gzip-bomb')
    expect([wrong[0], wrong[1].length]).toEqual([200, 64 * 1024 * 1024]);
  else expect(wrong).toEqual(outcomes[name]);
  sandbox.behave();
  expect(await ask(url)).toEqual(right);
});

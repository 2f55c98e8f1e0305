/** Uploading what GitHub's own client would not: any bytes as an artifact of a job's run, by the service's protocol; and back. */

import { createHash, randomUUID } from 'node:crypto';
import type { RuntimeJob, Sandbox } from '../../sandbox/index.ts';

/** The service and the job that an artifact is uploaded to. */
export interface ArtifactTarget {
  readonly urls: Pick<Sandbox['urls'], 'results'>;
  readonly artifactService: { readonly job: Pick<RuntimeJob, 'token' | 'runId' | 'jobId'> };
}

type Call = (method: string, body: object) => Promise<Readonly<Record<string, string>>>;

/** The service as a job asks it about an artifact. */
function caller({ urls }: ArtifactTarget, name: string, job: ArtifactTarget['artifactService']['job']): Call {
  return async (method, body) => {
    const response = await fetch(
      new URL(`/twirp/github.actions.results.api.v1.ArtifactService/${method}`, urls.results),
      {
        method: 'POST',
        headers: { authorization: `Bearer ${job.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          workflow_run_backend_id: job.runId,
          workflow_job_run_backend_id: job.jobId,
          name,
          ...body,
        }),
      },
    );
    if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
    return JSON.parse(await response.text());
  };
}

/** @returns the archive */
export async function download(target: ArtifactTarget, name: string): Promise<Uint8Array> {
  const { signed_url: url = '' } = await caller(target, name, target.artifactService.job)('GetSignedArtifactURL', {});
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

/** Deletes an artifact, as every job of its run may. */
export async function remove(
  target: ArtifactTarget,
  name: string,
  job: ArtifactTarget['artifactService']['job'] = target.artifactService.job,
): Promise<void> {
  await caller(target, name, job)('DeleteArtifact', {});
}

/** @returns the id of the artifact */
export async function upload(
  target: ArtifactTarget,
  name: string,
  bytes: Uint8Array,
  job: ArtifactTarget['artifactService']['job'] = target.artifactService.job,
): Promise<string> {
  const call = caller(target, name, job);
  const { signed_upload_url: url = '' } = await call('CreateArtifact', { version: 7, mime_type: 'application/zip' });
  const block = Buffer.from(`${randomUUID()}000000000000`).toString('base64');
  const put = async (query: string, body: Uint8Array | string): Promise<void> => {
    const response = await fetch(`${url}&${query}`, { method: 'PUT', body: Buffer.from(body) });
    if (!response.ok) throw new Error(`PUT ${query}: ${response.status} ${await response.text()}`);
  };
  await put(`comp=block&blockid=${encodeURIComponent(block)}`, bytes);
  const list = `<?xml version="1.0" encoding="utf-8"?><BlockList><Latest>${block}</Latest></BlockList>`;
  await put('comp=blocklist', list);
  const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const { artifact_id: id = '' } = await call('FinalizeArtifact', { size: String(bytes.length), hash });
  return id;
}

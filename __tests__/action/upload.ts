/** Uploading what GitHub's own client would not: any bytes as an artifact of a job's run, by the service's protocol. */

import { createHash, randomUUID } from 'node:crypto';
import type { RuntimeJob, Sandbox } from '../../src/sandbox/index.ts';

/** @returns the id of the artifact */
export async function upload(
  { urls, artifactService }: Sandbox,
  name: string,
  bytes: Uint8Array,
  job: RuntimeJob = artifactService.job,
): Promise<string> {
  const call = async (method: string, body: object): Promise<Readonly<Record<string, string>>> => {
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

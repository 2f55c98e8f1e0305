/** `countersign sandbox` */

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { startSandbox } from '../sandbox/index.ts';

export interface SandboxOptions {
  readonly state: string;
  readonly port?: number;
}

/** Runs until it is interrupted. */
export async function sandboxCommand({ state, port }: SandboxOptions): Promise<void> {
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_000)) {
    fail('USAGE', 'the port is not a number from 1 to 65000');
  }
  await using sandbox = await startSandbox(port === undefined ? {} : { port });
  const folder = resolve(state);
  const trust = join(folder, 'trust');
  await mkdir(trust, { recursive: true });
  const write = (name: string, json: object): Promise<void> =>
    writeFile(join(trust, name), `${JSON.stringify(json, null, 1)}\n`);
  await write('trusted_root.json', sandbox.trustedRoot);
  await writeFile(join(trust, 'tuf_root.json'), sandbox.tuf.rootJson);
  for (const [suffix, signingConfig] of [
    ['', sandbox.signingConfig],
    ['.rekor1tsa', sandbox.signingConfigRekorV1],
  ] as const) {
    await write(`signing_config${suffix}.json`, signingConfig);
    await write(`trust_config${suffix}.json`, {
      mediaType: 'application/vnd.dev.sigstore.clienttrustconfig.v0.1+json',
      trustedRoot: sandbox.trustedRoot,
      signingConfig,
    });
  }
  const { urls, jobTokens, artifactService } = sandbox;
  const variables = {
    ACTIONS_ID_TOKEN_REQUEST_URL: jobTokens.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobTokens.requestToken,
    ACTIONS_RESULTS_URL: artifactService.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: artifactService.job.token,
    OIDC_GHA: urls.jobIssuer,
    OIDC_GITLAB: urls.gitlabIssuer,
    OIDC_BUILDKITE: urls.buildkiteIssuer,
    OIDC_EMAIL: urls.personIssuer,
    FULCIO_URL: urls.fulcio,
    REKOR1_URL: urls.rekorV1,
    REKOR2_URL: urls.rekor,
    TSA_URL: urls.timestamp,
    TUF_URL: urls.tuf,
    TRUST: trust,
  };
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`,
  );
  // Who has these tokens can sign as a job of this sandbox, and upload as one.
  await writeFile(join(folder, 'stack.env'), lines.join(''), { mode: 0o600 });
  process.stdout.write(
    [
      'A sandbox: a Sigstore for trying things out, on this machine alone. Nothing it signs is to be relied on.',
      ...Object.entries(urls).map(([name, url]) => `  ${name.padEnd(16)}${url}`),
      `  trust           ${trust}`,
      `Settings for a shell: . ${join(folder, 'stack.env')}`,
      'Its keys and logs are in memory, and end with it. Interrupt it (Ctrl-C) to stop it.',
      '',
    ].join('\n'),
  );
  await interrupted();
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // Something must keep the process alive even when nobody is connected; the listeners do, until they are closed.
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

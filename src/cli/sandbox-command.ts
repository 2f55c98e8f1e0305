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
  await write('signing_config.json', sandbox.signingConfig);
  const { urls, jobTokens } = sandbox;
  const variables = {
    ACTIONS_ID_TOKEN_REQUEST_URL: jobTokens.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobTokens.requestToken,
    OIDC_GHA: urls.jobIssuer,
    OIDC_EMAIL: urls.personIssuer,
    FULCIO_URL: urls.fulcio,
    REKOR2_URL: urls.rekor,
    TSA_URL: urls.timestamp,
    TRUST: trust,
  };
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`,
  );
  // The request token is as good as an identity of this sandbox.
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

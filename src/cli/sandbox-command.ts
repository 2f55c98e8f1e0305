/** `countersign sandbox` */

import { join, resolve } from 'node:path';
import {
  DiskStorage,
  misbehaviourOf,
  readMisbehaviourNames,
  type Sandbox,
  type Storage,
  startSandbox,
  verifierKey,
} from '../../sandbox/index.ts';
import type { JsonObject } from '../core/encoding/index.ts';
import { utf8 } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { entry, misbehaviourList } from './misbehaviour-list.ts';

export interface SandboxOptions {
  readonly state?: string;
  readonly port?: number;
  readonly misbehave: readonly string[];
  readonly listMisbehaviours?: boolean;
}

/** Runs a sandbox until a signal ends it. Its state is on disk at every moment. */
export async function sandboxCommand({ state, port, ...options }: SandboxOptions): Promise<void> {
  if (options.listMisbehaviours) {
    process.stdout.write(misbehaviourList());
    return;
  }
  if (state === undefined) fail('USAGE', '--state says in which folder its keys and logs are');
  const misbehaviours = readMisbehaviourNames(options.misbehave);
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_000)) {
    fail('USAGE', 'the port is not a number from 1 to 65000');
  }
  const folder = resolve(state);
  using storage = openStorage(folder);
  const settings = { storage, misbehaviours, recordRequests: false };
  await using sandbox = await startSandbox({ ...settings, ...(port === undefined ? {} : { port }) });
  writeTrust(storage.folder('trust'), sandbox);
  // These tokens can sign and upload as a job of this sandbox: only the owner may read the file.
  storage.write('stack.env', utf8(shellExports(sandbox, join(folder, 'trust'))));
  process.stdout.write(
    [
      'A sandbox: a Sigstore for trying things out, on this machine alone. Nothing it signs is to be relied on.',
      ...Object.entries(sandbox.urls).map(([name, url]) => `  ${name.padEnd(26)}${url}`),
      `  ${'trust'.padEnd(26)}${join(folder, 'trust')}`,
      `Settings for a shell: . ${join(folder, 'stack.env')}`,
      'Its keys and logs are in that folder: started there again, it goes on. Interrupt it (Ctrl-C) to stop it.',
      ...misbehaving(sandbox),
      '',
    ].join('\n'),
  );
  await interrupted();
}

function misbehaving({ misbehaviours }: Sandbox): readonly string[] {
  if (misbehaviours.length === 0) return [];
  const list = misbehaviours.map((name) => entry(name, misbehaviourOf(name).about)).join('');
  return ['It misbehaves, as it was told to; what it keeps is right:', list.trimEnd()];
}

function openStorage(folder: string): DiskStorage {
  try {
    return new DiskStorage(folder);
  } catch (cause) {
    return fail('USAGE', `the state folder cannot be made: ${String(cause)}`, { cause });
  }
}

/** Writes the trusted root, TUF root and signing configs, under the names that Sigstore's own test tools use. */
function writeTrust(folder: Storage, sandbox: Sandbox): void {
  const write = (name: string, json: JsonObject): void =>
    folder.write(name, utf8(`${JSON.stringify(json, undefined, 1)}\n`));
  write('trusted_root.json', sandbox.trustedRoot);
  folder.write('tuf_root.json', utf8(sandbox.tuf.rootJson));
  folder.write('witnesses.txt', utf8(sandbox.witnesses.map((witness) => `${verifierKey(witness)}\n`).join('')));
  for (const [suffix, signingConfig] of [
    ['', sandbox.signingConfig],
    ['.rekor1tsa', sandbox.signingConfigRekorV1],
  ] as const) {
    write(`signing_config${suffix}.json`, signingConfig);
    write(`trust_config${suffix}.json`, {
      mediaType: 'application/vnd.dev.sigstore.clienttrustconfig.v0.1+json',
      trustedRoot: sandbox.trustedRoot,
      signingConfig,
    });
  }
}

function shellExports({ urls, jobTokens, artifactService }: Sandbox, trust: string): string {
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
    CT_URL: urls.certificateLog,
    REKOR1_URL: urls.rekorV1,
    REKOR2_URL: urls.rekor,
    TSA_URL: urls.timestamp,
    TUF_URL: urls.tuf,
    // The host alone, as image names begin with it.
    REGISTRY: new URL(urls.registry).host,
    REGISTRY_NOREF: new URL(urls.registryWithoutReferrers).host,
    TRUST: trust,
  };
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`,
  );
  return lines.join('');
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // The listening sockets keep the process alive until the sandbox is closed.
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

/** The files with which other programs use a sandbox: its trust material, and settings for a shell. */

import { join } from 'node:path';
import { type JsonObject, utf8 } from '../src/core/encoding/index.ts';
import { verifierKey } from './log/index.ts';
import type { Sandbox } from './sandbox.ts';
import type { Storage } from './storage/index.ts';

/** Writes `trust/` and `stack.env` into the folder of a sandbox. `path` is the path of that folder. */
export function writeSettings(storage: Storage, path: string, sandbox: Sandbox): void {
  writeTrust(storage.folder('trust'), sandbox);
  // These tokens can sign and upload as a job of this sandbox: only the owner may read the file.
  storage.write('stack.env', utf8(shellExports(sandboxVariables(sandbox, join(path, 'trust')))));
}

/** Writes the trusted root, TUF root and signing configs, under the names that Sigstore's own test tools use. */
function writeTrust(folder: Storage, sandbox: Sandbox): void {
  const write = (name: string, json: JsonObject): void =>
    folder.write(name, utf8(`${JSON.stringify(json, undefined, 1)}\n`));
  write('trusted_root.json', sandbox.trustedRoot);
  folder.write('tuf_root.json', utf8(sandbox.tuf.rootJson));
  folder.write('witness_policy.txt', utf8(witnessPolicy(sandbox)));
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

/** Returns a policy that requires the witnesses of Rekor v2 (C2SP tlog-policy). */
function witnessPolicy({ rekorShards, witnesses, urls }: Sandbox): string {
  const names = witnesses.map((_, at) => `witness-${at + 1}`);
  return [
    ...rekorShards.map(({ log, url }) => `log ${verifierKey(log.signer)} ${url}`),
    ...witnesses.map((one, at) => {
      const prefix = one.name === witnesses[0]?.name ? urls.witness1 : urls.witness2;
      return `witness ${names[at]} ${verifierKey(one)} ${prefix}`;
    }),
    `group all all ${names.join(' ')}`,
    'quorum all',
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * Returns the settings of a sandbox as environment variables.
 *
 * @param trust the path of its folder `trust`
 */
export function sandboxVariables(
  { urls, jobTokens, artifactService }: Sandbox,
  trust: string,
): Readonly<Record<string, string>> {
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: jobTokens.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobTokens.requestToken,
    ACTIONS_RESULTS_URL: artifactService.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: artifactService.job.token,
    OIDC_GHA: urls.jobIssuer,
    OIDC_GITLAB: urls.gitlabIssuer,
    OIDC_BUILDKITE: urls.buildkiteIssuer,
    OIDC_CIRCLECI: urls.circleciIssuer,
    OIDC_FORGEJO: urls.forgejoIssuer,
    OIDC_KUBERNETES: urls.kubernetesIssuer,
    OIDC_SPIFFE: urls.spiffeIssuer,
    OIDC_USERNAME: urls.usernameIssuer,
    OIDC_EMAIL: urls.personIssuer,
    FULCIO_URL: urls.fulcio,
    CT_URL: urls.certificateLog,
    REKOR1_URL: urls.rekorV1,
    REKOR2_URL: urls.rekor,
    WITNESS_URL: urls.witness1,
    TSA_URL: urls.timestamp,
    TUF_URL: urls.tuf,
    GITHUB_API_URL: urls.github,
    // The host alone, as image names begin with it.
    REGISTRY: new URL(urls.registry).host,
    REGISTRY_NOREF: new URL(urls.registryWithoutReferrers).host,
    TRUST: trust,
  };
}

function shellExports(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`,
  );
  return lines.join('');
}

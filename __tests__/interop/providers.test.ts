/**
 * Signs with the real Fulcio and the token of each provider, and has other clients verify the result. PyPI's `id` finds the same tokens in
 * the same environments.
 */

import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { exampleBuildkiteJob, exampleCircleciJob, exampleForgejoJob, exampleGitlabJob } from '../../sandbox/index.ts';
import { type Answering, answering } from '../services/loopback.ts';
import type { Form, Verifier } from './kit/client.ts';
import { cosign } from './kit/cosign.ts';
import { countersign, countersignPath } from './kit/countersign.ts';
import { type Identity, Instance } from './kit/instance.ts';
import { judgePath, type Run, run } from './kit/program.ts';
import { sigstoreGo } from './kit/sigstore-go.ts';
import { sigstorePython } from './kit/sigstore-python.ts';

type Variables = Readonly<Record<string, string>>;

/** The environment in which a provider is found, and the identity in the certificate. */
interface Place {
  readonly environment?: Variables;
  readonly options?: readonly string[];
  readonly identity: Identity;
}

let folder: string;
let instance: Instance;
let verifiers: readonly Verifier[];
const servers: Answering[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-providers-'));
  instance = await Instance.services();
  verifiers = [cosign(folder), sigstorePython(folder), sigstoreGo(folder), countersign(folder)];
});
afterAll(async () => {
  for (const server of servers) await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Returns a token of one of the issuers, with these claims. */
async function tokenOf(issuer: string, claims: object): Promise<string> {
  const { requestToken } = instance.tokenEndpoint;
  const answer = await fetch(`${instance.setting(issuer)}/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${requestToken}` },
    body: JSON.stringify(claims),
  });
  if (!answer.ok) throw new Error(`the issuer answers ${answer.status}`);
  return ((await answer.json()) as { readonly value: string }).value;
}

async function tokenFile(name: string, token: string): Promise<string> {
  const path = join(folder, `${name}.token`);
  await writeFile(path, token);
  return path;
}

/** Makes a program that prints a token, and returns the PATH in which it is found. */
async function printing(name: string, token: string): Promise<string> {
  const programs = join(folder, `programs-${name}`);
  await mkdir(programs, { recursive: true });
  await writeFile(join(programs, name), `#!/bin/sh\nexec cat ${await tokenFile(name, token)}\n`);
  await chmod(join(programs, name), 0o755);
  return `${programs}:${process.env.PATH}`;
}

async function serving(answer: Parameters<typeof answering>[0]): Promise<Answering> {
  const server = await answering(answer);
  servers.push(server);
  return server;
}

const issued = (issuer: string, name: string): Identity => ({ name, issuer: instance.setting(issuer) });
const definition =
  'https://circleci.com/api/v2/projects/01900000-0000-4000-8000-00000000a002/pipeline-definitions/01900000-0000-4000-8000-00000000a004';

const places = {
  github: async () => ({ environment: instance.jobVariables(), identity: instance.identity('job') }),
  gitlab: async () => ({
    environment: {
      GITLAB_CI: 'true',
      CI_SERVER_URL: instance.setting('OIDC_GITLAB'),
      SIGSTORE_ID_TOKEN: await tokenOf('OIDC_GITLAB', {
        sub: 'project_path:example-group/example-project',
        ...exampleGitlabJob,
      }),
    },
    identity: issued('OIDC_GITLAB', `https://${exampleGitlabJob.ci_config_ref_uri}`),
  }),
  buildkite: async () => ({
    environment: {
      BUILDKITE: 'true',
      PATH: await printing(
        'buildkite-agent',
        await tokenOf('OIDC_BUILDKITE', { sub: 'organization:example-org', ...exampleBuildkiteJob }),
      ),
    },
    identity: issued('OIDC_BUILDKITE', 'https://buildkite.com/example-org/example-pipeline'),
  }),
  circleci: async () => ({
    environment: {
      CIRCLECI: 'true',
      PATH: await printing(
        'circleci',
        await tokenOf('OIDC_CIRCLECI', { sub: 'org/example/project/example', ...exampleCircleciJob }),
      ),
    },
    identity: issued('OIDC_CIRCLECI', definition),
  }),
  google: async () => {
    const metadata = await serving(async () => ({ body: await instance.token('person') }));
    return { environment: { GCE_METADATA_HOST: new URL(metadata.origin).host }, identity: instance.identity('person') };
  },
  forgejo: async () => {
    const issuer = instance.setting('OIDC_FORGEJO');
    const server = issuer.replace('/api/actions', '');
    const value = await tokenOf('OIDC_FORGEJO', { sub: 'repo:example-org/example-repo', ...exampleForgejoJob });
    const endpoint = await serving({ body: JSON.stringify({ value }) });
    return {
      environment: {
        GITHUB_ACTIONS: 'true',
        FORGEJO_ACTIONS: 'true',
        GITHUB_SERVER_URL: server,
        ACTIONS_ID_TOKEN_REQUEST_URL: `${endpoint.origin}/idtoken?placeholder=true`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
      },
      identity: { name: `${server}/${exampleForgejoJob.workflow_ref}`, issuer },
    };
  },
  kubernetes: async () => {
    const claims = { namespace: 'release', serviceaccount: { name: 'signer' } };
    const token = await tokenOf('OIDC_KUBERNETES', {
      sub: 'system:serviceaccount:release:signer',
      'kubernetes.io': claims,
    });
    return {
      options: ['--identity-provider', 'kubernetes', '--identity-token', await tokenFile('kubernetes', token)],
      identity: issued('OIDC_KUBERNETES', 'https://kubernetes.io/namespaces/release/serviceaccounts/signer'),
    };
  },
  spiffe: async () => {
    const sub = 'spiffe://example.org/ns/release/sa/signer';
    const file = await tokenFile('spiffe', await tokenOf('OIDC_SPIFFE', { sub }));
    return {
      options: ['--identity-provider', 'spiffe', '--identity-token', file],
      identity: issued('OIDC_SPIFFE', sub),
    };
  },
  username: async () => {
    const file = await tokenFile('username', await tokenOf('OIDC_USERNAME', { sub: 'example-user' }));
    return {
      options: ['--identity-token', file],
      identity: issued('OIDC_USERNAME', `example-user!${new URL(instance.setting('OIDC_USERNAME')).hostname}`),
    };
  },
} as const satisfies Readonly<Record<string, () => Promise<Place>>>;

type Name = keyof typeof places;
const names = Object.keys(places) as readonly Name[];
const source = { kind: 'files', log: 2 } as const;

async function sign(name: Name, form: Form, { environment = {}, options = [] }: Place) {
  const file = join(folder, `${name}-${form}.txt`);
  const bundle = `${file}.bundle`;
  await writeFile(file, `signed by ${name}`);
  const signed: Run = await run(
    process.execPath,
    [
      ...[countersignPath, 'sign', `${name}-${form}.txt`, '--bundle', bundle],
      ...['--bundle-format', form === 'message' ? 'per-file' : 'attestation', '--json'],
      ...['--instance', 'custom', '--trusted-root', instance.trustedRoot],
      ...['--signing-config', instance.signingConfig(source.log), ...options],
    ],
    {
      cwd: folder,
      env: { HOME: folder, NO_GCE_CHECK: environment.GCE_METADATA_HOST ? 'false' : 'true', ...environment },
    },
  );
  return { file, bundle, signed };
}

async function verdicts(form: Form, file: string, bundle: string, identity: Identity) {
  const ends = verifiers.map(async (verifier) => {
    const { code } = await verifier.verify({ instance, source, form, file, bundle, identity });
    return [verifier.name, code] as const;
  });
  return Promise.all(ends);
}

/** The verdict of each client. sigstore-python 4.5 compares the DER encoding of a user name, and so accepts none. */
const verdictsFor = (name: Name): readonly (readonly [string, number])[] =>
  ['cosign', 'sigstore-python', 'sigstore-go', 'countersign'].map((client) => [
    client,
    name === 'username' && client === 'sigstore-python' ? 1 : 0,
  ]);

describe.each(names)('a token of %s', (name) => {
  test('signs, and other clients verify the signature', async () => {
    const place: Place = await places[name]();
    const { file, bundle, signed } = await sign(name, 'message', place);
    expect(signed).toMatchObject({ code: 0 });
    const { name: identity, issuer } = place.identity;
    expect(JSON.parse(signed.stdout).subjects).toMatchObject([{ identity, issuer }]);
    expect(await verdicts('message', file, bundle, place.identity)).toEqual(verdictsFor(name));
    // Another identity of the same issuer is refused.
    const another = { ...place.identity, name: `${place.identity.name}x` };
    for (const [, code] of await verdicts('message', file, bundle, another)) expect(code).not.toBe(0);
  });
});

test.each(['gitlab', 'forgejo'] as const)('provenance of a job of %s is verified by every client', async (name) => {
  const place = await places[name]();
  const { file, bundle, signed } = await sign(name, 'attestation', place);
  expect(signed).toMatchObject({ code: 0 });
  expect(await verdicts('attestation', file, bundle, place.identity)).toEqual(verdictsFor(name));
});

test.each(['github', 'gitlab', 'buildkite', 'circleci', 'google'] as const)(
  "PyPI's id finds the same token of %s",
  async (name) => {
    const place: Place = await places[name]();
    const { environment = {} } = place;
    const product = join(folder, 'product_name');
    await writeFile(product, 'Google Compute Engine\n');
    const metadata = `http://${environment.GCE_METADATA_HOST}/computeMetadata/v1/instance/service-accounts/default/identity`;
    const program = `
import id
from id._internal.oidc import ambient
if ${name === 'google' ? 'True' : 'False'}:
    ambient._GCP_PRODUCT_NAME_FILE = ${JSON.stringify(product)}
    ambient._GCP_IDENTITY_REQUEST_URL = ${JSON.stringify(metadata)}
print(id.detect_credential("sigstore"))
`;
    const found = await run(judgePath('COUNTERSIGN_INTEROP_PYTHON'), ['-I', '-c', program], {
      cwd: folder,
      env: { HOME: folder, ...environment },
    });
    expect(found).toMatchObject({ code: 0 });
    const { iss, sub, aud } = decodeJwt(found.stdout.trim());
    expect({ iss, aud }).toEqual({ iss: place.identity.issuer, aud: 'sigstore' });
    const { bundle, file, signed } = await sign(name, 'message', place);
    expect(signed).toMatchObject({ code: 0 });
    // The certificate of our own signature contains the subject of the token.
    const ours = await run(
      process.execPath,
      [
        ...[countersignPath, 'verify', file, '--bundle', bundle, '--claim', `token-subject=${sub}`],
        ...['--certificate-identity', place.identity.name, '--certificate-oidc-issuer', place.identity.issuer],
        ...['--instance', 'custom', '--trusted-root', instance.trustedRoot],
      ],
      { cwd: folder, env: { HOME: folder } },
    );
    expect(ours).toMatchObject({ code: 0 });
  },
);

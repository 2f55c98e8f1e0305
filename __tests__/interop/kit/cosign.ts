/** cosign: a judge. */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Client, predicate, predicateType, type SignRequest, type Source } from './client.ts';
import type { Instance } from './instance.ts';
import { judgePath, type Run, run } from './program.ts';

/** With a home of its own, in which nothing is. */
export function cosign(home: string): Client {
  const cosign = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
    run(judgePath('COUNTERSIGN_INTEROP_COSIGN'), args, { cwd: home, env: { HOME: home, ...env } });
  const trust = (instance: Instance, { kind }: Source): readonly string[] =>
    kind === 'tuf' ? [] : ['--trusted-root', instance.trustedRoot];
  return {
    name: 'cosign',
    initialize: (instance) =>
      cosign(['initialize', '--mirror', instance.setting('TUF_URL'), '--root', instance.tufRoot]),

    sign: async (request) => {
      const { instance, source, form, file, bundle, signer } = request;
      const config =
        source.kind === 'tuf' ? [] : ['--signing-config', source.signingConfig ?? instance.signingConfig(source.log)];
      const command =
        form === 'message' ? ['sign-blob'] : ['attest-blob', '--statement', await writeStatement(home, request)];
      const token = signer === 'ambient' ? [] : ['--identity-token', await instance.token(signer)];
      return cosign(
        [...command, '--yes', ...token, ...config, ...trust(instance, source), '--bundle', bundle, file],
        signer === 'ambient' ? instance.jobVariables() : {},
      );
    },

    verify: ({ instance, source, form, file, bundle, identity, ignoreCertificateLog = false }) =>
      cosign([
        ...(form === 'message' ? ['verify-blob'] : ['verify-blob-attestation', '--type', predicateType]),
        ...trust(instance, source),
        ...['--certificate-identity', identity.name, '--certificate-oidc-issuer', identity.issuer],
        ...(ignoreCertificateLog ? ['--insecure-ignore-sct'] : []),
        ...['--bundle', bundle, file],
      ]),
  };
}

/** cosign's own statements are of version 0.1, which sigstore-python does not read; so it is given one. */
async function writeStatement(folder: string, { file, bundle }: SignRequest): Promise<string> {
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  const path = join(folder, `${basename(bundle)}.statement.json`);
  const subject = [{ name: basename(file), digest: { sha256 } }];
  await writeFile(
    path,
    JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate }),
  );
  return path;
}

/** sigstore-python: a judge. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, predicate, predicateType, type Source } from './client.ts';
import type { Instance } from './instance.ts';
import { judgePath, type Run, run } from './program.ts';

/** With a home of its own, in which nothing is. */
export function sigstorePython(home: string): Client {
  const sigstore = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
    run(judgePath('COUNTERSIGN_INTEROP_PYTHON'), ['-I', '-m', 'sigstore', ...args], {
      cwd: home,
      env: { HOME: home, COLUMNS: '1000', ...env }, // as wide as what it has to say
    });
  const trust = (instance: Instance, source: Source): readonly string[] =>
    source.kind === 'tuf'
      ? ['--instance', instance.setting('TUF_URL')]
      : ['--trust-config', instance.trustConfig(source.log)];
  return {
    name: 'sigstore-python',
    initialize: (instance) => sigstore([...trust(instance, { kind: 'tuf' }), 'trust-instance', instance.tufRoot]),

    sign: async ({ instance, source, form, file, bundle, signer }) => {
      if (source.kind === 'files' && source.signingConfig !== undefined)
        throw new Error('sigstore-python takes a signing config only together with the trusted root');
      const predicatePath = join(home, 'predicate.json');
      await writeFile(predicatePath, JSON.stringify(predicate));
      const command =
        form === 'message' ? ['sign'] : ['attest', '--predicate', predicatePath, '--predicate-type', predicateType];
      const token = signer === 'ambient' ? [] : ['--identity-token', await instance.token(signer)];
      return sigstore(
        [...trust(instance, source), ...command, ...token, '--bundle', bundle, file],
        signer === 'ambient' ? instance.jobVariables() : {},
      );
    },

    verifyBeside: ({ instance, source, identity }, files) =>
      sigstore([
        ...trust(instance, source),
        ...['verify', 'identity', '--cert-identity', identity.name, '--cert-oidc-issuer', identity.issuer],
        ...files,
      ]),

    verify: ({ instance, source, file, bundle, identity }) =>
      sigstore([
        ...trust(instance, source),
        ...['verify', 'identity', '--cert-identity', identity.name, '--cert-oidc-issuer', identity.issuer],
        ...['--bundle', bundle, file],
      ]),
  };
}

/** Our own command, as it is built. */

import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { built } from '../../kit/built.ts';
import type { Client, Source } from './client.ts';
import type { Instance } from './instance.ts';
import { type Run, run } from './program.ts';

export const countersignPath = await built('cli.mjs');

export function countersign(home: string): Client {
  // What is signed is in the folder where the command is run.
  const countersign = (
    file: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Run> =>
    run(process.execPath, [countersignPath, ...args], { cwd: dirname(file), env: { HOME: home, ...env } });
  const trust = (instance: Instance, { kind }: Source): readonly string[] => [
    ...['--instance', instance.name],
    ...(kind === 'tuf' ? tuf(instance) : ['--trusted-root', instance.trustedRoot]),
  ];
  const tuf = (instance: Instance): readonly string[] => [
    ...['--tuf-url', instance.setting('TUF_URL'), '--tuf-root', instance.tufRoot],
  ];
  return {
    name: 'countersign',
    initialize: undefined,

    sign: async ({ instance, source, form, file, bundle, signer }) => {
      const config =
        source.kind === 'tuf' ? [] : ['--signing-config', source.signingConfig ?? instance.signingConfig(source.log)];
      const token = join(home, 'token');
      if (signer !== 'ambient') await writeFile(token, await instance.token(signer));
      return countersign(
        file,
        [
          ...[
            'sign',
            basename(file),
            '--bundle',
            bundle,
            '--bundle-format',
            form === 'message' ? 'per-file' : 'attestation',
          ],
          ...(signer === 'ambient' ? [] : ['--identity-token', token]),
          ...trust(instance, source),
          ...config,
        ],
        signer === 'ambient' ? instance.jobVariables() : {},
      );
    },

    verifyBeside: ({ instance, source, identity }, files) =>
      countersign(files[0] ?? '', [
        ...['verify', ...files],
        ...['--certificate-identity', identity.name, '--certificate-oidc-issuer', identity.issuer],
        ...trust(instance, source),
      ]),

    verify: ({ instance, source, file, bundle, identity, ignoreCertificateLog = false }) =>
      countersign(file, [
        ...['verify', file, '--bundle', bundle],
        ...['--certificate-identity', identity.name, '--certificate-oidc-issuer', identity.issuer],
        ...(ignoreCertificateLog ? ['--insecure-ignore-sct'] : []),
        ...trust(instance, source),
      ]),
  };
}

/** Runs `countersign trusted-root` with the instance's TUF repository. */
export function printTrustedRoot(home: string, instance: Instance): Promise<Run> {
  const repository = ['--tuf-url', instance.setting('TUF_URL'), '--tuf-root', instance.tufRoot];
  return run(process.execPath, [countersignPath, 'trusted-root', '--instance', instance.name, ...repository], {
    cwd: home,
    env: { HOME: home },
  });
}

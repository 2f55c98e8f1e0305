/** sigstore-go: a judge that only verifies. */

import type { Source, Verifier } from './client.ts';
import type { Instance } from './instance.ts';
import { judgePath, run } from './program.ts';

/** Its example command, with a home of its own, in which nothing is. */
export function sigstoreGo(home: string): Verifier {
  const trust = (instance: Instance, { kind }: Source): readonly string[] =>
    kind === 'tuf'
      ? ['-tufRootURL', instance.setting('TUF_URL'), '-tufTrustedRoot', instance.tufRoot]
      : ['-trustedrootJSONpath', instance.trustedRoot];
  return {
    name: 'sigstore-go',
    initialize: undefined,

    verify: ({ instance, source, file, bundle, identity }) =>
      run(
        judgePath('COUNTERSIGN_INTEROP_SIGSTORE_GO'),
        [
          ...['-artifact', file, '-expectedIssuer', identity.issuer, '-expectedSAN', identity.name],
          ...trust(instance, source),
          bundle,
        ],
        { cwd: home, env: { HOME: home } },
      ),
  };
}

/** sigstore-js (@sigstore/verify): a judge that only verifies, and is a library. */

import { readFile } from 'node:fs/promises';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { Verifier as SigstoreVerifier, toSignedEntity, toTrustMaterial } from '@sigstore/verify';
import type { Verifier, VerifyRequest } from './client.ts';
import type { Run } from './program.ts';

export function sigstoreJs(): Verifier {
  return { name: 'sigstore-js', initialize: undefined, verify };
}

async function verify({ instance, file, bundle, identity }: VerifyRequest): Promise<Run> {
  const [root, json, artifact] = await Promise.all([instance.trustedRoot, bundle, file].map((path) => readFile(path)));
  try {
    const trust = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(String(root))));
    const verifier = new SigstoreVerifier(trust, { ctlogThreshold: 1, tlogThreshold: 1, timestampThreshold: 1 });
    verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(String(json))), artifact), {
      // It takes the name for a regular expression.
      subjectAlternativeName: `^${identity.name.replace(/[^\w/]/g, '\\$&')}$`,
      extensions: { issuer: identity.issuer },
    });
    return { code: 0, stdout: '', stderr: '' };
  } catch (error) {
    return { code: 1, stdout: '', stderr: String(error) };
  }
}

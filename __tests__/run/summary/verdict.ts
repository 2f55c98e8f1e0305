/** Verdicts on provenance by a job of GitHub Actions, made by hand: what is proven of them is not the matter here. */

import type { FulcioClaims } from '../../../src/core/certificate/index.ts';
import { type Digest, digest } from '../../../src/core/crypto/index.ts';
import type { JsonObject } from '../../../src/core/encoding/index.ts';
import { exactly } from '../../../src/core/policy/index.ts';
import type { Verdict } from '../../../src/core/verify/index.ts';

export const source = 'https://github.com/example-org/app';
export const builder = 'https://github.com/example-org/workflows/.github/workflows/build.yml';
export const issuer = exactly('https://token.actions.githubusercontent.com');
export const v1: JsonObject = {
  buildDefinition: { buildType: 'https://actions.github.io/buildtypes/workflow/v1' },
  runDetails: { builder: { id: `${builder}@refs/tags/v1` } },
};

export interface Changes {
  readonly predicateType?: string;
  readonly predicate?: JsonObject;
  readonly claims?: FulcioClaims;
  readonly digest?: Digest;
}

export function verdict(changes: Changes = {}): Verdict {
  const { predicateType = 'https://slsa.dev/provenance/v1', predicate = v1 } = changes;
  const { claims = { sourceRepositoryUri: source, runnerEnvironment: 'github-hosted' } } = changes;
  const { digest: own = digest('sha256', new Uint8Array()) } = changes;
  const subject = { name: 'app', digests: [own] };
  return {
    signer: {
      kind: 'identity',
      identity: { subjectAlternativeName: `${builder}@refs/tags/v1`, issuer: issuer.value, claims },
      certificateValidity: { notBefore: new Date(0), notAfter: new Date(1) },
    },
    times: [],
    signedCertificateTimestamps: [],
    logEntries: [],
    content: {
      kind: 'dsse-envelope',
      digest: own,
      statement: { subjects: [subject], predicateType, predicate },
      subject,
    },
  };
}

/** What every client can do: sign a file, and verify a bundle of one; some only verify. */

import type { Identity, Instance, LogVersion, Signer } from './instance.ts';
import type { Run } from './program.ts';

/** A signature over the file, or one over a statement about it. */
export type Form = 'message' | 'attestation';

/** How a client knows what to trust, and where to sign: from files that it is given, or from the TUF repository. */
export type Source =
  | { readonly kind: 'files'; readonly log: LogVersion; readonly signingConfig?: string }
  | { readonly kind: 'tuf' };

export interface SignRequest {
  readonly instance: Instance;
  readonly source: Source;
  readonly form: Form;
  readonly file: string;
  /** Where the bundle goes. */
  readonly bundle: string;
  /** Whose token it is given, or `ambient` if it is to find that of the job itself. */
  readonly signer: Signer | 'ambient';
}

export interface VerifyRequest extends Omit<SignRequest, 'signer'> {
  readonly identity: Identity;
  /** Whether no certificate log is asked for, as far as a verifier lets itself be told so. */
  readonly ignoreCertificateLog?: boolean;
}

export interface Verifier {
  readonly name: string;
  /** How to verify several of one signer at once, where a process for each would take minutes: bundles are beside their files. */
  readonly verifyBeside?: (request: Omit<VerifyRequest, 'file' | 'bundle'>, files: readonly string[]) => Promise<Run>;
  /** Makes it trust a TUF repository from now on, where that is not said with each command. */
  readonly initialize: ((instance: Instance) => Promise<Run>) | undefined;
  verify(request: VerifyRequest): Promise<Run>;
}

export interface Client extends Verifier {
  sign(request: SignRequest): Promise<Run>;
}

/** The predicate of every attestation: the least that SLSA provenance may be. */
export const predicateType = 'https://slsa.dev/provenance/v1';
export const predicate = {
  buildDefinition: { buildType: 'https://example.org/build/v1', externalParameters: {} },
  runDetails: { builder: { id: 'https://example.org/builder' } },
};

/** The operations that every client has: signing a file, and verifying a bundle of one; some only verify. */

import type { Identity, Instance, LogVersion, Signer } from './instance.ts';
import type { Run } from './program.ts';

/** A signature over the file, or one over a statement about it. */
export type Form = 'message' | 'attestation';

/** The source of trusted root and signing config: given files, or the TUF repository. */
export type Source =
  | { readonly kind: 'files'; readonly log: LogVersion; readonly signingConfig?: string }
  | { readonly kind: 'tuf' };

export interface SignRequest {
  readonly instance: Instance;
  readonly source: Source;
  readonly form: Form;
  readonly file: string;
  /** The path of the bundle. */
  readonly bundle: string;
  /** Whose token it is given, or `ambient` if it is to find that of the job itself. */
  readonly signer: Signer | 'ambient';
}

export interface VerifyRequest extends Omit<SignRequest, 'signer'> {
  readonly identity: Identity;
  /** True if no certificate log is required, for verifiers with such an option. */
  readonly ignoreCertificateLog?: boolean;
}

export interface Verifier {
  readonly name: string;
  /** Verifies several files of one signer at once, with bundles beside them, where a process for each would take minutes. */
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

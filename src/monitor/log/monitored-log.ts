import type { PublicKey } from '../../core/crypto/index.ts';
import type { ValidityWindow } from '../../core/trust/index.ts';

/** The protocol by which a log is read. */
export type LogProtocol = 'rekor-v1' | 'rekor-v2' | 'rfc6962' | 'static-ct';

/** A log to follow, from the trusted root: nothing that a service says changes it. */
export interface MonitoredLog {
  readonly protocol: LogProtocol;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly publicKey: PublicKey;
  /** The whole id of the key. Rekor's is SHA-256 of the key or, in version 2, of the name and the key. */
  readonly keyId: Uint8Array;
  /** The names that the origin of its checkpoints may have, as in `CheckpointKey`. */
  readonly names: readonly string[];
  readonly validFor: ValidityWindow;
}

/** The trusted root (`dev.sigstore.trustroot.v1.TrustedRoot`): every trusted key and authority, and when each was valid. */
import { type Certificate } from '../certificate/certificate.ts';
import { type PublicKey } from '../crypto/public-key.ts';
import type { CheckpointKey } from '../log/checkpoint.ts';
import { type ValidityWindow } from './validity-window.ts';
/** A certificate authority or a timestamp authority. */
export interface Authority {
    readonly uri: string;
    /** The certificates, the root last. The first one issues leaf certificates, or signs timestamps. */
    readonly chain: readonly [Certificate, ...Certificate[]];
    readonly validFor: ValidityWindow;
}
/** A log with its key: of certificates (RFC 6962) or of signatures (Rekor). */
export interface Log {
    readonly baseUrl: string;
    readonly keyId: Uint8Array;
    readonly publicKey: PublicKey;
    readonly validFor: ValidityWindow;
}
export interface TransparencyLog extends Log {
    readonly checkpointKey: CheckpointKey;
}
export interface TrustedRoot {
    readonly certificateAuthorities: readonly Authority[];
    readonly certificateTransparencyLogs: readonly Log[];
    readonly transparencyLogs: readonly TransparencyLog[];
    readonly timestampAuthorities: readonly Authority[];
}
/**
 * Reads a trusted root. Unknown members are ignored: the root gains new ones while old clients are in use. A key or certificate of an
 * unsupported kind is left out, so that nothing verifies under it.
 *
 * @throws CountersignError `TRUSTED_ROOT_INVALID`
 */
export declare function readTrustedRoot(json: string | Uint8Array): TrustedRoot;
/**
 * Reads several trusted roots, one per line, as `gh attestation trusted-root` writes them; also a single one, on any number of lines.
 *
 * @throws CountersignError `TRUSTED_ROOT_INVALID`
 *
 * @example
 * readTrustedRoots(await readFile('trusted_root.jsonl')).length; // → 2
 */
export declare function readTrustedRoots(json: string | Uint8Array): readonly TrustedRoot[];
/**
 * Returns the text of each trusted root in a file, as {@link readTrustedRoots} reads them. Nothing in them is checked.
 *
 * @throws CountersignError `TRUSTED_ROOT_INVALID`, `LIMIT_EXCEEDED`
 */
export declare function splitTrustedRoots(json: string | Uint8Array): readonly string[];

/**
 * A witness over HTTP (C2SP tlog-witness): it cosigns checkpoints of the logs that it knows, each of which must extend the one before, and
 * shows the latest one to monitors. What it has seen is in memory only.
 */
import { type Route } from '../http/route.ts';
import { type NoteSigner } from '../log/note.ts';
import { type SigningKey } from '../pki/signing-key.ts';
/** A log that a witness knows. */
export interface FollowedLog {
    readonly origin: string;
    readonly signer: Pick<NoteSigner<SigningKey>, 'name' | 'keyHash' | 'key'>;
    /** Returns the log as it is, for a witness that has seen it at a size. Without it, the witness sees only what is submitted. */
    readonly observe?: (size: number) => Observation;
}
/** A checkpoint, and the proof that it extends an earlier one. */
export interface Observation {
    readonly checkpoint: string;
    readonly proof: readonly Uint8Array[];
}
/**
 * @example
 * const service = new WitnessService(() => [witness('witness.test', generateSigningKey('Ed25519'), clock)]);
 * service.follow({ origin: log.origin, signer: log.signer });
 * const lines = service.add(utf8(`old 0\n\n${log.checkpoint()}`));
 */
export declare class WitnessService {
    #private;
    /** @param signers makes the keys of the witness when they are needed: an ML-DSA-44 key takes a while */
    constructor(signers: () => readonly NoteSigner[]);
    /** The keys of the witness, each of which cosigns. */
    get signers(): readonly NoteSigner[];
    /** Adds a log. A witness knows a log by its origin: another log of the same origin is replaced, with all that was seen of it. */
    follow(log: FollowedLog): void;
    /**
     * Cosigns a submitted checkpoint, and returns the lines of the cosignatures.
     *
     * @throws Refusal 400, 403, 404, 409, 422
     */
    add(request: Uint8Array): string;
    /** Returns the latest checkpoint of a log by the SHA-256 of its origin, in hexadecimal. */
    latest(originHash: string): string | undefined;
    /** @param path the submission prefix, which is the monitoring prefix too */
    routes(path: string): readonly Route[];
}

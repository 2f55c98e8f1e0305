/** Attaches a manifest to another, so that it is found from there (distribution specification, "Pushing Manifests with Subject"). */
import { type Digest, type RandomBytes } from '../../core/crypto/index.ts';
import { type Sleep } from '../http/index.ts';
import { type Manifest } from './manifest.ts';
import type { RepositorySession } from './repository-session.ts';
/** A manifest that names what it is attached to in its `subject`. */
export interface Attachment extends Pick<Manifest, 'mediaType' | 'bytes'> {
    readonly subject: Digest;
    /** Both as the manifest has them: registries and clients show them in the list. */
    readonly artifactType: string;
    readonly annotations: Readonly<Record<string, string>>;
}
/** The randomness and timer for waiting between two attempts. */
export interface Patience {
    readonly sleep: Sleep;
    readonly random: RandomBytes;
}
/**
 * Returns a function that stores a manifest and sees to it that it is listed: by the registry itself, or, where that has no referrers
 * API, in the index under the tag. What the registry acknowledged is read back. The function returns the manifest's digest.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE` also where others kept changing the index; `SERVICE_RESPONSE_INVALID`
 * also where the registry does not hold what it acknowledged; `SERVICE_REFUSED`; `LIMIT_EXCEEDED`
 */
export declare function manifestAttacher(session: RepositorySession, patience: Patience): (attachment: Attachment) => Promise<Digest>;

/** Subjects to sign: a file, an image, or something known by its digest only. */
import { type Digest } from '../core/crypto/index.ts';
import type { FileIdentity } from '../node/index.ts';
import type { ManifestMediaType, Repository, Tag } from '../services/registry/index.ts';
export type Subject = LocalSubject | ImageSubject;
/** A subject that is known without network access. */
export type LocalSubject = FileSubject | DigestSubject;
/** A file of the workspace. */
export interface FileSubject {
    readonly kind: 'file';
    /** The path below the workspace, with `/` between its parts. Any character but NUL may be in it. */
    readonly name: string;
    /** The absolute path. */
    readonly path: string;
    /** The file that the path led to when the subject was collected; `digestFile` refuses another one. */
    readonly identity?: FileIdentity;
    /** True if it was named by its name, and not by a pattern. */
    readonly isLiteral?: boolean;
    /** The digests that checksums files state; `digestFile` refuses a file that has others. */
    readonly stated?: readonly Digest[];
}
/** Something that is not here: a line of a checksums file, or whatever else has a digest. */
export interface DigestSubject {
    readonly kind: 'digest';
    readonly name: string;
    readonly digest: Digest;
    /** Its origin in the inputs, for errors: `SHA256SUMS, line 3`. */
    readonly origin: string;
}
/** The manifest or index of a container image. */
export interface ImageSubject {
    readonly kind: 'image';
    /** The name that is used together with the digest: `registry/name`, without a tag, which may move. */
    readonly name: string;
    readonly digest: Digest;
    /** Its name in the inputs, for errors: `ghcr.io/owner/app:1.2`. */
    readonly origin: string;
    /** Of one that an index lists, as the index has it: `linux/arm64/v8`. */
    readonly platform?: string;
    /** The image that it is about, if it is an attestation manifest, and not an image itself. */
    readonly attests?: Digest;
    /** Its place in a registry; `undefined` for an image on disk. */
    readonly stored: StoredImage | undefined;
}
/** A manifest or index in a registry. */
export interface StoredImage {
    readonly repository: Repository;
    /** The tags that it was found by, each of which may lead elsewhere by now. */
    readonly tags: readonly Tag[];
    readonly mediaType: ManifestMediaType;
    /** In bytes. */
    readonly size: number;
}
/** Returns the name of a subject for a sentence: an image's has its digest, as its platforms have the same name. */
export declare function subjectName(subject: Subject): string;
/** Formats an image with its digest: `registry/name@sha256:…`. */
export declare function formatImage({ name, digest }: Pick<ImageSubject, 'name' | 'digest'>): string;
/** Orders subjects by the code units of their names, independent of the locale. */
export declare function byName(a: {
    readonly name: string;
}, b: {
    readonly name: string;
}): number;

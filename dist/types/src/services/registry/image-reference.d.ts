/** Parses references to images: registry, name, tag, digest. */
import { type Digest } from '../../core/crypto/index.ts';
declare const checked: unique symbol;
/** A tag, of the grammar's shape. Made by {@link parseTag} only. */
export type Tag = string & {
    readonly [checked]: 'tag';
};
/** A repository of a registry. Only {@link parseImageReference} makes it: its parts are safe in a URL. */
export interface Repository {
    /** Host and port, in lower case: `ghcr.io`, `localhost:5000`, `[::1]:5000`; Docker Hub is `docker.io`. */
    readonly registry: string;
    /** `owner/image` */
    readonly name: string;
    readonly [checked]: true;
}
/** An image as a person names it: by its tag, its digest, or both. */
export interface ImageReference {
    readonly repository: Repository;
    readonly tag: Tag | undefined;
    readonly digest: Digest | undefined;
}
/**
 * Reads `registry/name:tag`, `registry/name@sha256:…`, `registry/name:tag@sha256:…`, and Docker Hub's short forms
 * (`alpine:3`, `owner/image:1`), by the grammar of distribution references.
 *
 * A text with neither tag nor digest is refused: assuming `latest` would be a guess.
 *
 * @throws CountersignError `USAGE`, which says what is wrong with it
 */
export declare function parseImageReference(text: string): ImageReference;
/**
 * Reads the name of a repository: an image's name without a tag and digest.
 *
 * @throws CountersignError `USAGE`
 */
export declare function parseRepository(text: string): Repository;
/**
 * Reads a tag.
 *
 * @throws CountersignError `USAGE`
 */
export declare function parseTag(text: string): Tag;
/**
 * Reads the name of a registry: a host, with or without a port, also as an address, as docker writes Docker Hub's.
 *
 * @returns as images have it
 * @throws CountersignError `USAGE`
 *
 * @example
 * parseRegistry('https://index.docker.io/v1/'); // docker.io
 */
export declare function parseRegistry(text: string): string;
/** `registry/name`, in full */
export declare function formatRepository({ registry, name }: Repository): string;
/** Returns the address of the registry's API, which for Docker Hub is not its name. Plain HTTP is used on loopback only. */
export declare function registryOrigin({ registry }: Repository): URL;
export declare const dockerHub = "docker.io";
/** Docker Hub has several. */
export declare function hubByItsName(host: string): string;
export {};

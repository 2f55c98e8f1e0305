/** Finds images in their registries for a program. */
import { type RegistryAccount, type World } from '../run/world/index.ts';
import type { Registries } from '../services/registry/index.ts';
import { type ImageSubject, type StoredImage } from '../subject/index.ts';
import type { RequestOptions } from './world.ts';
/** The options of functions that read or write images. */
export interface ImageOptions {
    /** The account for the registry (default: the credentials of docker and podman). */
    readonly account?: {
        readonly username: string;
        readonly password: string;
    } | undefined;
}
/** Opens the registry of an image. */
export declare function registriesOf(name: string, options: ImageOptions & RequestOptions, world: World): Promise<Registries>;
/** Returns the account, if one was given. */
export declare function accountOf({ account }: ImageOptions): RegistryAccount | undefined;
/**
 * Finds an image by its name, once: a tag may move.
 *
 * @throws CountersignError `USAGE` for a name that is none; `SUBJECT_MISSING`; those of the registry's client
 */
export declare function resolveSubject(name: string, options: ImageOptions & RequestOptions, world: World): Promise<ImageSubject & {
    readonly stored: StoredImage;
}>;

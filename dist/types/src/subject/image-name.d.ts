/** Telling how an image was named: what it is called in a registry, or where it is on disk. */
import { type ImageReference } from '../services/registry/index.ts';
export type ImageName = {
    readonly kind: 'path';
    readonly path: string;
} | {
    readonly kind: 'reference';
    readonly reference: ImageReference;
};
/**
 * Reads how an image was named. A path begins with `./`, `../` or `/` (on Windows with `\` too, or a drive), or comes after skopeo's `oci:`,
 * `oci-archive:` or `docker-archive:`. Anything else is a name; gh's `oci://` may stand before it.
 *
 * @param separator the platform's, of paths
 * @throws CountersignError `USAGE`
 *
 * @example
 * readImageName('ghcr.io/owner/app:1.2'); // a reference, as is oci://ghcr.io/owner/app:1.2
 * readImageName('./build/app.tar'); // a path, as is docker-archive:build/app.tar
 */
export declare function readImageName(written: string, separator?: string): ImageName;

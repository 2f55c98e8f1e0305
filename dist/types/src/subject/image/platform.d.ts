/** Platforms of images, as people name them. */
import type { Platform } from '../../services/registry/index.ts';
/**
 * Parses the name of a platform: `linux/amd64`, or `linux/arm64/v8`.
 *
 * @throws CountersignError `USAGE`
 */
export declare function parsePlatform(text: string): Platform;
/** Reports whether a platform is the one that is wanted. One without variant stands for all variants. */
export declare function isPlatform(platform: Platform, wanted: Platform): boolean;
/** Reports whether two statements about one image agree. Programs leave out variants that the other states. */
export declare function agree(a: Platform, b: Platform): boolean;
/** Reports whether an entry of an index is marked as no image: no container runtime selects this platform. */
export declare function isNoPlatform(platform: Platform | undefined): boolean;

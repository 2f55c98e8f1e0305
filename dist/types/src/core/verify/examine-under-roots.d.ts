/** Examining under several trusted roots. */
import type { Examination } from './examination.ts';
/**
 * Examines a bundle under each root until one passes. Roots are never mixed.
 *
 * @returns the examination that passed, or the one with the most criteria that hold
 * @throws CountersignError `TRUSTED_ROOT_MISSING`
 */
export declare function examineUnderRoots<Root>(roots: readonly Root[], examine: (root: Root) => Promise<Examination>): Promise<Examination>;

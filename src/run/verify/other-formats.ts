/** The readers of files that are not bundles. Loaded only if there is such a file. */

export { readOtherFormat } from '../../fetch/index.ts';

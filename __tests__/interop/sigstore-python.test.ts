/** Has every verifier verify what sigstore-python signs. */

import { signedBy } from './kit/signed-by.ts';

signedBy('sigstore-python');

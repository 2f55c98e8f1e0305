/** Has every verifier verify what cosign signs. */

import { signedBy } from './kit/signed-by.ts';

signedBy('cosign');

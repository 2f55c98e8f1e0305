/** Has every verifier verify what Countersign signs. */

import { signedBy } from './kit/signed-by.ts';

signedBy('countersign');

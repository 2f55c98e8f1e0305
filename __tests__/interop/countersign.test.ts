/** What countersign signs. */

import { signedBy } from './kit/signed-by.ts';

signedBy('countersign');

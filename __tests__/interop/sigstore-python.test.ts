/** What sigstore-python signs. */

import { signedBy } from './kit/signed-by.ts';

signedBy('sigstore-python');

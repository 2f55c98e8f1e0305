/** Images that cosign signs. */

import { imagesSignedBy } from './kit/images-signed-by.ts';

imagesSignedBy('cosign');

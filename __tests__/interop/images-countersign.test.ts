/** Images that our command signs. */

import { imagesSignedBy } from './kit/images-signed-by.ts';

imagesSignedBy('countersign');

/** The name of a subject. */

import { formatDigest } from '../core/crypto/index.ts';
import type { ImageSubject, Subject } from './subject.ts';

/** Returns the name of a subject for a sentence: an image's has its digest, as its platforms have the same name. */
export function subjectName(subject: Subject): string {
  return subject.kind === 'image' ? formatImage(subject) : subject.name;
}

/** An image by what never moves: `registry/name@sha256:…`. */
export function formatImage({ name, digest }: Pick<ImageSubject, 'name' | 'digest'>): string {
  return `${name}@${formatDigest(digest)}`;
}

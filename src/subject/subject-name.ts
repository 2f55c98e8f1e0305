/** What a subject is called. */

import { formatDigest } from '../core/crypto/index.ts';
import type { ImageSubject, Subject } from './subject.ts';

/** How a sentence names a subject: an image by its digest, for its name is that of its platforms too. */
export function subjectName(subject: Subject): string {
  return subject.kind === 'image' ? formatImage(subject) : subject.name;
}

/** An image by what never moves: `registry/name@sha256:…`. */
export function formatImage({ name, digest }: Pick<ImageSubject, 'name' | 'digest'>): string {
  return `${name}@${formatDigest(digest)}`;
}

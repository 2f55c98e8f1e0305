/** Refuses images that are invalid in themselves. */

import { CountersignError, fail } from '../../core/errors/index.ts';

/** Runs a reader of registries' answers on what an image is made of; what it refuses becomes `IMAGE_INVALID`. */
export function readingImage<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof CountersignError && cause.code === 'SERVICE_RESPONSE_INVALID')
      throw new CountersignError('IMAGE_INVALID', cause.message, { cause });
    throw cause;
  }
}

export function invalidImage(message: string, remedy?: string): never {
  fail('IMAGE_INVALID', message, remedy === undefined ? {} : { remedy });
}

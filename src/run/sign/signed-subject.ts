/** What came of the subjects of a run. */

import type { Digest } from '../../core/crypto/index.ts';
import type { CountersignError } from '../../core/errors/index.ts';
import type { Verdict } from '../../core/verify/index.ts';
import type { Subject } from '../../subject/index.ts';

/** A subject that was signed: its bundle has been verified, and is on disk. */
export interface SignedSubject {
  readonly subject: Subject;
  readonly digest: Digest;
  readonly bundlePath: string;
  readonly verdict: Verdict;
  /** Whether the bundle was there already, from an earlier run, and still verified. */
  readonly resumed: boolean;
}

/** A subject that was not signed, and why. */
export interface UnsignedSubject {
  readonly subject: Subject;
  readonly error: CountersignError;
}

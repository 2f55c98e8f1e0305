/** Signing: the session that owns the key. */

export { openSession, type SessionOptions, type SignedBundle, type SigningSession } from './session.ts';

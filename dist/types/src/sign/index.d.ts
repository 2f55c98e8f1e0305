/** Signing: the session that owns the key. */
export type { LogFallback, LogOutage } from './logging.ts';
export { openSession, type SessionOptions, type SignedBundle, type SigningSession } from './session.ts';

import { setSecret } from '@actions/core';

/** Shorter parts are words, whose masking would make a log unreadable. */
const shortestPart = 16;

/** Has the runner mask a token in everything that the job prints: as a whole, and the payload and the signature of a JSON Web Token. */
export function maskToken(token: string | undefined): void {
  // An empty value cannot be masked.
  if (token === undefined || token === '') return;
  setSecret(token);
  // The header is the same in tokens of other services.
  const [, ...parts] = token.split('.');
  for (const part of parts) if (part.length >= shortestPart) setSecret(part);
}

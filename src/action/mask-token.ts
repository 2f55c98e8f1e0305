import { setSecret } from '@actions/core';

/** Shorter parts can be words, whose masking would make a log unreadable. */
const shortestPart = 16;

/** Masks a token in everything that the job prints: the whole token, and the payload and signature of a JSON Web Token. */
export function maskToken(token: string | undefined): void {
  // An empty value cannot be masked.
  if (token === undefined || token === '') return;
  setSecret(token);
  // Not the header, which tokens of other services have too.
  const [, ...parts] = token.split('.');
  for (const part of parts) if (part.length >= shortestPart) setSecret(part);
}

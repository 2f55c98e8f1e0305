/** Programs that keep credentials: docker's protocol of `docker-credential-NAME get`. */

import { asObject, decodeUtf8, type JsonObject, parseJson } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { type RunProgram, Secret } from '../../node/index.ts';
import { type Credential, passwordCredential } from './credential.ts';

const nameShape = /^[A-Za-z0-9._-]+$/;
const maxOutputLength = 64 * 1024;
const timeoutMilliseconds = 30_000;

/**
 * Asks a program for what it keeps for a server.
 *
 * @returns `undefined` if it says that it keeps nothing for it
 * @throws CountersignError `CREDENTIALS_INVALID`; nothing of what the program wrote is shown, it may be the secret
 */
export async function askHelper(run: RunProgram, name: string, server: string): Promise<Credential | undefined> {
  // The name comes from a file: with a slash in it, it would be any program on the disk.
  if (!nameShape.test(name)) {
    fail('CREDENTIALS_INVALID', `${JSON.stringify(name.slice(0, 80))} is not a valid credential helper name`);
  }
  const program = `docker-credential-${name}`;
  const refuse = (problem: string): never =>
    fail('CREDENTIALS_INVALID', `the credential helper ${program} failed for ${server}: it ${problem}`, {
      remedy: `Run "docker login" again, or check the output of "${program} get".`,
    });
  const ended = await run({ program, arguments: ['get'], input: server, timeoutMilliseconds, maxOutputLength });
  if (ended.kind === 'failed') return refuse(ended.problem);
  if (ended.exitCode !== 0) {
    return isNotFound(ended.output) ? undefined : refuse(`exited with code ${ended.exitCode}`);
  }
  const { Username: user, Secret: secret } = parse(ended.output) ?? refuse('did not print JSON');
  if (typeof user !== 'string' || typeof secret !== 'string' || secret === '') {
    return refuse('did not print a user name and a secret');
  }
  // How a program says that its secret is a token (docker-credential-helpers, "Development").
  if (user === '<token>') return { kind: 'identity-token', token: new Secret(secret) };
  if (user === '') return refuse('did not print a user name and a secret');
  return passwordCredential(user, secret, () => refuse('printed a user name that contains a colon'));
}

/** The one sentence by which the protocol tells "nothing kept" from a failure. */
function isNotFound(output: Uint8Array): boolean {
  return decodeUtf8(output)?.trim() === 'credentials not found in native keychain';
}

function parse(output: Uint8Array): JsonObject | undefined {
  try {
    return asObject(parseJson(output, { maxLength: maxOutputLength, maxDepth: 8 }));
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}

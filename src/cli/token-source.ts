/** Finds the identity token of a command that signs. */

import { findTokens, type TokenRequest } from '../identity/index.ts';
import { type Interruption, programsOf } from '../node/index.ts';
import type { signRows } from '../options/index.ts';
import type { Instance, World } from '../run/world/index.ts';
import type { CommandValues } from './command-values.ts';
import { type LoginOptions, loginOf } from './login.ts';
import type { Progress } from './progress.ts';

/** The options that choose an identity. */
export type TokenOptions = LoginOptions &
  Pick<CommandValues<typeof signRows, 'sign'>, 'identityToken' | 'identityProvider'>;

interface Surroundings {
  readonly world: World;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

/** Returns the source of tokens. While a provider may hang, a signal ends the process; from the first token on, signals are taken over. */
export async function tokenSource(
  options: TokenOptions,
  { world, progress, interruption }: Surroundings,
  serverUrl: string,
  instance: () => Promise<Instance>,
): Promise<TokenRequest> {
  const { identityToken: file, device } = options;
  const environment = process.env;
  const run = programsOf(environment, world.cancellation);
  const provider = options.identityProvider ?? (device ? 'login' : undefined);
  const login = loginOf(options, instance, world);
  const found = await findTokens({ file, provider, environment, login }, { ...world, run });
  if (found.isDetected && found.title !== undefined) progress.line(`Identity token: ${found.title}`);
  return async () => {
    if (!found.mayHang) interruption.takeOver();
    const secret = await found.request();
    interruption.takeOver();
    return found.read(secret, world.clock(), serverUrl);
  };
}

/** The login of the person who runs the command. */

import { fail } from '../core/errors/index.ts';
import { selectIdentityProvider } from '../core/trust/index.ts';
import { openBrowser, openLogin, type PersonLogin } from '../identity/index.ts';
import type { signRows } from '../options/index.ts';
import type { Instance, World } from '../run/world/index.ts';
import { sleep } from '../services/http/index.ts';
import type { CommandValues, InstanceValues } from './command-values.ts';
import { processTerminal } from './terminal.ts';

/** The options of a login. */
export type LoginOptions = Pick<
  CommandValues<typeof signRows, 'sign'> & InstanceValues,
  'device' | 'browser' | 'instance' | 'oidcIssuer' | 'oidcClientId' | 'oidcRedirectUrl' | 'yes'
>;

/**
 * Returns the login that the options describe. The issuer is that of the instance, unless an option names another one.
 *
 * @param loadInstance called only if somebody logs in
 */
export function loginOf(options: LoginOptions, loadInstance: () => Promise<Instance>, world: World): PersonLogin {
  const { device, browser, instance, oidcIssuer, oidcClientId: clientId, oidcRedirectUrl: redirectUrl } = options;
  const settings = {
    method: device ? ('device' as const) : browser ? undefined : ('code' as const),
    issuer: async () => oidcIssuer ?? issuerOf(await loadInstance(), world.clock()),
    clientId,
    redirectUrl,
    instance,
    isAgreed: options.yes ?? false,
  };
  const request = openLogin(settings, {
    ...world,
    environment: process.env,
    terminal: processTerminal(),
    openBrowser: (url) => openBrowser(url, process.env),
    sleep,
    timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
  });
  return { clientId, request };
}

function issuerOf({ name, signingConfig }: Instance, now: Date): string {
  const provider = selectIdentityProvider(signingConfig, now);
  if (provider !== undefined) return provider.url;
  return fail('LOGIN_UNAVAILABLE', `the instance ${name} has no OIDC issuer at which people can log in`, {
    remedy:
      'Set `oidc-issuer` to an issuer that its certificate authority accepts, or provide a token with `identity-token`.',
  });
}

/** Finds out where the program runs, from its environment: in a CI job, in an SSH session, or on a machine with a browser. */

import { fail } from '../../core/errors/index.ts';
import { inCi } from '../ci.ts';
import type { Environment } from '../providers/provider.ts';
import type { LoginMethod } from './settings.ts';

/**
 * Refuses to log in inside of a CI job, where no person can finish the login.
 *
 * @throws CountersignError `LOGIN_UNAVAILABLE`
 */
export function demandNoJob(environment: Environment): void {
  if (!inCi(environment)) return;
  fail('LOGIN_UNAVAILABLE', 'a login is not possible inside of a CI job', {
    remedy:
      'Allow the job to request an identity token: on GitHub with the permission `id-token: write`, on GitLab with `id_tokens` (SIGSTORE_ID_TOKEN, `aud: sigstore`). Otherwise set `identity-token` or SIGSTORE_ID_TOKEN.',
  });
}

/** A method, with the reason if it is not the browser. */
export interface ChosenMethod {
  readonly method: LoginMethod;
  /** The end of a sentence: `this is an SSH session`. */
  readonly reason?: string;
}

/** Returns the method for this machine. */
export function methodFor(environment: Environment, platform: NodeJS.Platform): ChosenMethod {
  const { SSH_CONNECTION, SSH_CLIENT, SSH_TTY, BROWSER, DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = environment;
  // The browser of an SSH session is on another machine, which the redirect to this machine cannot reach.
  if (SSH_CONNECTION || SSH_CLIENT || SSH_TTY) return { method: 'code', reason: 'this is an SSH session' };
  const hasWindows = ['darwin', 'win32'].includes(platform) || DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME;
  if (BROWSER || hasWindows) return { method: 'browser' };
  return { method: 'code', reason: 'this machine has no graphical display' };
}

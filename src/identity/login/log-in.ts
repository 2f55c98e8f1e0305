/** Logs a person in at an identity provider, and returns the identity token. Loaded only if somebody logs in. */

import { CountersignError, fail } from '../../core/errors/index.ts';
import { shownUrl } from '../../core/trust/index.ts';
import { type Secret, untilCancelled } from '../../node/index.ts';
import { type AuthorizationRequest, IdentityProvider, outOfBand } from './authorization.ts';
import { defaultRedirectUrl, listenForRedirect } from './redirect-server.ts';
import type { LoginMethod, LoginSettings, LoginWorld } from './settings.ts';
import { type ChosenMethod, demandNoJob, methodFor } from './surroundings.ts';

/** The time in which the login must be finished. */
const timeoutMinutes = 5;

/** The parts of a login that all methods use. */
interface Login {
  readonly provider: IdentityProvider;
  readonly settings: LoginSettings;
  readonly world: LoginWorld;
  /** Aborted when the time is over, or the run is cancelled. */
  readonly end: AbortSignal;
}

/**
 * Logs a person in.
 *
 * @param isAgreed true if the person has agreed to the publication of the email address in this run already
 * @throws CountersignError `LOGIN_UNAVAILABLE`, `LOGIN_REFUSED`, `LOGIN_TIMEOUT`, `LOGIN_INVALID`, `TOKEN_INVALID`, `CANCELLED`; those
 *   of the provider
 */
export async function logIn(settings: LoginSettings, world: LoginWorld, isAgreed: boolean): Promise<Secret> {
  demandNoJob(world.environment);
  const { method, reason } = chooseMethod(settings, world);
  const issuer = await settings.issuer();
  const timeout = world.timeout(timeoutMinutes * 60_000);
  const end = AbortSignal.any([world.cancellation, timeout]);
  const work = async (): Promise<Secret> => {
    if (!isAgreed) await demandAgreement(issuer, settings, world, end);
    if (reason !== undefined) world.terminal.print(`No browser is opened, because ${reason}.`);
    const provider = await IdentityProvider.discover(issuer, settings.clientId, world);
    return methods[method]({ provider, settings, world, end });
  };
  try {
    return await untilCancelled(work, 'waiting for the login', 'Run the command again.', world.cancellation);
  } catch (error) {
    // Timers reject with an error of their own when they are aborted.
    if (!timeout.aborted || error instanceof CountersignError) throw error;
    return fail('LOGIN_TIMEOUT', `the login at ${shownUrl(issuer)} was not finished within ${timeoutMinutes} minutes`, {
      remedy: 'Run the command again.',
    });
  }
}

const methods: Readonly<Record<LoginMethod, (login: Login) => Promise<Secret>>> = {
  browser: logInWithBrowser,
  code: logInWithCode,
  device: logInWithDevice,
};

function chooseMethod({ method, redirectUrl }: LoginSettings, { environment }: LoginWorld): ChosenMethod {
  if (redirectUrl === outOfBand) return { method: 'code' };
  return method === undefined ? methodFor(environment, process.platform) : { method };
}

/** Says what becomes public, and asks whether to continue. */
async function demandAgreement(
  issuer: string,
  { instance, isAgreed }: LoginSettings,
  { terminal }: LoginWorld,
  end: AbortSignal,
): Promise<void> {
  terminal.print(`To sign, log in at ${shownUrl(issuer)}.`);
  terminal.print(publication(instance));
  if (isAgreed) return;
  if (!terminal.isInteractive)
    fail('LOGIN_UNAVAILABLE', 'a login requires your agreement, and there is no terminal to ask for it', {
      remedy:
        'If the email address of the login may be published, set `yes`. To sign without a login, set `identity-token` or SIGSTORE_ID_TOKEN.',
    });
  const answer = await terminal.ask('Continue? [y/N] ', end);
  if (/^\s*y(?:es)?\s*$/i.test(answer ?? '')) return;
  fail('LOGIN_REFUSED', 'you did not agree to the publication of your email address', {
    remedy: 'Nothing was signed. To agree without this question, set `yes`.',
  });
}

/** Describes what a signature publishes. */
function publication(instance: string): string {
  const what = 'The email address and the ID of your account become part of the signature';
  if (instance === 'sandbox') return `${what}. The sandbox keeps them on this machine.`;
  const log = `the transparency log of the Sigstore instance "${instance}"`;
  if (instance === 'custom')
    return `${what} and of ${log}, where they cannot be deleted. Everyone with access to the log can read it.`;
  return `${what} and of ${log}, which is public: everyone can read it, and nothing in it can ever be deleted.`;
}

async function logInWithBrowser(login: Login): Promise<Secret> {
  const { provider, settings, world, end } = login;
  const { terminal } = world;
  await using server = await listenForRedirect(settings.redirectUrl ?? defaultRedirectUrl);
  const request = await provider.authorize(server.uri);
  terminal.print(`Your browser opens this page: ${request.url.href}`);
  // Only a failure decides: a browser that has opened says nothing about the login.
  const problem = world.openBrowser(request.url).then((reason) => reason ?? new Promise<never>(() => undefined));
  const answer = server.answered((parameters) => provider.redeem(request, parameters), end);
  answer.catch(() => undefined);
  const outcome = await Promise.race([answer, problem]);
  if (typeof outcome !== 'string') return outcome;
  terminal.print(`The browser cannot be opened: ${outcome}.`);
  if (settings.redirectUrl === undefined) return logInWithCode(login);
  terminal.print('Open the page yourself, on this machine.');
  // The server has to stay open meanwhile.
  return await answer;
}

async function logInWithCode({ provider, world, end }: Login): Promise<Secret> {
  const { terminal } = world;
  const request: AuthorizationRequest = await provider.authorize(outOfBand);
  terminal.print(`Open this page in any browser: ${request.url.href}`);
  const answer = await terminal.ask('Enter the code that it shows: ', end);
  if (answer === undefined)
    fail('LOGIN_UNAVAILABLE', 'the input ended before a code was entered', {
      remedy: 'Run the command in a terminal. Without one, use `device`, or set `identity-token` or SIGSTORE_ID_TOKEN.',
    });
  const code = answer.trim();
  if (!/^[\x21-\x7e]{1,1024}$/.test(code) || code.includes('://'))
    fail('LOGIN_INVALID', 'the input is not the code of a login', {
      remedy: 'Run the command again, and copy only the code from the page.',
    });
  return provider.redeemCopied(request, code);
}

/** By how much longer to wait when the provider says that it is asked too often (RFC 8628, section 3.5). */
const slowDownSeconds = 5;

async function logInWithDevice({ provider, world, end }: Login): Promise<Secret> {
  const { terminal, sleep } = world;
  const request = await provider.authorizeDevice();
  terminal.print(`Open this page in a browser on any device: ${request.url.href}`);
  terminal.print(`Continue there only if it shows the code ${request.userCode}.`);
  for (let seconds = request.intervalSeconds; ; ) {
    await sleep(seconds * 1000, end);
    const token = await provider.redeemDevice(request);
    if (token === 'slow down') seconds += slowDownSeconds;
    else if (token !== 'pending') return token;
  }
}

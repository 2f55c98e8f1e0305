import { plainLine } from "./options-row.mjs";
import { sleep } from "./services-http-sleep.mjs";
import { selectIdentityProvider } from "./core-trust-signing-config.mjs";
import { fail } from "./core-errors-codes.mjs";
import { createInterface } from "node:readline";
import { spawn } from "node:child_process";
import { delimiter } from "node:path";
function processTerminal({ stdin, stderr } = process) {
  return {
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    print: (line) => void stderr.write(`${plainLine(line)}
`),
    ask: (question, end) => new Promise((resolve, reject) => {
      stderr.write(question);
      stdin.ref?.();
      const lines = createInterface({ input: stdin, terminal: false });
      const finish = (settle) => {
        settle();
        end.removeEventListener("abort", abort);
        lines.close();
        stdin.pause();
        stdin.unref?.();
      };
      const abort = () => {
        stderr.write("\n");
        finish(() => reject(end.reason));
      };
      end.addEventListener("abort", abort, { once: true });
      lines.once("line", (line) => finish(() => resolve(line)));
      lines.once("close", () => resolve(void 0));
      if (end.aborted) abort();
    })
  };
}
function browserCommands(url, environment, platform) {
  const given = (environment.BROWSER ?? "").split(delimiter).flatMap((text) => {
    const [program, ...args] = words(text);
    if (program === void 0) return [];
    const filledIn = args.map((argument) => argument.replaceAll("%s", () => url.href));
    return [[program, ...filledIn, ...args.some((argument) => argument.includes("%s")) ? [] : [url.href]]];
  });
  if (given.length > 0) return given;
  if (platform === "darwin") return [["open", url.href]];
  if (platform === "win32") return [["rundll32", "url.dll,FileProtocolHandler", url.href]];
  return [["xdg-open", url.href]];
}
function words(command) {
  const found = command.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g);
  return [...found].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}
async function openBrowser(url, environment, platform = process.platform) {
  const problems = [];
  for (const command of browserCommands(url, environment, platform)) {
    const problem = await run(command, environment);
    if (problem === void 0) return void 0;
    problems.push(problem);
  }
  return problems.join("; ");
}
function run([program, ...args], environment) {
  const { SIGSTORE_ID_TOKEN: _, ...rest } = environment;
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: rest, stdio: "ignore", detached: true, windowsHide: true });
    child.on("error", (error) => resolve(`${program} cannot be started (${error.code})`));
    child.on("exit", (code) => resolve(code === 0 ? void 0 : `${program} ended with ${code ?? "a signal"}`));
    child.unref();
  });
}
function openLogin(settings, world) {
  let hasAgreed = false;
  return async () => {
    const { logIn } = await import("./identity-login-log-in.mjs");
    const token = await logIn(settings, world, hasAgreed);
    hasAgreed = true;
    return token;
  };
}
function loginOf(options, loadInstance, world) {
  const { device, browser, instance, oidcIssuer, oidcClientId: clientId, oidcRedirectUrl: redirectUrl } = options;
  const settings = {
    method: device ? "device" : browser ? void 0 : "code",
    issuer: async () => oidcIssuer ?? issuerOf(await loadInstance(), world.clock()),
    clientId,
    redirectUrl,
    instance,
    isAgreed: options.yes ?? false
  };
  const request = openLogin(settings, {
    ...world,
    environment: process.env,
    terminal: processTerminal(),
    openBrowser: (url) => openBrowser(url, process.env),
    sleep,
    timeout: (milliseconds) => AbortSignal.timeout(milliseconds)
  });
  return { clientId, request };
}
function issuerOf({ name, signingConfig }, now) {
  const provider = selectIdentityProvider(signingConfig, now);
  if (provider !== void 0) return provider.url;
  return fail("LOGIN_UNAVAILABLE", `the instance ${name} has no OIDC issuer at which people can log in`, {
    remedy: "Set `oidc-issuer` to an issuer that its certificate authority accepts, or provide a token with `identity-token`."
  });
}

import { findTokens } from "./identity-find-tokens.mjs";

import { programsOf } from "./node-run-program.mjs";

import { systemWorld } from "./run-world-world.mjs";

function signingWorld({ cancellation, takeOver }, progress, retryBudgetMilliseconds) {
  cancellation.addEventListener(
    "abort",
    () => progress.line("Interrupted. Finishing signatures in progress; a second signal stops immediately.")
  );
  return systemWorld({
    cancellation,
    retryBudgetMilliseconds,
    onRequest: (what) => {
      takeOver();
      return progress.wait(what);
    },
    onRetry: (notice) => progress.retry(notice),
    onHash: (path, read, size) => progress.hash(path, read, size)
  });
}
async function tokenSource(options, { world, progress, interruption }, serverUrl, instance) {
  const { identityToken: file, device } = options;
  const environment = process.env;
  const run2 = programsOf(environment, world.cancellation);
  const provider = options.identityProvider ?? (device ? "login" : void 0);
  const login = loginOf(options, instance, world);
  const found = await findTokens({ file, provider, environment, login }, { ...world, run: run2 });
  if (found.isDetected && found.title !== void 0) progress.line(`Identity token: ${found.title}`);
  return async () => {
    if (!found.mayHang) interruption.takeOver();
    const secret = await found.request();
    interruption.takeOver();
    return found.read(secret, world.clock(), serverUrl);
  };
}
export {
  loginOf,
  processTerminal,
  signingWorld,
  tokenSource
};

import { systemProgress } from "./cli-cancel-on-signal.mjs";
import { readAccount } from "./cli-read-account.mjs";
import { instanceRequest } from "./cli-instance-request.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { deliverRun, findTokens, leftOutText, signingJson, signingReport, signingText, unsignedText, inCi } from "./deliver-upload-artifact.mjs";
import { cachedTokens, signRun, incompleteness } from "./identity-providers-github-actions.mjs";
import "./jose-dist-webapi-lib-asn1.mjs";
import "./deliver-bundle-paths.mjs";
import { selectIdentityProvider } from "./core-trust-signing-config.mjs";
import "./services-http-retry.mjs";
import "./deliver-manifest.mjs";
import "./noble-curves-abstract-weierstrass.mjs";
import "./noble-curves-abstract-modular.mjs";
import "./deliver-disk.mjs";
import { loadRegistries } from "./node-links.mjs";
import "./subject-glob.mjs";
import "./subject-digest-file.mjs";
import "./subject-file-system.mjs";
import { sleep } from "./services-http-sleep.mjs";
import "./core-bundle-write-bundle.mjs";
import { untilInterrupted } from "./node-interruption.mjs";
import "./node-atomic-write.mjs";
import { programsOf } from "./node-run-program.mjs";
import "./services-http-answer.mjs";
import "./services-http-explain-failure.mjs";
import { keepYoungGenerationSmall } from "./node-young-generation.mjs";
import { loadInstance, systemWorld } from "./run-world-world.mjs";
import { isWithin, pathBelow } from "./node-concurrency.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-go-url.mjs";
import "./core-bundle-read-bundle.mjs";
import "./options-shared.mjs";
import "./node-make-folder.mjs";
import "./core-certificate-certificate.mjs";
import "./services-github-artifact-client.mjs";
import "./core-encoding-der.mjs";
import "./subject-checksums.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-json.mjs";
import { reportError, errorInFlags, reportInFlags } from "./cli-option-names.mjs";
import "./options-sign.mjs";
import "./options-policy.mjs";
import { plainLine, fail, __callDispose, __using } from "./core-errors-codes.mjs";
import { resolve as resolve2 } from "node:path";
import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { createInterface } from "node:readline";
import { dirname, resolve, sep } from "node:path";
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
  return new Promise((resolve3) => {
    const child = spawn(program, args, { env: rest, stdio: "ignore", detached: true, windowsHide: true });
    child.on("error", (error) => resolve3(`${program} cannot be started (${error.code})`));
    child.on("exit", (code) => resolve3(code === 0 ? void 0 : `${program} ended with ${code ?? "a signal"}`));
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
function processTerminal({ stdin, stderr } = process) {
  return {
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    print: (line) => void stderr.write(`${plainLine(line)}
`),
    ask: (question, end) => new Promise((resolve3, reject) => {
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
      lines.once("line", (line) => finish(() => resolve3(line)));
      lines.once("close", () => resolve3(void 0));
      if (end.aborted) abort();
    })
  };
}
function loginOf(options, loadInstance2, world) {
  const { device, browser, instance, oidcIssuer, oidcClientId: clientId, oidcRedirectUrl: redirectUrl } = options;
  const settings = {
    method: device ? "device" : browser ? void 0 : "code",
    issuer: async () => oidcIssuer ?? issuerOf(await loadInstance2(), world.clock()),
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
function signingFolder({ files, checksums }, current) {
  const folders = files.filter((file) => !isExclusion(file)).map((file) => folderOf(file, current));
  const isBelow = folders.every((folder2) => isWithin(current, folder2));
  const folder = isBelow ? current : folders.reduce(common);
  if (!isBelow && dirname(folder) === folder)
    fail("USAGE", `the files have no folder in common other than ${folder}`, {
      remedy: "Run the command once for each folder."
    });
  const absolute = (file) => isExclusion(file) ? `!${resolve(current, file.slice(1))}` : resolve(current, file);
  return {
    folder,
    files: isBelow ? files : files.map(absolute),
    checksums: checksums.map((path) => pathBelow(folder, resolve(current, path)) ?? resolve(current, path))
  };
}
function isExclusion(file) {
  return file.startsWith("!");
}
function folderOf(file, current) {
  const parts = resolve(current, file).split(sep);
  const wild = parts.findIndex((part) => /[*?[\](){}\\]/.test(part));
  return parts.slice(0, wild === -1 ? -1 : wild).join(sep) || sep;
}
function common(one, other) {
  return isWithin(one, other) ? one : common(dirname(one), other);
}
function signCommand(files, options) {
  keepYoungGenerationSmall();
  return untilInterrupted(async (interruption) => {
    var _stack = [];
    try {
      const { cancellation, takeOver } = interruption;
      const progress = systemProgress({ json: options.json });
      const world = __using(_stack, systemWorld({
        cancellation,
        retryBudgetMilliseconds: options.retryBudget,
        onRequest: (what) => {
          takeOver();
          return progress.wait(what);
        },
        onRetry: (notice) => progress.retry(notice),
        onHash: (path, read, size) => progress.hash(path, read, size)
      }));
      cancellation.addEventListener(
        "abort",
        () => progress.line("Interrupted. Finishing signatures in progress; a second signal stops immediately.")
      );
      try {
        await signAndReport(files, options, { world, progress, interruption });
      } catch (error) {
        progress.end();
        if (!cancellation.aborted) throw error;
        reportError(error);
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      __callDispose(_stack, _error, _hasError);
    }
  });
}
async function signAndReport(files, options, surroundings) {
  const { json } = options;
  const nothing = { signed: false, subjects: [], unsigned: [], warnings: [], notices: [] };
  const { report, failure, listed } = await orFailureJson(json, nothing, () => sign(files, options, surroundings));
  if (json) printJson(signingJson(report, failure && errorInFlags(failure)));
  else process.stdout.write(signingText(report));
  if (listed) process.stderr.write(unsignedText(report));
  if (failure !== void 0) throw failure;
}
async function sign(files, options, { world, progress, interruption }) {
  const current = process.cwd();
  const { folder: workspace, ...subjects } = signingFolder({ files, checksums: options.checksums }, current);
  const serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
  const { insecureIgnoreSct = false, insecureIgnoreTlog = false } = options;
  const places = {
    workspace,
    bundleDirectory: options.bundleDir === void 0 ? void 0 : resolve2(options.bundleDir)
  };
  const account = await readAccount(options);
  const registries = await loadRegistries({ images: options.images, account, environment: process.env }, world);
  const { recursive = false, pushToRegistry: push } = options;
  const images = registries && { named: options.images, recursive, workspace: current, registries, push };
  let loaded;
  const instance = () => {
    loaded ??= instanceRequest(options, "sign").then(
      (request) => loadInstance({ ...request, insecureIgnoreSct, insecureIgnoreTlog }, world)
    );
    return loaded;
  };
  const tokens = await tokenSource(options, { world, progress, interruption }, serverUrl, instance);
  let [total, done, failed] = [0, 0, 0];
  const receipt = await signRun(
    {
      ...options,
      subjects: { ...subjects, digests: options.digests },
      images,
      places,
      ...options.bundle !== void 0 && { bundlePath: resolve2(options.bundle) },
      format: options.bundleFormat === "auto" ? "per-file" : options.bundleFormat,
      overwrite: options.overwrite ?? false,
      instance,
      logVersion: options.logVersion,
      tokens: cachedTokens(tokens, world.clock),
      serverUrl,
      // A person who runs the command has chosen to sign; the check is for jobs that a trigger starts.
      allowDangerousTriggers: options.allowDangerousTriggers || !inCi(process.env),
      allowPublicLog: options.publicLog ?? false,
      onPublication: (claims) => {
        progress.line(
          "The token does not state whether the repository is public. The public log will permanently show:"
        );
        for (const { name, value } of claims) progress.line(`  ${name}: ${value}`);
      },
      beforeSigning: async ({ length }) => {
        total = length;
        progress.work("signed", total, done, failed);
      },
      onSubject: (subject) => {
        done++;
        if ("error" in subject) failed++;
        progress.work("signed", total, done, failed);
      }
    },
    world
  );
  progress.end();
  if (receipt.leftOut.length > 0) progress.line(leftOutText(receipt.leftOut));
  const collect = receipt.signed.length > 1;
  const deliveries = await deliverRun(receipt, { places, collect, artifact: void 0, images }, world);
  const report = reportInFlags(signingReport(receipt, deliveries, current));
  const listed = receipt.unsigned.length > 1;
  return { report, failure: incompleteness(receipt, { listed }) ?? deliveries.failures[0], listed };
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
  signCommand
};

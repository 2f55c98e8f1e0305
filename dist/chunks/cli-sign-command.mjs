import { readAccount, instanceRequest } from "./cli-read-account.mjs";
import { deliverRun, githubActionsTokens, leftOutText, signingReport, signingText, subjectsJson, unsignedText, untilInterrupted } from "./deliver-upload-artifact.mjs";
import { cachedTokens, readIdentityToken, signRun, demandComplete } from "./deliver-bundle-paths.mjs";
import "./report-shell.mjs";
import "./core-trust-signing-config.mjs";
import "./services-http-answer.mjs";
import "./services-http-explain-failure.mjs";
import { retryText } from "./subject-glob.mjs";
import { loadRegistries } from "./options-shared.mjs";
import { loadInstance, Secret } from "./node-concurrency.mjs";
import { systemWorld, utf8Text, readToEnd } from "./node-regular-file.mjs";
import "./core-bundle-read-bundle.mjs";
import "./core-encoding-der.mjs";
import { reportError, inFlags } from "./cli-option-names.mjs";
import "./options-sign.mjs";
import "./options-policy.mjs";
import { plainJson, plainLine, fail, systemCode, __callDispose, __using } from "./core-errors-reference.mjs";
import "./required-node-http.mjs";
import "./services-github-artifact-client.mjs";
import "./core-bundle-write-bundle.mjs";
import "./core-encoding-json.mjs";
import "./noble-curves-abstract-weierstrass.mjs";
import { resolve } from "node:path";
var environmentTokens = ({ environment: { SIGSTORE_ID_TOKEN: token } }) => token === void 0 || token === "" ? void 0 : { mayHang: false, request: async () => new Secret(token.trim()) };
var maxLength = 64 * 1024;
var fileTokens = ({ file: path }, { files }) => {
  if (path === void 0) return void 0;
  if (/eyJ[\w-]+\.|^\s*bearer\s/i.test(path)) {
    fail("USAGE", "the value of `identity-token` is a token, and every user of this machine can read command lines", {
      remedy: "Write the token to a file and specify the path of the file, or set SIGSTORE_ID_TOKEN."
    });
  }
  let fromPipe;
  return {
    mayHang: true,
    request: async () => {
      if (fromPipe !== void 0) return fromPipe;
      const { token, isFile } = await readToken(path, files);
      if (!isFile) fromPipe = token;
      return token;
    }
  };
};
async function readToken(path, files) {
  const refuse = (cause) => fail("TOKEN_INVALID", `the file of \`identity-token\` cannot be read: ${systemCode(cause) ?? "unknown"}`);
  const isFile = (await files.stat(path).catch(refuse)).isFile();
  const bytes = await readToEnd(files, path, maxLength).catch(refuse) ?? fail("TOKEN_INVALID", `the file of \`identity-token\` is too large: the limit is ${maxLength} bytes`);
  const text = utf8Text(bytes, "TOKEN_INVALID", "the file of `identity-token`");
  return { token: new Secret(text.trim()), isFile };
}
var providers = [fileTokens, environmentTokens, githubActionsTokens];
function findTokens(settings, world) {
  for (const provider of providers) {
    const found = provider(settings, world);
    if (found !== void 0) return found;
  }
  return {
    mayHang: false,
    request: async () => fail("TOKEN_INVALID", "no identity token found", {
      remedy: "Set `identity-token` to a file with an OIDC token, set SIGSTORE_ID_TOKEN, or run in a CI job that can request identity tokens."
    })
  };
}
var Progress = class {
  #stream;
  #signed = 0;
  #unsigned = 0;
  #shown = false;
  constructor(stream) {
    this.#stream = stream;
  }
  /** Counts a finished subject. */
  subject(result) {
    if ("error" in result) this.#unsigned++;
    else this.#signed++;
    if (!this.#stream.isTTY) return;
    const failed = this.#unsigned === 0 ? "" : `, failed ${this.#unsigned}`;
    const text = plainLine(`signed ${this.#signed}${failed}: ${result.subject.name}`);
    this.#stream.write(`\r\x1B[K${text.slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1))}`);
    this.#shown = true;
  }
  /** Prints a permanent line. */
  line(text) {
    this.end();
    this.#stream.write(`${plainLine(text)}
`);
  }
  /** Clears the progress line. */
  end() {
    if (this.#shown) this.#stream.write("\r\x1B[K");
    this.#shown = false;
  }
};
function signCommand(files, options) {
  return untilInterrupted(async (interruption) => {
    var _stack = [];
    try {
      const progress = new Progress(process.stderr);
      const world = __using(_stack, systemWorld({
        cancellation: interruption.cancellation,
        retryBudgetMilliseconds: options.retryBudget,
        onRetry: (notice) => progress.line(retryText(notice))
      }));
      interruption.cancellation.addEventListener(
        "abort",
        () => progress.line("Interrupted. Finishing signatures in progress; a second signal stops immediately.")
      );
      try {
        await sign(files, options, { world, progress, interruption });
      } catch (error) {
        progress.end();
        if (!interruption.cancellation.aborted) throw error;
        reportError(error);
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      __callDispose(_stack, _error, _hasError);
    }
  });
}
async function sign(files, options, { world, progress, interruption }) {
  const workspace = process.cwd();
  const serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
  const { insecureIgnoreSct = false, insecureIgnoreTlog = false } = options;
  const places = {
    workspace,
    bundleDirectory: options.bundleDir === void 0 ? void 0 : resolve(options.bundleDir)
  };
  const account = await readAccount(options);
  const registries = await loadRegistries({ images: options.images, account, environment: process.env }, world);
  const { images: named, recursive = false, pushToRegistry: push } = options;
  const images = registries && { named, recursive, workspace, registries, push };
  const receipt = await signRun(
    {
      ...options,
      subjects: { files, checksums: options.checksums, digests: options.digests },
      images,
      places,
      ...options.bundle !== void 0 && { bundlePath: resolve(options.bundle) },
      format: options.bundleFormat === "auto" ? "per-file" : options.bundleFormat,
      overwrite: options.overwrite ?? false,
      instance: () => loadInstance({ ...instanceRequest(options, "sign"), insecureIgnoreSct, insecureIgnoreTlog }, world),
      logVersion: options.logVersion,
      tokens: cachedTokens(tokenSource(options.identityToken, interruption, world, serverUrl), world.clock),
      serverUrl,
      // A person who runs the command has chosen to sign; the check is for jobs that a trigger starts.
      allowDangerousTriggers: process.env.GITHUB_ACTIONS !== "true",
      allowPublicLog: options.publicLog ?? false,
      onSubject: (subject) => progress.subject(subject)
    },
    world
  );
  progress.end();
  if (receipt.leftOut.length > 0) progress.line(leftOutText(receipt.leftOut));
  const collect = receipt.signed.length > 1;
  const deliveries = await deliverRun(receipt, { places, collect, artifact: void 0, images }, world);
  const report = withFlags(signingReport(receipt, deliveries, workspace));
  process.stdout.write(options.json ? `${plainJson(subjectsJson(report))}
` : signingText(report));
  const listed = receipt.unsigned.length > 1;
  if (listed) process.stderr.write(unsignedText(report));
  demandComplete(receipt, { listed });
  const [failure] = deliveries.failures;
  if (failure !== void 0) throw failure;
}
function withFlags(report) {
  return {
    ...report,
    unsigned: report.unsigned.map((failure) => ({
      ...failure,
      message: inFlags(failure.message),
      remedy: failure.remedy && inFlags(failure.remedy)
    })),
    warnings: report.warnings.map(inFlags),
    notices: report.notices.map(inFlags)
  };
}
function tokenSource(file, { takeOver }, world, serverUrl) {
  const { mayHang, request } = findTokens({ file, environment: process.env }, world);
  return async () => {
    if (!mayHang) takeOver();
    const token = await request();
    takeOver();
    return readIdentityToken(token.reveal(), world.clock(), serverUrl);
  };
}
export {
  signCommand
};

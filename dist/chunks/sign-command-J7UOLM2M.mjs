import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  deliverRun,
  demandComplete,
  signRun,
  signingReport
} from "./chunk-I3J23P63.mjs";
import {
  cachedTokens,
  requestToken,
  tokenEndpoint
} from "./chunk-IVYQT5TJ.mjs";
import {
  readIdentityToken
} from "./chunk-FOCVXOSL.mjs";
import "./chunk-GWBD5HXH.mjs";
import {
  subjectsJson
} from "./chunk-XBTKHQOQ.mjs";
import "./chunk-K3CGH52S.mjs";
import {
  count,
  shownPath,
  shownText
} from "./chunk-RK3LZVZH.mjs";
import "./chunk-OJXCKHX7.mjs";
import {
  systemWorld
} from "./chunk-JCQVHCZD.mjs";
import "./chunk-4NIE3LUV.mjs";
import "./chunk-22HLDQSG.mjs";
import {
  instanceRequest
} from "./chunk-E67BCN2J.mjs";
import {
  plainJson,
  plainLine
} from "./chunk-N3LXJ7GI.mjs";
import "./chunk-BLZUZC4M.mjs";
import "./chunk-DTGJNXJU.mjs";
import {
  loadInstance
} from "./chunk-4PPIKFMH.mjs";
import "./chunk-M5ZULOZO.mjs";
import "./chunk-UYWXTOMP.mjs";
import "./chunk-3B3H6NZJ.mjs";
import "./chunk-WXJWSKLB.mjs";
import "./chunk-RCED7V4C.mjs";
import "./chunk-HQS2C6LB.mjs";
import "./chunk-Y54HXCFX.mjs";
import "./chunk-4Z2FOAEY.mjs";
import "./chunk-E6Z6BNYX.mjs";
import {
  fail
} from "./chunk-4KXGZMC2.mjs";
import {
  __callDispose,
  __using
} from "./chunk-ON453OIK.mjs";

// src/cli/sign-command.ts
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

// src/report/receipt.ts
var maxLines = 10;
var maxLineLength = 400;
function receiptText(report) {
  const { identity, signed, unsigned, warnings, artifact, manifestPath, workspace } = report;
  const resumed = signed.filter((subject) => subject.resumed).length;
  const fresh = count(signed.length - resumed, "subject");
  const lines = [
    `Signed ${fresh}${resumed === 0 ? "" : `; ${resumed} had been signed already, and still verified`}`,
    ...identity === void 0 ? [] : [`  as      ${identity.subjectAlternativeName}`, `  issuer  ${identity.issuer}`],
    ...some(signed, (subject) => [`  ${subjectLine(subject, workspace)}`]),
    ...unsigned.length === 0 ? [] : [`Not signed: ${count(unsigned.length, "subject")}`],
    ...some(unsigned, failureLines),
    ...warnings.slice(0, maxLines).map((warning) => `Warning: ${warning}`),
    ...artifact === void 0 ? [] : [`Uploaded ${artifact.name}: ${artifact.url}`],
    ...manifestPath === void 0 ? [] : [`Manifest ${shownPath(manifestPath, workspace)}`]
  ];
  return lines.map((line) => `${shownText(line, maxLineLength)}
`).join("");
}
function subjectLine({ name, bundlePath, logs }, workspace) {
  const where = logs.length === 0 ? "in no log" : `log index ${logs.map(({ index }) => index).join(", ")}`;
  const [shownName, shownBundle] = [name, shownPath(bundlePath, workspace)].map((text) => shownText(text, 150));
  return `${shownName} -> ${shownBundle} (${where})`;
}
function failureLines({ name, code, message, remedy }) {
  const line = `  ${shownText(name, 100)}: ${code}: ${message}`;
  return [line, ...(remedy?.split("\n") ?? []).map((text) => `    ${text}`)];
}
function some(items, describe) {
  const more = items.length - maxLines;
  return [...items.slice(0, maxLines).flatMap(describe), ...more > 0 ? [`  and ${more} more`] : []];
}

// src/cli/progress.ts
var Progress = class {
  #stream;
  #signed = 0;
  #unsigned = 0;
  #shown = false;
  constructor(stream) {
    this.#stream = stream;
  }
  /** A subject is done. */
  subject(result) {
    if ("error" in result) this.#unsigned++;
    else this.#signed++;
    if (!this.#stream.isTTY) return;
    const failed = this.#unsigned === 0 ? "" : `, ${this.#unsigned} not`;
    const text = plainLine(`signed ${this.#signed}${failed}: ${result.subject.name}`);
    this.#stream.write(`\r\x1B[K${text.slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1))}`);
    this.#shown = true;
  }
  /** Something worth a line of its own. */
  line(text) {
    this.end();
    this.#stream.write(`${plainLine(text)}
`);
  }
  /** Takes the line away. */
  end() {
    if (this.#shown) this.#stream.write("\r\x1B[K");
    this.#shown = false;
  }
};

// src/cli/sign-command.ts
async function signCommand(files, options) {
  var _stack = [];
  try {
    const cancellation = new AbortController();
    const cancel = () => cancellation.abort();
    process.once("SIGINT", cancel).once("SIGTERM", cancel);
    const progress = new Progress(process.stderr);
    const world = __using(_stack, systemWorld({
      cancellation: cancellation.signal,
      retryBudgetMilliseconds: options.retryBudget,
      onRetry: ({ reason, wait }) => progress.line(`${reason}; asking again in ${Math.round(wait / 1e3)} s`)
    }));
    try {
      await sign(files, options, world, progress);
    } finally {
      progress.end();
      process.off("SIGINT", cancel).off("SIGTERM", cancel);
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
async function sign(files, options, world, progress) {
  const workspace = process.cwd();
  const serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
  const places = {
    workspace,
    bundleDirectory: options.bundleDir === void 0 ? void 0 : resolve(options.bundleDir)
  };
  const receipt = await signRun(
    {
      subjects: { files, checksums: options.checksums, digests: options.digest },
      places,
      ...options.bundle !== void 0 && { bundlePath: resolve(options.bundle) },
      format: options.bundleFormat,
      instance: () => loadInstance(instanceRequest(options, "sign"), world),
      logVersion: options.logVersion === void 0 ? void 0 : Number(options.logVersion),
      concurrency: options.concurrency,
      tokens: cachedTokens(() => requestIdentity(options.identityToken, serverUrl, world), world.clock),
      serverUrl,
      // Whoever types the command has chosen to sign; the check is for what a trigger starts.
      allowDangerousTriggers: process.env.GITHUB_ACTIONS !== "true",
      allowPublicLog: options.publicLogAllow ?? false,
      onSubject: (subject) => progress.subject(subject)
    },
    world
  );
  progress.end();
  const one = receipt.signed.length <= 1;
  const deliveries = one ? nothingDelivered : await deliverRun(receipt, { places, artifact: void 0 }, world);
  const report = signingReport(receipt, deliveries, workspace);
  process.stdout.write(options.json ? `${plainJson(subjectsJson(report))}
` : receiptText(report));
  demandComplete(receipt);
  const [failure] = deliveries.failures;
  if (failure !== void 0) throw failure;
}
var nothingDelivered = { collection: void 0, artifact: void 0, failures: [] };
async function requestIdentity(path, serverUrl, world) {
  const read = (text) => readIdentityToken(text.trim(), world.clock(), serverUrl);
  if (path !== void 0) {
    if (/^eyJ/.test(path)) {
      fail("USAGE", "an identity token was given on the command line, where every user of the machine can read it", {
        remedy: "Write it to a file and give its path, or set SIGSTORE_ID_TOKEN."
      });
    }
    return read(
      await readFile(path, "utf8").catch(
        (cause) => fail("TOKEN_INVALID", `the identity token at ${path} cannot be read`, { cause })
      )
    );
  }
  const { SIGSTORE_ID_TOKEN: fromEnvironment } = process.env;
  if (fromEnvironment !== void 0 && fromEnvironment !== "") return read(fromEnvironment);
  if (process.env.GITHUB_ACTIONS !== "true" && !process.env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    fail("TOKEN_INVALID", "there is no identity to sign with", {
      remedy: "Give --identity-token a file, or set SIGSTORE_ID_TOKEN, or run in a CI job that may have a token."
    });
  }
  return read(await requestToken(world.http, tokenEndpoint(process.env)));
}
export {
  signCommand
};

import { instanceRequest } from "./cli-instance-request.mjs";
import { signRun } from "./run-sign-sign-run.mjs";
import "./run-sign-sign-each.mjs";
import "./deliver-manifest.mjs";
import "./subject-glob.mjs";
import "./node-safe-file-name.mjs";
import "./subject-checksums.mjs";
import { cachedTokens, openSigning, readIdentityToken, holdsStatement, signBundle } from "./identity-providers-github-actions.mjs";
import "./services-rekor-rekor-v1.mjs";
import "./services-http-retry.mjs";
import { demandComplete } from "./run-sign-signing-result.mjs";
import "./identity-verify-token.mjs";
import "./run-sign-attest.mjs";
import "./report-retry-text.mjs";
import "./jose-dist-webapi-lib-asn1.mjs";
import "./deliver-bundle-paths.mjs";
import "./noble-curves-abstract-weierstrass.mjs";
import "./noble-curves-abstract-modular.mjs";
import "./deliver-disk.mjs";
import "./services-rekor-answer-v1.mjs";
import "./services-http-explain-failure.mjs";
import "./services-http-back-off.mjs";
import "./core-bundle-write-bundle.mjs";
import "./node-concurrency.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import "./run-world-choose-instance.mjs";
import "./core-trust-signing-config.mjs";
import "./node-links.mjs";
import "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./services-http-answer.mjs";
import { systemWorld, loadInstance } from "./run-world-world.mjs";
import "./node-secret.mjs";
import { artifactOfDigest, readStatement } from "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { fail, __callDispose, __using } from "./core-errors-codes.mjs";
import { basename, dirname, resolve } from "node:path";
async function signStatement(request, world) {
  var _stack = [];
  try {
    const { statement, bundlePath: path } = request;
    const [subject] = readStatement(statement).subjects.filter(({ digests }) => digests.length > 0);
    if (subject === void 0)
      fail("STATEMENT_INVALID", "the statement has no subject with a SHA-2 digest", {
        remedy: "Add a `sha256` digest to each subject."
      });
    const signing = __using(_stack, await openSigning(request, world));
    const { verdict } = await signBundle(
      {
        path,
        artifact: artifactOfDigest(...subject.digests),
        isSame: holdsStatement(statement),
        sign: () => signing.session.signStatement(statement)
      },
      signing,
      world
    );
    return verdict;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
async function signBundle2(target, options) {
  var _stack = [];
  try {
    const { token, bundlePath, isStatement } = options;
    const world = __using(_stack, systemWorld({ retryBudgetMilliseconds: 6e4 }));
    const serverUrl = "https://github.com";
    const tokens = cachedTokens(async () => readIdentityToken(token, world.clock(), serverUrl), world.clock);
    const signing = {
      instance: async () => loadInstance(await instanceRequest(options, "sign"), world),
      logVersion: void 0,
      tokens,
      allowDangerousTriggers: true,
      allowPublicLog: true,
      places: { workspace: dirname(resolve(target)), bundleDirectory: void 0 }
    };
    if (isStatement) {
      const statement = await world.files.readFile(target);
      await signStatement({ ...signing, statement, bundlePath }, world);
      return;
    }
    const result = await signRun(
      {
        ...signing,
        subjects: { files: [basename(target)], checksums: [], digests: [] },
        bundlePath,
        format: "per-file",
        concurrency: 1,
        overwrite: true,
        serverUrl
      },
      world
    );
    demandComplete(result);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
export {
  signBundle2 as signBundle
};

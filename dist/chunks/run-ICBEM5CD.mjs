import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  demandVerified,
  localWorld
} from "./chunk-WTSYLZO5.mjs";
import {
  verifyDigest,
  verifyFile
} from "./chunk-BFNVCADF.mjs";
import {
  deliverRun,
  delivered,
  demandComplete,
  openSession,
  signRun,
  signingReport,
  writeBundle
} from "./chunk-I3J23P63.mjs";
import "./chunk-FOCVXOSL.mjs";
import "./chunk-GWBD5HXH.mjs";
import {
  fetchArtifact,
  planArtifact,
  planVerifiables
} from "./chunk-LDTAORY2.mjs";
import {
  loadPolicy,
  loadTrust,
  verifyRun
} from "./chunk-F7AKDO5X.mjs";
import "./chunk-STMR72KD.mjs";
import {
  writeAtomically
} from "./chunk-K3CGH52S.mjs";
import "./chunk-OJXCKHX7.mjs";
import {
  systemWorld
} from "./chunk-JCQVHCZD.mjs";
import {
  artifactOfDigest,
  readBundle,
  readStatement,
  verify
} from "./chunk-4NIE3LUV.mjs";
import "./chunk-22HLDQSG.mjs";
import {
  optionName,
  policyOptions
} from "./chunk-7CUJHYSP.mjs";
import "./chunk-BLZUZC4M.mjs";
import "./chunk-DTGJNXJU.mjs";
import {
  loadInstance,
  selectServices
} from "./chunk-4PPIKFMH.mjs";
import "./chunk-M5ZULOZO.mjs";
import {
  exactIdentity
} from "./chunk-UYWXTOMP.mjs";
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

// src/run/sign-statement.ts
async function signStatement(request, world) {
  var _stack = [];
  try {
    const { statement, bundlePath, instance, tokens } = request;
    const [subject] = readStatement(statement).subjects.filter(({ digests }) => digests.length > 0);
    if (subject === void 0)
      fail("STATEMENT_INVALID", "the statement names no artifact by a digest of SHA-2", {
        remedy: "Give each subject its `sha256`."
      });
    const { trust, thresholds, sandbox, signingConfig } = instance;
    const token = await tokens();
    const policy = exactIdentity(token.certificateIdentity, token.issuer, { thresholds, sandbox });
    const services = selectServices(signingConfig, world.clock(), void 0);
    const session = __using(_stack, openSession({ ...world, tokens, services, trust, requirements: policy }));
    const { bundle } = await session.signStatement(statement);
    const text = writeBundle(bundle);
    const artifact = artifactOfDigest(...subject.digests);
    const verdict = await verify(readBundle(text), artifact, trust, policy, world.clock());
    await writeAtomically(world.files, world.random, bundlePath, `${text}
`);
    return verdict;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
export {
  deliverRun,
  delivered,
  demandComplete,
  demandVerified,
  fetchArtifact,
  loadInstance,
  loadPolicy,
  loadTrust,
  localWorld,
  optionName,
  planArtifact,
  planVerifiables,
  policyOptions,
  signRun,
  signStatement,
  signingReport,
  systemWorld,
  verifyDigest,
  verifyFile,
  verifyRun
};

import { reissueRows } from "./cli-add-deliver-command.mjs";
import { examineSimpleSigning } from "./core-statement-simple-signing.mjs";
import { loadPolicy, policyUnder } from "./run-policy-load-policy.mjs";
import { examine, namesSigner, verify, artifactOfDigest, readTimestampResponse, maxSubjects, readStatement, writeStatement } from "./core-certificate-path.mjs";
import { readCertificate, keyText } from "./core-certificate-certificate.mjs";
import { decodeBase64, encodeHex } from "./core-encoding-der.mjs";
import { digest, formatDigest, isHash, parseDigest, toDigest } from "./node-regular-file.mjs";
import { decodeUtf8, equalBytes, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, inContext, systemCode } from "./core-errors-codes.mjs";
function withoutCompromised(roots, { logs, authorities }) {
  const all = (of) => roots.flatMap(({ trust }) => of(trust));
  const known = [...all((trust) => trust.transparencyLogs), ...all((trust) => trust.certificateTransparencyLogs)];
  const knownAuthorities = roots.flatMap(({ trust }) => [
    ...trust.certificateAuthorities,
    ...trust.timestampAuthorities
  ]);
  const keys = /* @__PURE__ */ new Set([
    ...logs.flatMap(
      (name) => found(known.filter(logNamed(name)), "log", name).map(({ publicKey }) => keyText(publicKey))
    ),
    ...authorities.flatMap(
      (name) => found(knownAuthorities.filter(authorityNamed(name)), "authority", name).flatMap((one) => keysNamed(one, name))
    )
  ]);
  return roots.map((choice) => without(choice, keys));
}
function without(choice, keys) {
  const { trust } = choice;
  const isLost = ({ publicKey }) => keys.has(keyText(publicKey));
  const lostLogs = trust.transparencyLogs.filter(isLost);
  const lostAuthorities = trust.timestampAuthorities.filter(({ chain }) => chain.some(isLost));
  const remaining = {
    certificateAuthorities: trust.certificateAuthorities.filter(({ chain }) => !chain.some(isLost)),
    certificateTransparencyLogs: trust.certificateTransparencyLogs.filter((log) => !isLost(log)),
    transparencyLogs: trust.transparencyLogs.filter((log) => !isLost(log)),
    timestampAuthorities: trust.timestampAuthorities.filter((one) => !lostAuthorities.includes(one))
  };
  return {
    choice: { ...choice, trust: remaining },
    strip: (bundle) => ({
      ...bundle,
      logEntries: bundle.logEntries.filter(
        ({ logKeyId }) => !lostLogs.some(({ keyId }) => equalBytes(keyId, logKeyId))
      ),
      timestamps: bundle.timestamps.filter((timestamp) => !isFrom(timestamp, lostAuthorities))
    })
  };
}
function isFrom(timestamp, authorities) {
  return authorities.some(
    ({ chain: [leaf] }) => attempt(() => namesSigner(readTimestampResponse(timestamp), leaf)) ?? false
  );
}
function demandOtherKey({ signer }, policy, keys) {
  if (keys.length === 0) return;
  const key = signer.kind === "certificate" ? readCertificate(signer.certificate).publicKey : policy.signer.kind === "key" ? policy.signer.publicKey : void 0;
  if (key === void 0 || !keys.map(hexOf).includes(fingerprint(key.spki))) return;
  fail("KEY_MISMATCH", "the bundle was signed with a key that `without-key` names as compromised", {
    remedy: "Sign the artifact itself again, after checking where it came from."
  });
}
function demandKeyDigests(keys) {
  const other = keys.find((key) => !/^sha256:[0-9a-fA-F]{64}$/.test(key));
  if (other === void 0) return;
  fail("USAGE", `\`without-key\` is ${JSON.stringify(other)}, which is not the digest of a public key`, {
    remedy: "Specify sha256:<64 hexadecimal digits>: the SHA-256 digest of the public key in DER."
  });
}
function logNamed(name) {
  const id = idOf(name);
  return ({ baseUrl, keyId, publicKey }) => id === void 0 ? withoutSlash(baseUrl) === withoutSlash(name) : encodeHex(keyId) === id || fingerprint(publicKey.spki) === id;
}
function authorityNamed(name) {
  return (authority) => keysNamed(authority, name).length > 0;
}
function keysNamed({ uri, chain }, name) {
  const id = idOf(name);
  if (id === void 0)
    return uri !== "" && withoutSlash(uri) === withoutSlash(name) ? [keyText(chain[0].publicKey)] : [];
  return chain.filter(({ der, publicKey }) => fingerprint(der) === id || fingerprint(publicKey.spki) === id).map(({ publicKey }) => keyText(publicKey));
}
function found(all, kind, name) {
  if (all.length > 0) return all;
  return fail("USAGE", `\`without-${kind}\` is ${JSON.stringify(name)}, and no trusted root has such a ${kind}`, {
    remedy: `Specify the URL or the SHA-256 digest (sha256:\u2026) that the trusted root has for the ${kind}. \`countersign trusted-root\` prints it.`
  });
}
function idOf(name) {
  if (/^sha256:/i.test(name)) return hexOf(name);
  const bytes = /^[A-Za-z0-9+/]{43}=$/.test(name) ? attempt(() => decodeBase64(name)) : void 0;
  return bytes && encodeHex(bytes);
}
function hexOf(name) {
  return name.slice("sha256:".length).toLowerCase();
}
function fingerprint(bytes) {
  return encodeHex(digest("sha256", bytes).bytes);
}
function withoutSlash(url) {
  return url.replace(/\/+$/, "");
}
function openExamination({ policy, trust, before, without: without2 }, clock) {
  demandKeyDigests(without2.keys);
  if (policy.attestations !== void 0 && policy.attestations.length > 0)
    fail("USAGE", "`require-attestation` cannot be used to issue signatures again", {
      remedy: "Omit it: each attestation is an old signature of its own."
    });
  const roots = withoutCompromised(trust.roots, without2).map((remaining) => ({
    ...remaining,
    policy: policyUnder(policy, remaining.choice)
  }));
  return async (old, digests) => {
    let first;
    for (const root of roots) {
      try {
        return await examineUnder(root, old, digests, { before, keys: without2.keys, now: clock() });
      } catch (error) {
        if (!(error instanceof CountersignError)) throw error;
        first ??= error;
      }
    }
    throw first ?? new CountersignError("TRUSTED_ROOT_MISSING", "there is no trusted root");
  };
}
async function examineUnder({ choice, policy, strip }, old, given, { before, keys, now }) {
  demandOtherKey(old.bundle, policy, keys);
  const bundle = strip(old.bundle);
  const digests = given.length > 0 ? given : [digestOf(old)];
  const { verdict, failure } = old.document === void 0 ? await examine(bundle, artifactOfDigest(...digests), choice.trust, policy, now) : await examineSimpleSigning(bundle, old.document, imageDigest(digests), choice.trust, policy, now);
  if (failure !== void 0) throw failure;
  if (before !== void 0) demandBefore(verdict, before);
  return verdict;
}
function digestOf({ bundle: { content } }) {
  const named = content.kind === "message-signature" ? content.messageDigest : readStatement(content.payload).subjects.flatMap(({ digests }) => digests)[0];
  return named ?? fail("DIGEST_UNAVAILABLE", "the bundle does not name the digest of what it signs", {
    remedy: "Specify the digest with the bundle in a list: `sha256:<hex> <path of the bundle>`."
  });
}
function imageDigest(digests) {
  return digests.find(isHash) ?? fail("DIGEST_UNAVAILABLE", "the signature of an image can only be verified with the digest of the image");
}
function demandBefore({ times }, before) {
  if (times.length === 0)
    fail("TIMESTAMP_MISSING", `nothing proves that the signature existed before ${before.toISOString()}`);
  const earliest = new Date(Math.min(...times.map(({ time }) => time.getTime())));
  if (earliest.getTime() < before.getTime()) return;
  fail(
    "TIMESTAMP_MISMATCH",
    `the signature is proven to have existed at ${earliest.toISOString()}, which is not before ${before.toISOString()}`,
    { remedy: "Check where the artifact came from. If it is yours, sign it again with `countersign sign`." }
  );
}

import { upgradeSignature } from "./core-bundle-upgrade-bundle.mjs";

import { instancePolicy } from "./cli-verify-policy.mjs";

import { signingWorld, tokenSource } from "./cli-login.mjs";

import { systemProgress } from "./cli-progress.mjs";

import { processTerminal } from "./cli-login.mjs";

import { readAccount } from "./cli-read-account.mjs";

import { instanceRequest } from "./cli-instance-request.mjs";

import { orFailureJson, printJson } from "./cli-json-output.mjs";

import { bundleClaims, claimedDigest } from "./report-bundle-claims.mjs";

import { collectImages } from "./subject-collect-images.mjs";

import "./subject-image-image-index.mjs";

import "./subject-image-image-index.mjs";

import "./subject-image-tar-archive.mjs";

import "./subject-image-tar-archive.mjs";

import { Pace } from "./run-sign-sign-each.mjs";

import "./options-sign.mjs";

import { stopsRun } from "./run-sign-sign-each.mjs";

import { isManifestOpening, readManifestLine } from "./deliver-manifest.mjs";

import "./deliver-manifest.mjs";

import "./run-search-query.mjs";

import "./monitor-entries-certificate-claims.mjs";

import { systemRegistries_2 } from "./run-world-system-registries.mjs";

import { fetchAttached } from "./fetch-attached-bundles.mjs";

import "./core-statement-simple-signing.mjs";

import "./fetch-attachments.mjs";

import "./services-registry-manifests.mjs";

import { pathExists } from "./run-world-choose-instance.mjs";

import { readOtherFormat_2 } from "./run-verify-other-formats.mjs";

import "./fetch-older-signatures.mjs";

import "./fetch-formats-pep-740.mjs";

import { untilInterrupted } from "./node-interruption.mjs";

import "./report-retry-text.mjs";

import { failureJson } from "./options-shared.mjs";

import "./cli-option-names.mjs";

import { errorInFlags, inFlags } from "./cli-option-names.mjs";

import "./options-verify.mjs";

import "./options-shared.mjs";

import { plainLine } from "./options-row.mjs";

import { openReleases } from "./services-github-open-releases.mjs";

import { attachBundle } from "./deliver-attach-bundle.mjs";

import "./identity-find-tokens.mjs";

import { cachedTokens, openSigning } from "./identity-providers-github-actions.mjs";

import "./services-rekor-rekor-v1.mjs";

import { inCi } from "./identity-find-tokens.mjs";

import "./services-http-retry.mjs";

import "./identity-providers-github-actions.mjs";

import { demandConsistent } from "./run-sign-attest.mjs";

import { imageSignature } from "./report-retry-text.mjs";

import { holdsStatement, makeBundle } from "./identity-providers-github-actions.mjs";

import "./jose-dist-webapi-lib-asn1.mjs";

import "./deliver-bundle-paths.mjs";

import "./identity-providers-github-actions.mjs";

import "./noble-curves-abstract-weierstrass.mjs";

import "./noble-curves-abstract-modular.mjs";

import { deliverFile } from "./deliver-disk.mjs";

import "./services-http-sleep.mjs";

import "./services-registry-manifest.mjs";

import "./services-rekor-answer-v1.mjs";

import "./services-http-explain-failure.mjs";

import "./node-run-program.mjs";

import "./services-http-back-off.mjs";

import "./services-http-back-off.mjs";

import "./core-bundle-write-bundle.mjs";

import { formatImage } from "./node-concurrency.mjs";

import { writeAtomically } from "./node-atomic-write.mjs";

import { makeFolder } from "./node-make-folder.mjs";

import "./node-make-folder.mjs";

import "./report-retry-text.mjs";

import "./report-retry-text.mjs";

import { safeFileName } from "./node-safe-file-name.mjs";

import "./subject-read-file.mjs";

import "./core-statement-slsa-result.mjs";

import { worstOf } from "./report-verification-report.mjs";

import "./core-verify-needed-digests.mjs";

import "./run-policy-request.mjs";

import { bundleStem } from "./node-concurrency.mjs";

import "./options-policy.mjs";

import "./options-row.mjs";

import { optionName } from "./options-row.mjs";

import "./subject-image-name.mjs";

import "./run-world-choose-instance.mjs";

import "./core-trust-signing-config.mjs";

import "./node-links.mjs";

import "./core-bundle-read-bundle.mjs";

import { digestFile } from "./subject-digest-file.mjs";

import "./node-links.mjs";

import "./services-github-api.mjs";

import "./services-github-api.mjs";

import "./services-http-public-address.mjs";

import "./subject-image-name.mjs";

import { formatRepository, parseRepository } from "./services-registry-image-reference.mjs";

import "./node-make-folder.mjs";

import "./services-http-answer.mjs";

import { loadTrust } from "./run-policy-load-trust.mjs";

import "./core-trust-trusted-root.mjs";

import "./run-world-read-input.mjs";

import "./run-world-world.mjs";

import { loadInstance } from "./run-world-world.mjs";

import { Secret } from "./node-secret.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-certificate-signed-certificate-timestamp.mjs";

import "./core-log-cosignature.mjs";

import "./core-log-cosignature.mjs";

import "./core-certificate-certificate.mjs";

import { concurrently, inTurns } from "./node-concurrency.mjs";

import "./core-certificate-signed-certificate-timestamp.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-log-cosignature.mjs";

import "./core-certificate-certificate.mjs";

import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";

import "./node-regular-file.mjs";

import { openRegularFile, readRegularFile } from "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der-writer.mjs";

import { parseJsonObject } from "./core-encoding-json.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-path.mjs";

import { asList, asObject, asText } from "./core-encoding-json.mjs";

import "./core-errors-codes.mjs";

import "./run-world-world.mjs";

import { __callDispose, __using } from "./core-errors-codes.mjs";

import { parse as parse3, resolve as resolve3 } from "node:path";
import { join } from "node:path";
import { basename, parse } from "node:path";
import { basename as basename2, dirname, resolve } from "node:path";
import { dirname as dirname2, resolve as resolve2 } from "node:path";
import { createHash as createHash3 } from "node:crypto";
import { createHash } from "node:crypto";
import { createHash as createHash2 } from "node:crypto";
import { join as join2 } from "node:path";
import { join as join3, parse as parse2 } from "node:path";
function signatureInFile(path, world) {
  return { name: bundleStem(basename(path)) ?? basename(path), digests: [], place: filePlace(path, world) };
}
function signatureOfFile(path, world) {
  const place = filePlace(`${path}.sigstore.json`, world);
  const read = async () => {
    const old = await place.read();
    return { ...old, digests: [await digestFile(world.files, { path }, "sha256")] };
  };
  return { name: basename(path), digests: [], place: { ...place, read } };
}
function filePlace(path, { files, random }) {
  return {
    location: path,
    read: async () => {
      const bytes = await readFile(path, files);
      return { bytes, bundle: readOnly(bytes, path) };
    },
    // The caller has named the file, so links may lead anywhere.
    deliver: (text) => deliverFile(files, random, path, text, { workspace: parse(path).root, bundleDirectory: void 0 })
  };
}
async function readFile(path, files) {
  try {
    return await readRegularFile(files, path, maxBundleLength);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === void 0) throw cause;
    if (code === "ENOENT" || code === "ENOTDIR")
      fail("BUNDLE_MISSING", `the bundle ${path} does not exist`, { cause, remedy: "Correct the path in the list." });
    return fail("BUNDLE_UNREADABLE", `the bundle ${path} cannot be read: ${code}`, { cause });
  }
}
function readOnly(bytes, path) {
  try {
    return readBundle(bytes);
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    const others = readOtherFormat_2(bytes, path, failure);
    if (others instanceof CountersignError) throw others;
    const [only, ...more] = others;
    if (only === void 0 || more.length > 0)
      fail("BUNDLE_UNSUPPORTED", `${path} contains ${others.length} bundles, and only one can be replaced`, {
        remedy: "Write each bundle to a file of its own."
      });
    return only.read();
  }
}
function folderSource(path, world) {
  return { title: `the folder ${path}`, signatures: () => bundlesBelow(path, world) };
}
async function* bundlesBelow(folder, world) {
  const entries = await world.files.readdir(folder, { withFileTypes: true }).catch(
    (cause) => fail("USAGE", `the folder ${folder} cannot be read: ${systemCode(cause) ?? String(cause)}`, {
      cause,
      remedy: "Check the path."
    })
  );
  entries.sort((a, b) => a.name < b.name ? -1 : 1);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* bundlesBelow(path, world);
    else if (entry.isFile() && /\.sigstore(?:\.json)?$/.test(entry.name)) yield signatureInFile(path, world);
  }
}
var replaces = "dev.countersign.bundle.replaces";
var digestTag = /^sha256-([0-9a-f]{64})(?:\.(?:sig|att|sbom))?$/;
function imageSource(names, registries, { files }) {
  return {
    title: `the images ${names.join(", ")}`,
    async *signatures() {
      const seen = /* @__PURE__ */ new Set();
      for (const name of names) {
        for (const reference of await referencesIn(name, registries)) {
          const images = await orBad(
            reference,
            () => collectImages([reference], { recursive: true }, ".", registries, files)
          );
          if ("error" in images) {
            yield images;
            continue;
          }
          for (const image of images) {
            const key = formatImage(image);
            if (seen.has(key)) continue;
            seen.add(key);
            yield* signaturesOn(image, registries);
          }
        }
      }
    }
  };
}
async function referencesIn(name, registries) {
  const repository = attempt(() => parseRepository(name.replace(/^oci:\/\//, "")));
  if (repository === void 0) return [name];
  const repositoryName = formatRepository(repository);
  const tags = await registries(repository).tags() ?? fail("SUBJECT_MISSING", `the registry has no repository ${repositoryName}`, { remedy: "Check the name." });
  const references = tags.map((one) => {
    const [, hex] = digestTag.exec(one) ?? [];
    return hex === void 0 ? `${repositoryName}:${one}` : `${repositoryName}@${formatDigest(parseDigest(`sha256:${hex}`))}`;
  });
  return [...new Set(references)];
}
async function* signaturesOn(image, registries) {
  const { stored, digest: digest2 } = image;
  if (stored === void 0)
    fail("USAGE", `${image.name} is an image on disk`, { remedy: "Specify an image in a registry." });
  const client = registries.attachmentsOf(stored.repository);
  const name = formatImage(image);
  const found2 = await orBad(name, async () => ({
    attached: await fetchAttached(client, { name: client.name, digest: digest2 }),
    replacements: await replacementsOn(client, digest2)
  }));
  if ("error" in found2) {
    yield found2;
    return;
  }
  const { bundles, unread } = found2.attached;
  for (const { place, failure } of unread) yield { origin: place, error: failure };
  const places = new Set(bundles.map(({ place }) => place));
  for (const one of bundles) {
    const replaced = found2.replacements.get(one.place);
    if (replaced !== void 0 && replaced !== one.place && places.has(replaced)) continue;
    yield { name, digests: [digest2], place: placeOf(one, image, stored, client) };
  }
}
async function replacementsOn(client, digest2) {
  const { descriptors } = await client.findReferrers(digest2);
  return new Map(
    descriptors.flatMap(({ digest: manifest, annotations }) => {
      const replaced = annotations?.[replaces];
      return replaced === void 0 ? [] : [[formatImage({ name: client.name, digest: manifest }), replaced]];
    })
  );
}
function placeOf({ place, bundle, document, digest: blob }, image, stored, client) {
  return {
    location: `oci://${place}`,
    read: async () => {
      const bytes = document ?? (blob && await client.getBlob(blob, maxBundleLength));
      if (bytes === void 0)
        fail("BUNDLE_MISSING", `${place} no longer has a signature`, {
          remedy: "Run again: the images are listed again."
        });
      return { bundle, bytes, ...document !== void 0 && { document } };
    },
    deliver: async (text) => {
      const { content } = readBundle(text);
      const statement = content.kind === "dsse-envelope" ? attempt(() => readStatement(content.payload)) : void 0;
      await attachBundle(client, {
        image,
        stored,
        bundle: new TextEncoder().encode(text),
        predicateType: statement?.predicateType,
        annotations: { [replaces]: place }
      });
    }
  };
}
async function orBad(origin, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
    return { origin, error };
  }
}
var maxLength = 1024 * 1024;
var readLength = 256 * 1024;
var lineFeed = 10;
var carriageReturn = 13;
async function* readLines(files, path) {
  var _stack = [];
  try {
    const file = __using(_stack, await openRegularFile(files, path), true);
    let rest = Buffer.alloc(0);
    let isTooLong = false;
    let [number, end] = [0, 0];
    const lineOf = (bytes, isWhole) => {
      number++;
      end += isWhole ? 1 : 0;
      const line = { number, end, isWhole };
      if (isTooLong || bytes.length > maxLength) return { ...line, bytes: void 0 };
      return { ...line, bytes: bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes };
    };
    for (; ; ) {
      const { buffer, bytesRead } = await file.handle.read(Buffer.alloc(readLength), 0, readLength, null);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      let start = 0;
      for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, start)) {
        const piece2 = chunk.subarray(start, at);
        end += piece2.length;
        yield lineOf(rest.length === 0 ? piece2 : Buffer.concat([rest, piece2]), true);
        rest = Buffer.alloc(0);
        isTooLong = false;
        start = at + 1;
      }
      const piece = chunk.subarray(start);
      end += piece.length;
      isTooLong ||= rest.length + piece.length > maxLength;
      rest = isTooLong ? Buffer.alloc(0) : Buffer.concat([rest, piece]);
    }
    if (rest.length > 0 || isTooLong) yield lineOf(rest, false);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
var maxValues = 100;
function listSource(path, world) {
  const folder = dirname(path);
  return {
    title: `the list ${path}`,
    async *signatures() {
      for await (const line of linesOf(path, world)) {
        const entry = readEntry(line, path, folder, world);
        if (entry !== void 0) yield entry;
      }
    }
  };
}
async function* linesOf(path, { files }) {
  try {
    yield* readLines(files, path);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === void 0) throw cause;
    fail("USAGE", `${path} cannot be read: ${code}`, { cause, remedy: "Check the path." });
  }
}
function readEntry(line, path, folder, world) {
  const origin = `${path}:${line.number}`;
  try {
    const text = textOf(line).trim();
    if (text === "" || text.startsWith("#")) return void 0;
    return readText(text, folder, world);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { origin, error: inContext("USAGE", origin, error) };
  }
}
function textOf({ bytes, number }) {
  if (bytes === void 0) fail("LIMIT_EXCEEDED", "the line is longer than 1 MiB");
  const text = decodeUtf8(bytes) ?? fail("USAGE", "the line is not UTF-8");
  return number === 1 ? text.replace(/^\ufeff/, "") : text;
}
function readText(text, folder, world) {
  if (text.startsWith("{")) return readObject(text, folder, world);
  const [, digest2, bundle] = /^([a-z][a-z0-9]+:\S*)\s+(\S.*)$/i.exec(text) ?? [];
  if (digest2 !== void 0 && bundle !== void 0)
    return { ...signatureInFile(resolve(folder, bundle), world), digests: [parseDigest(digest2)] };
  if (/^sha(?:256|384|512):[0-9a-f]+$/i.test(text))
    fail("USAGE", "the line has a digest and no bundle", { remedy: "Add the path of the bundle after the digest." });
  const path = resolve(folder, text);
  return bundleStem(basename2(path)) === void 0 ? signatureOfFile(path, world) : signatureInFile(path, world);
}
function readObject(text, folder, world) {
  const entry = parseJsonObject(text, { maxValues });
  const [bundle, digest2, name] = [asText(entry?.bundle), asText(entry?.digest), asText(entry?.name)];
  if (bundle === void 0 || bundle === "")
    fail("USAGE", 'the line has no member "bundle" with a path', {
      remedy: 'Write each line as {"bundle":"app.sigstore.json","digest":"sha256:\u2026"}.'
    });
  for (const [member, value] of [
    ["digest", digest2],
    ["name", name]
  ])
    if (value === void 0 && entry?.[member] !== void 0) fail("USAGE", `the member "${member}" is not a text`);
  const path = resolve(folder, bundle);
  return {
    name: name ?? signatureInFile(path, world).name,
    digests: digest2 === void 0 ? [] : [parseDigest(digest2)],
    place: filePlace(path, world)
  };
}
function manifestSource(path, world) {
  const folder = dirname2(path);
  return {
    title: `the manifest ${path}`,
    async *signatures() {
      let isOpen = false;
      for await (const line of linesOf(path, world)) {
        if (!isOpen) {
          if (!isManifestOpening(textOf(line))) failAsOther(path);
          isOpen = true;
        } else {
          const text = textOf(line);
          if (text === "]}") return;
          yield readEntry2(text, `${path}:${line.number}`, folder, world);
        }
      }
      if (!isOpen) failAsOther(path);
      fail("USAGE", `the manifest ${path} is cut off`, { remedy: "Download it again, or use another copy." });
    }
  };
}
function failAsOther(path) {
  return fail("USAGE", `${path} is not a manifest of a signing run`, {
    remedy: "Specify the manifest that the run wrote. For a list of paths, use `list`."
  });
}
function readEntry2(text, origin, folder, world) {
  try {
    const entry = readManifestLine(text);
    if (entry === void 0) fail("USAGE", "the line is not a subject with a name, a digest and a bundle");
    return {
      name: entry.name,
      digests: [parseDigest(entry.digest)],
      place: filePlace(resolve2(folder, entry.bundle), world)
    };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { origin, error: inContext("USAGE", origin, error) };
  }
}
function signingIssuer(signing, world) {
  return {
    kind: "reissued",
    make: async (verified, begin) => {
      const { statement, digest: digest2 } = await toSign(verified, signing);
      await begin();
      const { session } = signing;
      const request = statement === void 0 ? {
        isSame: ({ kind }) => kind === "message-signature",
        sign: () => session.signArtifact(toDigest("sha256", digest2.bytes))
      } : { isSame: holdsStatement(statement), sign: () => session.signStatement(statement) };
      return {
        kind: "issued",
        ...await makeBundle({ artifact: artifactOfDigest(digest2), ...request }, signing, world)
      };
    },
    verify: (text, digest2) => verify(readBundle(text), artifactOfDigest(digest2), signing.trust, signing.policy, world.clock())
  };
}
function upgradingIssuer(upgrade, examine2) {
  const verifyText = (text, digest2) => examine2({ bundle: readBundle(text), bytes: new TextEncoder().encode(text) }, [digest2]);
  return {
    kind: "upgraded",
    make: async ({ old, signature, digest: digest2 }) => {
      const converted = await upgrade(old, signature);
      if (converted.kind === "skipped") return converted;
      return { kind: "issued", text: converted.text, verdict: await verifyText(converted.text, digest2) };
    },
    verify: verifyText
  };
}
async function toSign({ verdict: { content }, old, signature, digest: digest2 }, signing) {
  if (content.kind === "dsse-envelope" && old.bundle.content.kind === "dsse-envelope") {
    if (signing !== void 0) await demandConsistent(content.statement, signing.token);
    return { statement: new Uint8Array(old.bundle.content.payload), digest: digest2 };
  }
  if (content.kind === "simple-signing") {
    const subjects = [{ name: signature.name, digests: [digest2] }];
    return { statement: writeStatement({ subjects, ...imageSignature }), digest: digest2 };
  }
  if (digest2.algorithm !== "sha256")
    fail(
      "DIGEST_UNAVAILABLE",
      `the old signature is over a ${digest2.algorithm} digest; only SHA-256 digests can be signed again`,
      {
        remedy: "Sign the file itself with `countersign sign`."
      }
    );
  return { statement: void 0, digest: digest2 };
}
function verifiedDigest({ content }) {
  const { digest: digest2 } = content;
  if (digest2 === void 0 || digest2.algorithm === "gitCommit")
    fail(
      "DIGEST_UNAVAILABLE",
      "the old signature is not about an artifact with a SHA-2 digest, and cannot be issued again"
    );
  return toDigest(digest2.algorithm, digest2.bytes);
}
var reissueType = "urn:countersign:reissue:v1";
function reissueRecord({ reason, signedBefore, without: without2 }, signatures, createdAt) {
  return {
    predicateType: reissueType,
    predicate: {
      reason,
      createdAt: createdAt.toISOString(),
      ...signedBefore !== void 0 && { signedBefore: signedBefore.toISOString() },
      without: [...without2],
      signatures: signatures.map((one) => ({
        name: one.name,
        digest: one.digest,
        old: bundleObject(one.old),
        new: bundleObject(one.new)
      }))
    }
  };
}
function bundleObject({ logEntries, ...bundle }) {
  return { ...bundle, logEntries: logEntries.map((entry) => ({ ...entry })) };
}
var LinkStatements = class {
  #terms;
  #signing;
  #state;
  #world;
  #turn = inTurns(1);
  #waiting;
  #paths;
  constructor(terms, signing, state, world) {
    this.#terms = terms;
    this.#signing = signing;
    this.#state = state;
    this.#world = world;
    this.#waiting = [...state.earlier.unlinked];
    this.#paths = [...state.earlier.links];
  }
  /** The paths of the bundles with the statements. */
  get paths() {
    return this.#paths;
  }
  /** Adds a subject, in the order of the journal. */
  add(subject) {
    this.#waiting.push(subject);
  }
  /** Signs a statement if enough subjects wait for one. */
  signFull() {
    return this.#waiting.length < maxSubjects ? Promise.resolve() : this.#turn(() => this.#signWhile(maxSubjects));
  }
  /** Signs statements about all subjects that wait. */
  signRest() {
    return this.#turn(() => this.#signWhile(1));
  }
  async #signWhile(least) {
    while (this.#waiting.length >= least) {
      const subjects = this.#waiting.slice(0, maxSubjects);
      const bundle = await this.#sign(subjects);
      this.#paths.push(await this.#state.link(bundle, subjects, this.#paths.length + 1));
      this.#waiting = this.#waiting.slice(subjects.length);
    }
  }
  async #sign(subjects) {
    const named = subjects.map(({ name, digest: digest2 }) => ({ name, digests: [parseDigest(digest2)] }));
    const claim = reissueRecord(this.#terms, subjects, this.#world.clock());
    const statement = writeStatement({ subjects: named, ...claim });
    const digests = named[0]?.digests ?? [];
    const { text } = await makeBundle(
      {
        artifact: artifactOfDigest(...digests),
        isSame: holdsStatement(statement),
        sign: () => this.#signing.session.signStatement(statement)
      },
      this.#signing,
      this.#world
    );
    return text;
  }
};
function statementsAbout(subjects) {
  return Math.ceil(subjects / maxSubjects);
}
function recordedBundle(bytes, { signer, times, logEntries }) {
  const earliest = times.length === 0 ? void 0 : new Date(Math.min(...times.map(({ time }) => time.getTime())));
  return {
    digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
    ...signer.kind === "key" ? { key: formatDigest(digest("sha256", signer.publicKey.spki)) } : {
      identity: signer.identity.subjectAlternativeName,
      ...signer.identity.issuer !== void 0 && { issuer: signer.identity.issuer }
    },
    ...earliest !== void 0 && { signedAt: earliest.toISOString() },
    logEntries: logEntries.map(({ log, logIndex }) => ({ log: log.baseUrl, index: logIndex.toString() }))
  };
}
function readSubject(value) {
  const subject = asObject(value);
  const [name, digest2] = [asText(subject?.name), asText(subject?.digest)];
  const [older, newer] = [readBundle2(subject?.old), readBundle2(subject?.new)];
  if (name === void 0 || digest2 === void 0 || older === void 0 || newer === void 0) return void 0;
  return { name, digest: digest2, old: older, new: newer };
}
function readBundle2(value) {
  const bundle = asObject(value);
  const digest2 = asText(bundle?.digest);
  const entries = asList(bundle?.logEntries);
  if (digest2 === void 0 || entries === void 0) return void 0;
  const logEntries = entries.flatMap((entry) => {
    const [log, index] = [asText(asObject(entry)?.log), asText(asObject(entry)?.index)];
    return log === void 0 || index === void 0 ? [] : [{ log, index }];
  });
  const members = ["identity", "issuer", "key", "signedAt"];
  const texts = Object.fromEntries(
    members.flatMap((member) => {
      const text = asText(bundle?.[member]);
      return text === void 0 ? [] : [[member, text]];
    })
  );
  return { digest: digest2, ...texts, logEntries };
}
var schema = "countersign-reissue-journal/1";
var maxPending = 64 * 1024 * 1024;
var StateFolder = class _StateFolder {
  #folder;
  #world;
  #handle;
  earlier;
  #lines = [];
  /** The write that is about to begin, which takes further lines. */
  #next;
  #last = Promise.resolve();
  constructor(folder, world, handle, earlier) {
    this.#folder = folder;
    this.#world = world;
    this.#handle = handle;
    this.earlier = earlier;
  }
  /** The path of the journal, which has the outcome of each signature. */
  get journalPath() {
    return join2(this.#folder, "journal.jsonl");
  }
  /**
   * Opens the folder, which is created if it does not exist.
   *
   * @param terms describes the run; a folder belongs to one
   * @throws CountersignError `USAGE` for the folder of another run; `STATE_INVALID`, `WRITE_FAILED`
   */
  static async open(folder, terms, world) {
    try {
      await makeFolder(world.files, folder);
      const path = join2(folder, "journal.jsonl");
      const { begun, ...read } = await readJournal(path, folder, terms, world);
      if (read.exists) await world.files.truncate(path, read.length);
      let unknown = 0;
      for (const key of begun) if (!await pathExists(pathOf(folder, "new", key), world.files)) unknown++;
      const handle = await world.files.open(path, read.exists ? "a" : "w", 420);
      const state = new _StateFolder(folder, world, handle, { ...read, unknown });
      if (!read.exists) await state.append({ schema, terms });
      return state;
    } catch (cause) {
      throw unwritable(folder, cause);
    }
  }
  /** Returns the name under which the state keeps the bundles of a place. */
  keyOf(location) {
    return createHash2("sha256").update(location).digest("hex");
  }
  /** Reports whether a place has its new bundle. */
  async isDone(key) {
    const { files } = this.#world;
    return await pathExists(this.#path("old", key), files) && !await pathExists(this.#path("new", key), files);
  }
  /** Returns the new bundle that was written for a place, but perhaps not delivered; `undefined` if there is none. */
  async readNew(key) {
    if (!this.earlier.exists) return void 0;
    const path = this.#path("new", key);
    let bytes;
    try {
      bytes = await readRegularFile(this.#world.files, path, maxPending);
    } catch (cause) {
      if (systemCode(cause) === "ENOENT") return void 0;
      throw unwritable(this.#folder, cause);
    }
    const stored = attempt(() => parseJsonObject(bytes));
    const subject = readSubject(stored?.subject);
    const text = asText(stored?.text);
    if (text === void 0 || subject === void 0)
      fail("STATE_INVALID", `${path} is not a new bundle of a run`, { remedy: "Delete the file, and run again." });
    return { text, subject };
  }
  /** Records that a signature is begun. */
  begin(key) {
    return this.append({ begun: key });
  }
  /** Keeps a new bundle and the old one, before the new one is delivered. */
  async keep(key, made, old) {
    await this.#write("new", key, JSON.stringify(made));
    await this.#write("old", key, old);
  }
  /** Keeps the old bundle, if the last run was killed before it was. Then nothing was delivered either. */
  async keepOld(key, read) {
    if (await pathExists(this.#path("old", key), this.#world.files)) return;
    await this.#write("old", key, (await read()).bytes);
  }
  /** Records that a new bundle was delivered. */
  async finish(key, entry, made, kind) {
    await this.append({ ...entry, outcome: kind, key, subject: { ...made.subject } });
    await this.#world.files.rm(this.#path("new", key), { force: true });
  }
  /** Writes a statement that links bundles. */
  async link(bundle, subjects, number) {
    const path = join2(this.#folder, "links", `${String(number).padStart(4, "0")}.sigstore.json`);
    await this.#guard(() => writeAtomically(this.#world.files, this.#world.random, path, bundle));
    await this.append({ linked: subjects.length, bundle: path });
    return path;
  }
  /** Appends a line to the journal. Lines that come at the same time are written together. */
  async append(entry) {
    this.#lines.push(`${JSON.stringify(entry)}
`);
    this.#next ??= this.#last.catch(() => void 0).then(() => this.#writeLines());
    this.#last = this.#next;
    await this.#next;
  }
  async [Symbol.asyncDispose]() {
    await this.#handle.close();
  }
  #writeLines() {
    const text = this.#lines.join("");
    this.#lines = [];
    this.#next = void 0;
    return this.#guard(() => this.#handle.appendFile(text));
  }
  #write(kind, key, content) {
    return this.#guard(() => writeAtomically(this.#world.files, this.#world.random, this.#path(kind, key), content));
  }
  #path(kind, key) {
    return pathOf(this.#folder, kind, key);
  }
  async #guard(work) {
    try {
      return await work();
    } catch (cause) {
      throw unwritable(this.#folder, cause);
    }
  }
};
function pathOf(folder, kind, key) {
  return join2(folder, kind, key.slice(0, 2), `${key}.json`);
}
function unwritable(folder, cause) {
  const code = systemCode(cause);
  if (code === void 0) return cause;
  return new CountersignError("WRITE_FAILED", `the state folder ${folder} cannot be used: ${code}`, {
    cause,
    remedy: "Free space or grant write access, and run again. What was issued again stays so."
  });
}
var none = { exists: false, begun: /* @__PURE__ */ new Set(), unlinked: [], links: [], length: 0 };
async function readJournal(path, folder, terms, { files }) {
  const begun = /* @__PURE__ */ new Set();
  let unlinked = [];
  const links = [];
  let header;
  let [length, isBegun] = [0, false];
  try {
    for await (const line of readLines(files, path)) {
      if (!line.isWhole) break;
      const entry = entryOf(line, path);
      length = line.end;
      if (header === void 0) {
        header = entry;
        demandSchema(header, folder);
        continue;
      }
      demandTerms(header, folder, terms);
      isBegun = true;
      const key = asText(entry.key);
      if (key !== void 0) begun.delete(key);
      const started = asText(entry.begun);
      if (started !== void 0) begun.add(started);
      const subject = readSubject(entry.subject);
      if (subject !== void 0 && entry.outcome === "reissued") unlinked.push(subject);
      if (typeof entry.linked === "number") {
        unlinked = unlinked.slice(entry.linked);
        links.push(asText(entry.bundle) ?? "");
      }
    }
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return none;
    throw cause;
  }
  return isBegun || header?.terms === terms ? { exists: true, begun, unlinked, links, length } : none;
}
function entryOf({ bytes, number }, path) {
  const entry = bytes && attempt(() => parseJsonObject(bytes));
  return asObject(entry) ?? fail("STATE_INVALID", `${path}:${number} is not a line of a journal`, { remedy: "Use a new state folder." });
}
function demandSchema(header, folder) {
  if (header.schema === schema) return;
  fail("STATE_INVALID", `${folder} is not the state folder of a run`, { remedy: "Use a new state folder." });
}
function demandTerms(entry, folder, terms) {
  if (entry.terms === terms) return;
  fail("USAGE", `the state folder ${folder} belongs to a run with other options: ${String(entry.terms)}`, {
    remedy: "To continue that run, use its options. For another run, set `state` to a new folder."
  });
}
var maxFailures = 1e3;
async function reissueRun(request, world) {
  var _stack2 = [];
  try {
    const { source, old, mode } = request;
    const examine2 = openExamination(old, world.clock);
    const pace = new Pace(request.concurrency);
    if (mode.kind === "upgrade") {
      var _stack = [];
      try {
        const state2 = __using(_stack, await StateFolder.open(request.state, termsOf(request), world), true);
        return await new Run(request, examine2, upgradingIssuer(mode.upgrade, examine2), state2, void 0, pace, world).run(
          []
        );
      } catch (_) {
        var _error = _, _hasError = true;
      } finally {
        var _promise = __callDispose(_stack, _error, _hasError);
        _promise && await _promise;
      }
    }
    await firstOf(source);
    const watched = { ...world, http: pace.watch(world.http) };
    const signing = __using(_stack2, await openSigning(mode.signing, watched));
    const state = __using(_stack2, await StateFolder.open(request.state, termsOf(request), world), true);
    const links = new LinkStatements(recordTerms(old, mode.reason), signing, state, world);
    const run = new Run(request, examine2, signingIssuer(signing, world), state, links, pace, world);
    return await run.run(
      signing.services.transparencyLogs.map(({ url }) => url),
      signing
    );
  } catch (_2) {
    var _error2 = _2, _hasError2 = true;
  } finally {
    var _promise2 = __callDispose(_stack2, _error2, _hasError2);
    _promise2 && await _promise2;
  }
}
async function reissueDryRun({
  source,
  old,
  mode,
  concurrency,
  onOutcome
}, world) {
  const examine2 = openExamination(old, world.clock);
  let total = 0;
  for await (const _ of untilAborted(source, world)) total++;
  const tally = new Tally(onOutcome, total);
  const work = async (entry) => {
    if ("error" in entry) return failed(entry.origin, entry.origin, entry.error);
    const { name, place } = entry;
    return orFailed(name, place.location, async () => {
      const verified = await verifyOld(entry, examine2);
      if (mode.kind === "sign") {
        await toSign(verified, void 0);
        return { name, location: place.location, kind: "would-reissue" };
      }
      const converted = await mode.upgrade(verified.old, entry);
      return converted.kind === "skipped" ? { name, location: place.location, ...converted } : { name, location: place.location, kind: "would-upgrade" };
    });
  };
  for await (const outcome of concurrently(untilAborted(source, world), concurrency, work)) tally.add(outcome);
  return { ...tally.result(), links: [], journal: void 0, unknown: 0, warnings: warningsOf(old) };
}
async function* untilAborted(source, { cancellation }) {
  for await (const entry of source.signatures()) {
    if (cancellation.aborted) fail("CANCELLED", "cancelled before all signatures were examined");
    yield entry;
  }
}
async function firstOf(source) {
  for await (const _ of source.signatures()) return;
  fail("SUBJECT_MISSING", `${source.title} has no signatures`, { remedy: "Check the list, or the path." });
}
async function verifyOld(signature, examine2) {
  const old = await signature.place.read();
  const digests = signature.digests.length > 0 ? signature.digests : old.digests ?? [];
  const verdict = await examine2(old, digests);
  return { signature, old, verdict, digest: verifiedDigest(verdict) };
}
var Run = class {
  #request;
  #examine;
  #issuer;
  #state;
  #links;
  #pace;
  #world;
  /** The keys of places that are under way: a list may name one twice. */
  #underWay = /* @__PURE__ */ new Set();
  #stopped;
  constructor(request, examine2, issuer, state, links, pace, world) {
    this.#request = request;
    this.#examine = examine2;
    this.#issuer = issuer;
    this.#state = state;
    this.#links = links;
    this.#pace = pace;
    this.#world = world;
  }
  async run(logs, signing) {
    const { source, confirm, onOutcome, old } = this.#request;
    const { signatures, done, bad } = await this.#survey();
    const { unknown, unlinked } = this.#state.earlier;
    const statements = this.#links === void 0 ? 0 : statementsAbout(signatures + unlinked.length);
    const logEntries = (signatures + statements) * logs.length;
    if (signatures + unlinked.length > 0)
      await confirm({ signatures, done, logEntries, logs, isPublic: signing?.instance.publicLog ?? false, unknown });
    const tally = new Tally(onOutcome, signatures + done + bad);
    const work = (entry) => this.#one(entry);
    for await (const outcome of concurrently(this.#untilStopped(source), this.#pace.limit, work)) {
      if (outcome === void 0) continue;
      tally.add(outcome);
      await this.#link(() => this.#links?.signFull());
    }
    await this.#link(() => this.#links?.signRest());
    return {
      ...tally.result(),
      stopped: this.#stopped,
      links: this.#links?.paths ?? [],
      journal: this.#state.journalPath,
      unknown,
      warnings: [...warningsOf(old), ...signing?.instance.warnings ?? []]
    };
  }
  /** Counts what there is to do. */
  async #survey() {
    const { earlier } = this.#state;
    let [signatures, done, bad] = [0, 0, 0];
    for await (const entry of this.#request.source.signatures()) {
      if (this.#world.cancellation.aborted) fail("CANCELLED", "cancelled before anything was issued again");
      if ("error" in entry) bad++;
      else if (earlier.exists && await this.#state.isDone(this.#state.keyOf(entry.place.location))) done++;
      else signatures++;
    }
    return { signatures, done, bad };
  }
  /** Yields what is left, until the run is cancelled or an outage ends it. */
  async *#untilStopped(source) {
    try {
      yield* this.#entriesOf(source);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      this.#stopped ??= error;
    }
  }
  async *#entriesOf(source) {
    for await (const entry of source.signatures()) {
      if (this.#world.cancellation.aborted)
        this.#stopped ??= new CountersignError("CANCELLED", "cancelled before all signatures were issued again", {
          remedy: "Run again with the same state to continue."
        });
      if (this.#stopped !== void 0) return;
      yield entry;
    }
  }
  /** Signs statements that are due. Their failure ends the run: the next one signs them. */
  async #link(sign) {
    if (this.#stopped !== void 0) return;
    try {
      await sign();
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      this.#stopped = error;
    }
  }
  /** Issues one signature again; returns `undefined` for one that is not tried any more. */
  async #one(entry) {
    if ("error" in entry) {
      await this.#state.append({ location: entry.origin, outcome: "failed", ...failureOf(entry.error) });
      return failed(entry.origin, entry.origin, entry.error);
    }
    const { name, place } = entry;
    const base = { name, location: place.location };
    const key = this.#state.keyOf(place.location);
    if (this.#underWay.has(key)) return { ...base, kind: "done" };
    this.#underWay.add(key);
    try {
      if (await this.#state.isDone(key)) return { ...base, kind: "done" };
      if (this.#stopped !== void 0) return void 0;
      const outcome = await orFailed(name, place.location, () => this.#pace.take(() => this.#issue(entry, key)));
      if (outcome.kind === "failed") {
        if (stopsRun(outcome.error)) this.#stopped ??= outcome.error;
        await this.#state.append({ ...base, key, outcome: "failed", ...failureOf(outcome.error) });
      }
      if (outcome.kind === "skipped")
        await this.#state.append({ ...base, key, outcome: "skipped", reason: outcome.reason });
      return outcome;
    } finally {
      this.#underWay.delete(key);
    }
  }
  async #issue(signature, key) {
    const kept = await this.#state.readNew(key);
    if (kept !== void 0) return this.#resume(signature, key, kept);
    const verified = await verifyOld(signature, this.#examine);
    const issued = await this.#issuer.make(verified, () => this.#state.begin(key));
    const base = { name: signature.name, location: signature.place.location };
    if (issued.kind === "skipped") return { ...base, ...issued };
    const { text, verdict } = issued;
    const made = {
      text,
      subject: {
        name: signature.name,
        digest: formatDigest(verified.digest),
        old: recordedBundle(verified.old.bytes, verified.verdict),
        new: recordedBundle(text, verdict)
      }
    };
    await this.#state.keep(key, made, verified.old.bytes);
    return this.#deliver(signature, key, made);
  }
  /** Finishes what an earlier run began: the new bundle is signed, and perhaps delivered. */
  async #resume(signature, key, made) {
    await this.#issuer.verify(made.text, parseDigest(made.subject.digest));
    await this.#state.keepOld(key, () => signature.place.read());
    return this.#deliver(signature, key, made);
  }
  async #deliver({ name, place }, key, made) {
    await place.deliver(made.text);
    const { kind } = this.#issuer;
    const base = { name, location: place.location };
    const finished = this.#state.finish(key, base, made, kind);
    this.#links?.add(made.subject);
    await finished;
    return { ...base, kind, oldBundle: made.subject.old.digest, newBundle: made.subject.new.digest };
  }
};
var Tally = class {
  #onOutcome;
  #total;
  #counts = {
    reissued: 0,
    upgraded: 0,
    done: 0,
    skipped: 0,
    "would-reissue": 0,
    "would-upgrade": 0,
    failed: 0
  };
  #failures = [];
  #worst;
  constructor(onOutcome, total) {
    this.#onOutcome = onOutcome;
    this.#total = total;
  }
  add(outcome) {
    this.#counts[outcome.kind]++;
    if (outcome.kind === "failed") {
      this.#worst = worstOf([this.#worst, outcome.error]);
      if (this.#failures.length < maxFailures) this.#failures.push(outcome);
    }
    this.#onOutcome?.(outcome, this.#total);
  }
  result() {
    return { counts: this.#counts, failures: this.#failures, worst: this.#worst, stopped: void 0 };
  }
};
async function orFailed(name, location, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return failed(name, location, error);
  }
}
function failed(name, location, error) {
  return { kind: "failed", name, location, error };
}
function failureOf({ code, message }) {
  return { code, message };
}
function warningsOf({ policy, trust }) {
  return [...trust.warnings, ...policy.warnings];
}
function recordTerms({ before, without: without2 }, reason) {
  const { logs, authorities, keys } = without2;
  return { reason, signedBefore: before, without: [...logs, ...authorities, ...keys] };
}
function termsOf({ source, old: { before, without: without2 }, mode }) {
  const { logs, authorities, keys } = without2;
  const terms = {
    source: source.title,
    before: before?.toISOString() ?? null,
    without: [...logs, ...authorities, ...keys].sort(),
    ...mode.kind === "sign" ? { reason: mode.reason } : { upgrade: true }
  };
  const hash = createHash3("sha256").update(JSON.stringify(terms)).digest("hex").slice(0, 16);
  return `${source.title} (${hash})`;
}
function releaseSource(request, releases, world) {
  const { repository, tags } = request;
  return {
    title: `the releases of ${repository}${tags.length === 0 ? "" : ` (${tags.join(", ")})`}`,
    async *signatures() {
      const all = await releases.list(repository);
      const missing = tags.find((tag) => !all.some((release) => release.tag === tag));
      if (missing !== void 0)
        fail("RELEASE_MISSING", `${repository} has no release with the tag ${JSON.stringify(missing)}`, {
          remedy: "Check the tag, and that the token may read the repository; drafts require `contents: write`."
        });
      for (const release of all) {
        if (tags.length > 0 && !tags.includes(release.tag)) continue;
        const assets = await releases.assetsOf(release);
        for (const asset of withInterrupted(assets)) {
          const signature = signatureIn(asset, assets, release, request, releases, world);
          if (signature !== void 0) yield signature;
        }
      }
    }
  };
}
var copyEnding = ".reissue";
function withInterrupted(assets) {
  const interrupted = assets.flatMap((asset) => {
    const name = asset.name.endsWith(copyEnding) ? asset.name.slice(0, -copyEnding.length) : void 0;
    return name === void 0 || assets.some((one) => one.name === name) ? [] : [{ ...asset, name }];
  });
  return [...assets, ...interrupted];
}
function signatureIn(asset, assets, release, request, releases, world) {
  const stem = bundleStem(asset.name);
  if (stem === void 0 || asset.name.endsWith(".jsonl") || asset.state !== "uploaded") return void 0;
  const signed = assets.find(({ name, state }) => name === stem && state === "uploaded")?.digest;
  const known = signed === void 0 ? void 0 : attempt(() => parseDigest(signed));
  return {
    name: stem,
    digests: known === void 0 ? [] : [known],
    place: placeOf2(asset, release, request, releases, world)
  };
}
function placeOf2({ name, label }, release, { repository, immutableFolder, onKept }, releases, world) {
  const location = `${releases.origin}/${repository}/releases/${release.id}/${name}`;
  const find = async () => {
    const assets = await releases.assetsOf(release);
    const asset = assets.find((one) => one.name === name);
    const copy = assets.find((one) => one.name === `${name}${copyEnding}`);
    return { ...asset && { asset }, ...copy && { copy } };
  };
  const upload = async (as, bytes) => {
    const content = {
      length: bytes.length,
      async *open() {
        yield bytes;
      }
    };
    const result = await releases.upload(release, { name: as, content, ...label !== void 0 && { label } });
    if (result.kind === "uploaded") return result.asset;
    return fail("RELEASE_ASSET_DIFFERS", `another client uploaded the asset ${as} at the same time`, {
      remedy: "Make sure that nothing else changes the release, and run again."
    });
  };
  return {
    location,
    read: async () => {
      const found2 = await find();
      const asset = found2.asset ?? found2.copy;
      if (asset === void 0)
        fail("BUNDLE_MISSING", `the release ${JSON.stringify(release.tag)} no longer has the asset ${name}`, {
          remedy: "An interrupted run may have deleted it: run again with the same state."
        });
      if (asset.size > maxBundleLength)
        fail("LIMIT_EXCEEDED", `the asset ${name} has ${asset.size} bytes; the limit is ${maxBundleLength}`);
      const pieces = [];
      const begin = () => void pieces.splice(0);
      await releases.download(release, asset, { begin, take: (bytes2) => void pieces.push(Uint8Array.from(bytes2)) });
      const bytes = new Uint8Array(Buffer.concat(pieces));
      return { bytes, bundle: readBundle(bytes) };
    },
    deliver: async (text) => {
      if (release.isImmutable) {
        const path = keptPath(immutableFolder, release, name);
        const places = { workspace: parse2(path).root, bundleDirectory: void 0 };
        await deliverFile(world.files, world.random, path, text, places);
        onKept?.(path);
        return;
      }
      const bytes = utf8(text);
      const { asset, copy } = await find();
      const wanted = formatDigest(digest("sha256", bytes));
      const isNew = (one) => one?.state === "uploaded" && one.digest === wanted;
      let marker = copy;
      if (!isNew(asset)) {
        if (marker !== void 0 && !isNew(marker)) {
          await releases.deleteAsset(release, marker);
          marker = void 0;
        }
        marker ??= await upload(`${name}${copyEnding}`, bytes);
        if (asset !== void 0) await releases.deleteAsset(release, asset);
        await upload(name, bytes);
      }
      if (marker !== void 0) await releases.deleteAsset(release, marker);
    }
  };
}
function keptPath(folder, { tag }, name) {
  if (folder === void 0)
    fail("RELEASE_IMMUTABLE", `the release ${JSON.stringify(tag)} is immutable, so that ${name} cannot be replaced`, {
      remedy: "Specify a folder for new bundles of immutable releases with `immutable-folder`, and publish them in a new release or in the attestation store."
    });
  return join3(folder, safeFileName(tag, 100), safeFileName(name, 200));
}
function upgradeOld({ policy, trust }, world) {
  const roots = trust.roots.map((choice) => ({ choice, policy: policyUnder(policy, choice) }));
  return async ({ bundle, document, digests: found2 = [] }, { digests: named }) => {
    if (document !== void 0)
      return {
        kind: "skipped",
        reason: "is over a document that names the image, which a bundle about the image cannot contain; sign it again"
      };
    const digests = named.length > 0 ? named : found2;
    const claimed = digests.length > 0 ? void 0 : claimedDigest(bundleClaims(bundle, void 0));
    const artifact = artifactOfDigest(...claimed === void 0 ? digests : [claimed]);
    if (artifact.digests.length === 0)
      fail("DIGEST_UNAVAILABLE", "the bundle does not name the digest of what it signs");
    const upgraded = await upgradeSignature(bundle, artifact, roots, world);
    return upgraded.kind === "current" ? { kind: "skipped", reason: "is a bundle of version 0.3 already" } : { kind: "upgraded", text: upgraded.text };
  };
}
var maxLines = 20;
function reissueFailure({ counts, worst, stopped, failures }) {
  if (stopped !== void 0)
    return new CountersignError(stopped.code, `the run ended before everything was done: ${stopped.message}`, {
      cause: stopped,
      remedy: "Run again with the same options to continue. What was issued again is not signed again."
    });
  if (worst === void 0) return void 0;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const [only] = failures;
  const message = `${counts.failed} of ${total} signatures were not issued again`;
  const remedy = "To try those again, run again with the same options.";
  return new CountersignError(worst.code, only && counts.failed === 1 ? `${message}; ${only.error.message}` : message, {
    cause: worst,
    remedy: only && counts.failed === 1 ? worst.remedy ?? remedy : remedy
  });
}
function reissueText({ counts, links, journal, unknown, warnings }) {
  const number = (count) => count.toLocaleString("en");
  const parts = [
    ...counts.reissued > 0 || journal !== void 0 && counts.upgraded === 0 ? [`Issued ${number(counts.reissued)} signatures again`] : [],
    ...counts.upgraded > 0 ? [`Upgraded ${number(counts.upgraded)} signatures`] : [],
    ...journal === void 0 && counts["would-upgrade"] === 0 ? [`Would issue ${number(counts["would-reissue"])} signatures again`] : [],
    ...counts["would-upgrade"] > 0 ? [`Would upgrade ${number(counts["would-upgrade"])} signatures`] : [],
    ...counts.done > 0 ? [`already done: ${number(counts.done)}`] : [],
    ...counts.skipped > 0 ? [`skipped: ${number(counts.skipped)}`] : [],
    ...counts.failed > 0 ? [`failed: ${number(counts.failed)}`] : []
  ];
  const lines = [
    parts.join("; "),
    ...links.slice(0, maxLines).map((path) => `Statement ${path}`),
    ...links.length > maxLines ? [`\u2026 and ${links.length - maxLines} more statements`] : [],
    ...journal === void 0 ? [] : [`Journal ${journal}`],
    ...warnings.map((warning) => `Warning: ${warning}`),
    ...unknown === 0 ? [] : [
      `Warning: ${number(unknown)} signatures were under way when an earlier run was killed. The log may have entries of them without a bundle.`
    ]
  ];
  return lines.map((line) => `${plainLine(line)}
`).join("");
}
function failuresText({ failures, counts, journal }) {
  const shown = failures.slice(0, maxLines).map(({ location, error }) => {
    const { code, message, remedy } = errorInFlags(error);
    return `${location}: ${code}: ${message}${remedy === void 0 ? "" : ` ${remedy}`}`;
  });
  const rest = counts.failed - shown.length;
  const where = journal === void 0 ? "" : `; all are in ${journal}`;
  return [...shown, ...rest > 0 ? [`\u2026 and ${rest} more failures${where}`] : []].map((line) => `${plainLine(line)}
`).join("");
}
function reissueJson(report, failure) {
  const { counts, failures, links, journal, unknown, warnings } = report;
  return {
    version: 1,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === void 0 ? null : failureJson(errorInFlags(failure)),
    counts,
    failures: failures.map(({ name, location, error }) => ({
      name,
      location,
      failure: failureJson(errorInFlags(error))
    })),
    statements: links,
    journal: journal ?? null,
    unknown,
    warnings
  };
}
var noReissue = { counts: null, failures: [], statements: [], journal: null, unknown: 0, warnings: [] };
function reissueCommand(options) {
  return untilInterrupted(async (interruption) => {
    var _stack = [];
    try {
      const progress = systemProgress({ json: options.json });
      const world = __using(_stack, signingWorld(interruption, progress, options.retryBudget));
      try {
        await reissueAndReport(options, { world, progress, interruption });
      } finally {
        progress.end();
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      __callDispose(_stack, _error, _hasError);
    }
  });
}
async function reissueAndReport(options, surroundings) {
  if (options.dryRun && options.trustedRoot !== void 0) {
    const { world, progress } = surroundings;
    const { reportTrustChange } = await import("./cli-trust-change.mjs");
    let [done, failed2] = [0, 0];
    await reportTrustChange(
      options,
      () => sourceOf(options, surroundings),
      world,
      ({ kind }) => {
        done++;
        if (kind !== "accepted") failed2++;
        progress.work("examined", done, done, failed2);
      }
    );
    return;
  }
  const report = await orFailureJson(options.json, noReissue, () => reissue(options, surroundings));
  surroundings.progress.end();
  const failure = reissueFailure(report);
  if (options.json) printJson(reissueJson(report, failure));
  else {
    process.stdout.write(inFlags(reissueText(report)));
    if (report.counts.failed > 1 || report.stopped !== void 0) process.stderr.write(failuresText(report));
  }
  if (failure !== void 0) throw failure;
}
async function reissue(options, surroundings) {
  const { world, progress } = surroundings;
  if (options.upgrade) demandNoSigning(options);
  const source = await sourceOf(options, surroundings);
  const old = await oldPolicy(options, world);
  let [done, failed2] = [0, 0];
  const onOutcome = ({ kind }, total) => {
    done++;
    if (kind === "failed") failed2++;
    progress.work(options.dryRun ? "examined" : "issued", total, done, failed2);
  };
  const { concurrency } = options;
  const mode = options.upgrade ? { kind: "upgrade", upgrade: upgradeOld(old, world) } : await signMode(options, surroundings);
  if (options.dryRun) return reissueDryRun({ source, old, mode, concurrency, onOutcome }, world);
  const confirm = (plan) => demandAgreement(plan, options, surroundings);
  return reissueRun({ source, old, mode, state: resolve3(options.state), concurrency, confirm, onOutcome }, world);
}
var signingOptions = [
  ...["reason", "identityToken", "identityProvider", "device", "oidcIssuer", "oidcRedirectUrl"],
  ...["logVersion", "publicLog", "allowDangerousTriggers"]
];
function demandNoSigning({ browser, oidcClientId, ...options }) {
  const changed = [
    ...signingOptions.filter((key) => options[key] !== void 0 && options[key] !== false),
    ...browser ? [] : ["browser"],
    ...oidcClientId === reissueRows.oidcClientId.default ? [] : ["oidcClientId"]
  ];
  const [first] = changed;
  if (first === void 0) return;
  fail("USAGE", `\`${optionName(first)}\` has no effect with \`upgrade\`, which signs nothing`, {
    remedy: "Leave it out, or leave `upgrade` out to sign again."
  });
}
async function sourceOf(options, { world, progress }) {
  const { list, manifest, folder, image, releases, immutableFolder } = options;
  if (immutableFolder !== void 0 && releases === void 0)
    fail("USAGE", "`immutable-folder` has no effect without `releases`", {
      remedy: "Specify `releases`, or leave `immutable-folder` out."
    });
  const sources = [
    ...list === void 0 ? [] : [() => listSource(resolve3(list), world)],
    ...manifest === void 0 ? [] : [() => manifestSource(resolve3(manifest), world)],
    ...folder === void 0 ? [] : [() => folderSource(resolve3(folder), world)],
    ...image.length === 0 ? [] : [() => imagesOf(options, world)],
    ...releases === void 0 ? [] : [() => releasesOf(releases, immutableFolder, world, progress)]
  ];
  const [open, ...others] = sources;
  if (open !== void 0 && others.length === 0) return open();
  return fail(
    "USAGE",
    open === void 0 ? "no old signatures specified" : "several sources of old signatures specified",
    {
      remedy: "Specify one of `list`, `manifest`, `folder`, `image` and `releases`."
    }
  );
}
async function imagesOf(options, world) {
  const account = await readAccount(options);
  const registries = systemRegistries_2({ images: options.image, account, environment: process.env }, world);
  return imageSource(options.image, registries, world);
}
function releasesOf(repository, immutableFolder, world, progress) {
  const { GITHUB_TOKEN, GITHUB_API_URL: apiUrl } = process.env;
  const token = GITHUB_TOKEN ? new Secret(GITHUB_TOKEN) : void 0;
  const { http, clock } = world;
  const request = {
    repository,
    tags: [],
    immutableFolder: immutableFolder === void 0 ? void 0 : resolve3(immutableFolder),
    onKept: (path) => progress.line(`The release is immutable. The new bundle is ${path}.`)
  };
  return releaseSource(request, openReleases({ http, token, apiUrl, clock }), world);
}
async function oldPolicy(options, world) {
  const { oldTrustedRoot, signedBefore } = options;
  const policy = await loadPolicy(await instancePolicy(options), world);
  const request = await instanceRequest(
    { ...options, ...oldTrustedRoot !== void 0 && { trustedRoot: oldTrustedRoot } },
    "verify"
  );
  return {
    policy,
    trust: await loadTrust(request, world, policy),
    before: signedBefore === void 0 ? void 0 : readTime(signedBefore),
    without: { logs: options.withoutLog, authorities: options.withoutAuthority, keys: options.withoutKey }
  };
}
function readTime(text) {
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text);
  const time = new Date(text);
  if (isTime && !Number.isNaN(time.getTime())) return time;
  return fail("USAGE", `\`signed-before\` is ${JSON.stringify(text)}, which is not a time`, {
    remedy: "Specify a date, or a time with its offset: 2026-11-01 or 2026-11-01T12:00:00Z."
  });
}
async function signMode(options, surroundings) {
  const { world, progress } = surroundings;
  const { insecureIgnoreSct = false, insecureIgnoreTlog = false, reason } = options;
  if (!options.dryRun && (reason === void 0 || reason.trim() === ""))
    fail("USAGE", "no reason specified", {
      remedy: "State with `reason` why the signatures are issued again. It is signed with them."
    });
  let loaded;
  const instance = () => {
    loaded ??= instanceRequest(options, "sign").then(
      (request) => loadInstance({ ...request, insecureIgnoreSct, insecureIgnoreTlog }, world)
    );
    return loaded;
  };
  const serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
  const tokens = options.dryRun ? () => fail("USAGE", "a dry run does not sign") : await tokenSource(options, surroundings, serverUrl, instance);
  return {
    kind: "sign",
    reason: reason ?? "",
    signing: {
      instance,
      logVersion: options.logVersion,
      tokens: cachedTokens(tokens, world.clock),
      // A person who runs the command has chosen to sign; the check is for jobs that a trigger starts.
      allowDangerousTriggers: options.allowDangerousTriggers || !inCi(process.env),
      allowPublicLog: options.publicLog ?? false,
      onPublication: (claims) => {
        progress.line(
          "The token does not state whether the repository is public. The public log will permanently show:"
        );
        for (const { name, value } of claims) progress.line(`  ${name}: ${value}`);
      },
      places: { workspace: parse3(process.cwd()).root, bundleDirectory: void 0 }
    }
  };
}
async function demandAgreement({ signatures, done, logEntries, logs, isPublic, unknown }, { yes, upgrade }, { world, progress }) {
  const number = (count) => count.toLocaleString("en");
  const log = logs.length === 0 ? "" : ` in ${isPublic ? "the public log" : "the log"} ${logs.join(", ")}`;
  const permanent = logs.length === 0 ? "" : ` with up to ${number(logEntries)} entries${log}, which cannot be deleted`;
  const earlier = done === 0 ? "" : ` ${number(done)} are done already.`;
  const lost = unknown === 0 ? "" : ` ${number(unknown)} were under way when an earlier run was killed.`;
  const what = upgrade ? `This upgrades up to ${number(signatures)} signatures without signing` : `This issues up to ${number(signatures)} signatures again`;
  const question = `${what}${permanent}.${earlier}${lost}`;
  if (yes) return progress.line(question);
  const terminal = processTerminal();
  if (!terminal.isInteractive)
    fail("USAGE", `nothing was signed, because there is no terminal to ask for agreement. ${question}`, {
      remedy: "To agree without a question, set `yes`."
    });
  progress.end();
  progress.line(question);
  const answer = await terminal.ask("Continue? [y/N] ", world.cancellation);
  if (/^\s*y(?:es)?\s*$/i.test(answer ?? "")) return;
  fail("CANCELLED", "nothing was signed, because you did not agree", {
    remedy: "To agree without a question, set `yes`."
  });
}
export {
  openExamination,
  reissueCommand
};

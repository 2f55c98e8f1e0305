import { writeAtomically } from "./node-atomic-write.mjs";
import { isSafeUrl } from "./node-make-folder.mjs";
import { readSigningConfig } from "./core-trust-signing-config.mjs";
import { describeAnswer, expectStatus } from "./services-http-answer.mjs";
import { readTrustedRoot } from "./core-trust-trusted-root.mjs";
import { parseInput, readInput } from "./run-world-read-input.mjs";
import { defaultThresholds, shownUrl } from "./core-certificate-certificate.mjs";
import "./core-encoding-der-writer.mjs";
import { readRegularFile } from "./node-regular-file.mjs";
import { ProtoField, encodeBase64 } from "./core-encoding-der.mjs";
import { parseJson } from "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import { join as join3 } from "node:path";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as join2 } from "node:path";
import { createHash } from "node:crypto";
import * as files from "node:fs/promises";
import { join } from "node:path";
var targetNames = [
  "trusted_root.json",
  "signing_config.v0.2.json",
  "signing_config_rekor_v2.v0.2.json"
];
function isTargetName(name) {
  return targetNames.some((known) => known === name);
}
function demandTargetName(name) {
  if (!isTargetName(name)) fail("USAGE", `${JSON.stringify(name)} is not a known target of a TUF repository`);
}
var maxLength = 32 * 1024 * 1024;
var maxRoots = 1024;
var maxFiles = 16;
function cachePath(directory, { metadata }) {
  const host = metadata.hostname.replace(/[^a-z0-9.-]/g, "_");
  const hash = createHash("sha256").update(metadata.href).digest("hex").slice(0, 16);
  return join(directory, `trust-root-${host}-${hash}.json`);
}
async function readCache(path) {
  let bytes;
  try {
    bytes = await readRegularFile(files, path, maxLength);
  } catch {
    return void 0;
  }
  const cache = ProtoField.parse(bytes, "TRUSTED_ROOT_INVALID", `the cached trust root (${path})`, { maxLength });
  const targets = /* @__PURE__ */ new Map();
  for (const file of cache.field("files").list(maxFiles)) {
    const name = file.field("name").text();
    if (isTargetName(name)) targets.set(name, file.field("bytes").data());
  }
  const roots = cache.field("roots").list(maxRoots);
  return {
    refreshedAt: cache.field("refreshedAt").time() ?? cache.field("refreshedAt").fail("is missing"),
    roots: new Map(roots.map((root) => [Number(root.field("version").uint64()), root.field("bytes").data()])),
    timestamp: cache.field("timestamp").data(),
    snapshot: cache.field("snapshot").data(),
    targets: cache.field("targets").data(),
    files: targets
  };
}
async function writeCache(path, cache, random) {
  await writeAtomically(files, random, path, `${JSON.stringify(cacheJson(cache))}
`);
}
function cacheJson(cache) {
  return {
    refreshedAt: cache.refreshedAt.toISOString(),
    roots: [...cache.roots].map(([version, bytes]) => ({ version, bytes: encodeBase64(bytes) })),
    timestamp: encodeBase64(cache.timestamp),
    snapshot: encodeBase64(cache.snapshot),
    targets: encodeBase64(cache.targets),
    files: [...cache.files].map(([name, bytes]) => ({ name, bytes: encodeBase64(bytes) }))
  };
}
function repositoryUrls({ metadataUrl, targetsUrl }) {
  const metadata = folder(metadataUrl);
  return { metadata, targets: targetsUrl === void 0 ? new URL("targets/", metadata) : folder(targetsUrl) };
}
function folder(text) {
  const problem = (why) => fail("USAGE", `the URL of the TUF repository ${why}: ${shownUrl(text)}`);
  if (!URL.canParse(text)) return problem("is malformed");
  const url = new URL(text);
  if (!isSafeUrl(url)) return problem("must be an https URL, or an http URL of this machine");
  if (url.username !== "" || url.password !== "") return problem("must not contain credentials");
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  url.search = "";
  url.hash = "";
  return url;
}
var timeoutMilliseconds = 15e3;
var longest = 8 * 1024 * 1024;
function networkSource(http, { metadata }) {
  const service = "the TUF repository";
  return {
    name: `${service} (${metadata.origin})`,
    read: async (url, maxLength2) => {
      const mayBeAbsent = /\/\d+\.root\.json$/.test(url.pathname);
      const request = {
        method: "GET",
        url,
        headers: { accept: "application/json" },
        service,
        quotes: "message",
        timeoutMilliseconds,
        maxBodyLength: Math.min(maxLength2, longest),
        // Content delivery networks refuse for a moment what they serve otherwise.
        ...!mayBeAbsent && { mayPass: [403] }
      };
      const response = await http(request);
      if (response.status === 404 || response.status === 403 && mayBeAbsent) return void 0;
      if (response.status === 403)
        fail("SERVICE_REFUSED", describeAnswer(request, response), {
          remedy: "The repository or a proxy refuses access to the file. Check the URL and the access rights."
        });
      return expectStatus(request, response, 200).body;
    },
    remedies: {
      expired: "The metadata was not renewed in time, or the server has an old copy. Try again later, or set `trusted-root`.",
      missing: "Check the URL of the repository."
    }
  };
}
function cachedSource(cache, { metadata }) {
  return {
    name: `the cached trust root of ${metadata.origin}`,
    // The cache was read within a limit of its own.
    read: async (url) => cachedFile(cache, url.pathname.slice(url.pathname.lastIndexOf("/") + 1)),
    remedies: {
      expired: "Run once with network access, or accept the expired trust root with `offline-stale`.",
      missing: "Run once with network access, or set `trusted-root`."
    }
  };
}
function cachedFile(cache, name) {
  const [, version] = /^(\d{1,9})\.root\.json$/.exec(name) ?? [];
  if (version !== void 0) return cache.roots.get(Number(version));
  if (name === "timestamp.json") return cache.timestamp;
  if (/^(?:\d+\.)?snapshot\.json$/.test(name)) return cache.snapshot;
  if (/^(?:\d+\.)?targets\.json$/.test(name)) return cache.targets;
  const target = name.replace(/^(?:[0-9a-f]{64}|[0-9a-f]{128})\./, "");
  return isTargetName(target) ? cache.files.get(target) : void 0;
}
var freshMilliseconds = 24 * 60 * 60 * 1e3;
var beforeAnyExpiry = /* @__PURE__ */ new Date(0);
async function loadFromTuf(repository, names, options) {
  names.forEach(demandTargetName);
  const urls = repositoryUrls(repository);
  const folder2 = await mkdtemp(join2(options.temporaryDirectory ?? tmpdir(), "countersign-tuf-"));
  try {
    const load = { repository, urls, names, options, folder: folder2, time: options.clock() };
    return options.mode === void 0 || options.mode === "online" ? await loadOnline(load) : await loadOffline(load);
  } finally {
    await rm(folder2, { recursive: true, force: true });
  }
}
async function loadOffline(load) {
  const { urls, options, time } = load;
  const { cacheDirectory } = options;
  const cache = cacheDirectory === void 0 ? void 0 : await readCache(cachePath(cacheDirectory, urls));
  if (cache === void 0) {
    fail("TRUSTED_ROOT_MISSING", `there is no cached trust root of the TUF repository (${urls.metadata.origin})`, {
      remedy: "Run once with network access, or set `trusted-root`."
    });
  }
  const result = { source: "cache", refreshedAt: cache.refreshedAt, warnings: [] };
  try {
    return { ...result, files: (await replay(load, cache, time)).files, expired: false };
  } catch (error) {
    if (options.mode !== "offline-stale" || !isFailure(error, "TRUSTED_ROOT_EXPIRED")) throw error;
    return { ...result, files: (await replay(load, cache, beforeAnyExpiry)).files, expired: true };
  }
}
async function loadOnline(load) {
  const { repository, urls, names, options, folder: folder2, time } = load;
  const { http, cacheDirectory } = options;
  const warnings = [];
  const cache = cacheDirectory === void 0 ? void 0 : await usableCache(cachePath(cacheDirectory, urls), warnings);
  if (cache === void 0) {
    await startFrom(folder2, repository.rootJson);
  } else {
    const replayed = await tryReplay(load, cache, warnings);
    if (replayed !== void 0 && isFresh(cache, time)) {
      return { files: replayed.files, source: "cache", refreshedAt: cache.refreshedAt, expired: false, warnings };
    }
    await writeFile(join2(folder2, "timestamp.json"), cache.timestamp);
    await writeFile(join2(folder2, "snapshot.json"), cache.snapshot);
  }
  const { update } = await import("./services-tuf-update.mjs");
  const updated = await update({ urls, source: networkSource(http, urls), names, time, folder: folder2 });
  if (cacheDirectory !== void 0) {
    const path = cachePath(cacheDirectory, urls);
    const renewed = await newCache(load, updated, cache);
    await writeCache(path, renewed, options.random).catch((error) => {
      warnings.push(`the trust root could not be cached: ${path} cannot be written (${String(error)})`);
    });
  }
  return { files: updated.files, source: "repository", refreshedAt: time, expired: false, warnings };
}
async function replay({ repository, urls, names, folder: folder2 }, cache, time) {
  await startFrom(folder2, repository.rootJson);
  const { update } = await import("./services-tuf-update.mjs");
  return update({ urls, source: cachedSource(cache, urls), names, time, folder: folder2 });
}
async function tryReplay(load, cache, warnings) {
  try {
    return await replay(load, cache, load.time);
  } catch (error) {
    if (isFailure(error, "TRUSTED_ROOT_EXPIRED") || isFailure(error, "TRUSTED_ROOT_MISSING")) return void 0;
    if (!(error instanceof CountersignError)) throw error;
    warnings.push(`the cached trust root was not used: ${error.message}`);
    return void 0;
  }
}
async function usableCache(path, warnings) {
  try {
    return await readCache(path);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    warnings.push(`the cached trust root was not used: ${error.message}`);
    return void 0;
  }
}
async function startFrom(folder2, rootJson) {
  await writeFile(join2(folder2, "root.json"), rootJson);
}
function isFailure(error, code) {
  return error instanceof CountersignError && error.code === code;
}
function isFresh({ refreshedAt }, now) {
  const age = now.getTime() - refreshedAt.getTime();
  return age >= 0 && age < freshMilliseconds;
}
async function newCache({ repository, folder: folder2, time }, updated, old) {
  const metadata = (role) => readFile(join2(folder2, `${role}.json`));
  const last = rootVersion(await metadata("root"));
  const read = [...old?.roots ?? [], ...updated.roots];
  return {
    refreshedAt: time,
    roots: new Map(read.filter(([version]) => version > rootVersion(repository.rootJson) && version <= last)),
    timestamp: await metadata("timestamp"),
    snapshot: await metadata("snapshot"),
    targets: await metadata("targets"),
    files: new Map([...old?.files ?? [], ...updated.files])
  };
}
function rootVersion(json) {
  const root = ProtoField.parse(json, "TRUSTED_ROOT_INVALID", "the root metadata of the TUF repository");
  return Number(root.field("signed").field("version").uint64());
}
var github_default = {
  signatures: [
    {
      keyid: "54809115b40137aac01af4b7ac2408c77ea0d58fa4dad48fc3196497d2a26f44",
      sig: ""
    },
    {
      keyid: "8b498a80a1b7af188c10c9abdf6aade81d14faaffcde2abcd6063baa673ebd12",
      sig: "3046022100b7e9b7174cbad8871520d60bb8cc6e479f250be022e31f3bcdd3ceec55c1553c022100da3bcc0f2391490549f0ea45f1ca4af5aeb5ab10c846f7a7eac883c4a62edea1"
    },
    {
      keyid: "56db9f7d64bef1feab6190760336643b20196af4875ee8be915e78f239863aae",
      sig: "30450221008bdaa1a37e031404c0e9323c518bc6bf032f25bf81f9b7f750df19b74287885f0220730cb8b50a80b9ca5d4ec74358e0b35066a5ef9bb7da684b642e7d903740eee0"
    },
    {
      keyid: "d6a89e23fb22801a0d1186bf1bdd007e228f65a8aa9964d24d06cb5fbb0ce91c",
      sig: "3045022100937376a35c200a86ef7338d357ca18c7feeff2ccfb538a44a612545a8fdfb1f602200a72ad82e69cae2a764c014269a07e583cc15964de525a3c8ade0661e42fe53e"
    },
    {
      keyid: "a10513a5ab61acd0c6b6fbe0504856ead18f3b17c4fabbe3fa848c79a5a187cf",
      sig: "3045022036c8a2b135f71dfd421fa3124d7ab77c730daf5e5a3b70b67925a22c7f91c003022100bde6399c5b2ee41060395a3167a7458b4a25b9679f584822adefedb93e0c27eb"
    },
    {
      keyid: "1b8fa2a77525b38ef24804d3d907ca96f76d178a49520333626ba36d319c5790",
      sig: "304502210081e87da79a0afbcbd28ab54d3d16c245f58c4105c4c043cb41e69dfe4cd37f0b0220434e17ef1d60f222f825c0647f2013dcde1e144aafe067f4c22a99737ba4f061"
    },
    {
      keyid: "88737ccdac7b49cc237e9aaead81be2a40278b886a693d8149a19cf543f093d3",
      sig: "304502210085ccbbad39f5e9dff06b57646bf7173d24875b151390a43fc335a85263372be502206032d70fc60630387b9bd3b88a52c07674541f53e100914ea51e6b950f7f0f88"
    }
  ],
  signed: {
    _type: "root",
    consistent_snapshot: true,
    expires: "2027-01-28T20:18:53Z",
    keys: {
      "1b8fa2a77525b38ef24804d3d907ca96f76d178a49520333626ba36d319c5790": {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZcUP5fUpUgUiGMusabv7lmn+6nVI\nManyvT8Qr7IJ88pbCdDQdh5rdfjvk+AjQja4l+xOh7V9GtRUcM3gbJSD+w==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@aaroncathcart"
      },
      "54809115b40137aac01af4b7ac2408c77ea0d58fa4dad48fc3196497d2a26f44": {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEimKcdST+ORD+g0aGEFDOVZDAaIYg\nIgesNKiIe2L7MUsYx5UHhzQ08quvew13eYSCNJnfwooFZu7cdTu8AwqFjQ==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@alexiswales"
      },
      "56db9f7d64bef1feab6190760336643b20196af4875ee8be915e78f239863aae": {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEwnBUd4d18zbFzkdjQMwqQUcOA6S6\nYpNvdQNckHtjwiGlJyvqjzrRYeObBLMKA/TnqeFAipDfiqsDoqDVwL2cVQ==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@tquinn86"
      },
      "88737ccdac7b49cc237e9aaead81be2a40278b886a693d8149a19cf543f093d3": {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEBagkskNOpOTbetTX5CdnvMy+LiWn\nonRrNrqAHL4WgiebH7Uig7GLhC3bkeA/qgb926/vr9qhOPG9Buj2HatrPw==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@gregose"
      },
      "8b498a80a1b7af188c10c9abdf6aade81d14faaffcde2abcd6063baa673ebd12": {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7IEoVNwrprchXGhT5sAhSax7SOd3\n8duuISghCzfmHdKJWSbV2wJRamRiUVRtmA83K/qm5cT20WXMCT5QeM/D3A==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@trevrosen"
      },
      a10513a5ab61acd0c6b6fbe0504856ead18f3b17c4fabbe3fa848c79a5a187cf: {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEC2wJ3xscyXxBLybJ9FVjwkyQMe53\nRHUz77AjMO8MzVaT8xw6ZvJqdNZiytYtigWULlINxw6frNsWJKb/f7lC8A==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@kommendorkapten"
      },
      d6a89e23fb22801a0d1186bf1bdd007e228f65a8aa9964d24d06cb5fbb0ce91c: {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDdORwcruW3gqAgaLjH/nNdGMB4kQ\nAvA+wD6DyO4P/wR8ee2ce83NZHq1ZADKhve0rlYKaKy3CqyQ5SmlZ36Zhw==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@krukow"
      },
      eb9799b483affac9da87ef4c9ea467928415c961349e607e5e6e485679b07f8f: {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENKNcNcX+d73lS1TRFb9Vnp8JvOoh\nzYQ+in43iGenbG8RGo9L/6FJ2hoRbVU6xskvyuErcdPbCdI4GxrQ5i8hkw==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-online-uri": "azurekms://production-tuf-root.vault.azure.net/keys/Online-Key/aaf375fd8ed24acb949a5cc173700b05"
      }
    },
    roles: {
      root: {
        keyids: [
          "a10513a5ab61acd0c6b6fbe0504856ead18f3b17c4fabbe3fa848c79a5a187cf",
          "88737ccdac7b49cc237e9aaead81be2a40278b886a693d8149a19cf543f093d3",
          "d6a89e23fb22801a0d1186bf1bdd007e228f65a8aa9964d24d06cb5fbb0ce91c",
          "8b498a80a1b7af188c10c9abdf6aade81d14faaffcde2abcd6063baa673ebd12",
          "54809115b40137aac01af4b7ac2408c77ea0d58fa4dad48fc3196497d2a26f44",
          "56db9f7d64bef1feab6190760336643b20196af4875ee8be915e78f239863aae",
          "1b8fa2a77525b38ef24804d3d907ca96f76d178a49520333626ba36d319c5790"
        ],
        threshold: 3
      },
      snapshot: {
        keyids: [
          "eb9799b483affac9da87ef4c9ea467928415c961349e607e5e6e485679b07f8f"
        ],
        threshold: 1,
        "x-tuf-on-ci-expiry-period": 21,
        "x-tuf-on-ci-signing-period": 7
      },
      targets: {
        keyids: [
          "a10513a5ab61acd0c6b6fbe0504856ead18f3b17c4fabbe3fa848c79a5a187cf",
          "88737ccdac7b49cc237e9aaead81be2a40278b886a693d8149a19cf543f093d3",
          "d6a89e23fb22801a0d1186bf1bdd007e228f65a8aa9964d24d06cb5fbb0ce91c",
          "8b498a80a1b7af188c10c9abdf6aade81d14faaffcde2abcd6063baa673ebd12",
          "54809115b40137aac01af4b7ac2408c77ea0d58fa4dad48fc3196497d2a26f44",
          "56db9f7d64bef1feab6190760336643b20196af4875ee8be915e78f239863aae",
          "1b8fa2a77525b38ef24804d3d907ca96f76d178a49520333626ba36d319c5790"
        ],
        threshold: 3
      },
      timestamp: {
        keyids: [
          "eb9799b483affac9da87ef4c9ea467928415c961349e607e5e6e485679b07f8f"
        ],
        threshold: 1,
        "x-tuf-on-ci-expiry-period": 7,
        "x-tuf-on-ci-signing-period": 6
      }
    },
    spec_version: "1.0.31",
    version: 9,
    "x-tuf-on-ci-expiry-period": 240,
    "x-tuf-on-ci-signing-period": 60
  }
};
var public_good_default = {
  signatures: [
    {
      keyid: "e71a54d543835ba86adad9460379c7641fb8726d164ea766801a1c522aba7ea2",
      sig: "3045022100ea2f374f409810e2db950749d9cfed09a15b6a5e25f3d5ffd0799459d7bee167022028d3acdde6dbd5034cfad222d31b41090ee21894e2c46cb8974198ab0377db44"
    },
    {
      keyid: "22f4caec6d8e6f9555af66b3d4c3cb06a3bb23fdc7e39c916c61f462e6f52b06",
      sig: "304402207ebb24e3237e470691d7875903a7754d0ef2ae7e7b5024a7888c9a38a52deecd02206ed5ad1c6f4fab46995843ab6b23f9420c5a4cf6ce1cb2cb2a6fc2e87e2ef3e1"
    },
    {
      keyid: "61643838125b440b40db6942f5cb5a31c0dc04368316eb2aaa58b95904a58222",
      sig: "304602210089d9dfd8e106cc958088a4da3c8cf7254ab6f65a9647d37ada730ef4763c5163022100d882ee744615be79861e214e1eeb9e1eddf6a1e203a201b4c5d03f5224d71d16"
    },
    {
      keyid: "a687e5bf4fab82b0ee58d46e05c9535145a2c9afb458f43d42b45ca0fdce2a70",
      sig: "304502210088bd4b88e83f586ce568d27d04214c4ab3fd1894178ef015303d56afa939205302205538ebab93876abb9075ad77114bff28a0d79a7cc229b534a0c5ced5526b48e7"
    },
    {
      keyid: "183e64f37670dc13ca0d28995a3053f3740954ddce44321a41e46534cf44e632",
      sig: "3045022100f35b07e938d4949caf82e69e86cc9db3b69b6dbc6740c1f343d06893f996fbeb022001e847d816259a96a49e42779a2350dab97b71c8ae7e26b2380c6fa7f58131b3"
    }
  ],
  signed: {
    _type: "root",
    consistent_snapshot: true,
    expires: "2026-11-20T13:58:18Z",
    keys: {
      "0c87432c3bf09fd99189fdc32fa5eaedf4e4a5fac7bab73fa04a2e0fc64af6f5": {
        keyid_hash_algorithms: [
          "sha256",
          "sha512"
        ],
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWRiGr5+j+3J5SsH+Ztr5nE2H2wO7\nBV+nO3s93gLca18qTOzHY1oWyAGDykMSsGTUBSt9D+An0KfKsD2mfSM42Q==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-online-uri": "gcpkms:projects/sigstore-root-signing/locations/global/keyRings/root/cryptoKeys/timestamp/cryptoKeyVersions/1"
      },
      "183e64f37670dc13ca0d28995a3053f3740954ddce44321a41e46534cf44e632": {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMxpPOJCIZ5otG4106fGJseEQi3V9\npkMYQ4uyV9Tj1M7WHXIyLG+jkfvuG0glQ1JZbRZZBV3gAR4sojdGHISeow==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@lance"
      },
      "22f4caec6d8e6f9555af66b3d4c3cb06a3bb23fdc7e39c916c61f462e6f52b06": {
        keyid_hash_algorithms: [
          "sha256",
          "sha512"
        ],
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzBzVOmHCPojMVLSI364WiiV8NPrD\n6IgRxVliskz/v+y3JER5mcVGcONliDcWMC5J2lfHmjPNPhb4H7xm8LzfSA==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@santiagotorres"
      },
      "61643838125b440b40db6942f5cb5a31c0dc04368316eb2aaa58b95904a58222": {
        keyid_hash_algorithms: [
          "sha256",
          "sha512"
        ],
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEinikSsAQmYkNeH5eYq/CnIzLaacO\nxlSaawQDOwqKy/tCqxq5xxPSJc21K4WIhs9GyOkKfzueY3GILzcMJZ4cWw==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@bobcallaway"
      },
      a687e5bf4fab82b0ee58d46e05c9535145a2c9afb458f43d42b45ca0fdce2a70: {
        keyid_hash_algorithms: [
          "sha256",
          "sha512"
        ],
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE0ghrh92Lw1Yr3idGV5WqCtMDB8Cx\n+D8hdC4w2ZLNIplVRoVGLskYa3gheMyOjiJ8kPi15aQ2//7P+oj7UvJPGw==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@joshuagl"
      },
      e71a54d543835ba86adad9460379c7641fb8726d164ea766801a1c522aba7ea2: {
        keyid_hash_algorithms: [
          "sha256",
          "sha512"
        ],
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEXsz3SZXFb8jMV42j6pJlyjbjR8K\nN3Bwocexq6LMIb5qsWKOQvLN16NUefLc4HswOoumRsVVaajSpQS6fobkRw==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@mnm678"
      }
    },
    roles: {
      root: {
        keyids: [
          "e71a54d543835ba86adad9460379c7641fb8726d164ea766801a1c522aba7ea2",
          "22f4caec6d8e6f9555af66b3d4c3cb06a3bb23fdc7e39c916c61f462e6f52b06",
          "61643838125b440b40db6942f5cb5a31c0dc04368316eb2aaa58b95904a58222",
          "a687e5bf4fab82b0ee58d46e05c9535145a2c9afb458f43d42b45ca0fdce2a70",
          "183e64f37670dc13ca0d28995a3053f3740954ddce44321a41e46534cf44e632"
        ],
        threshold: 3
      },
      snapshot: {
        keyids: [
          "0c87432c3bf09fd99189fdc32fa5eaedf4e4a5fac7bab73fa04a2e0fc64af6f5"
        ],
        threshold: 1,
        "x-tuf-on-ci-expiry-period": 3650,
        "x-tuf-on-ci-signing-period": 365
      },
      targets: {
        keyids: [
          "e71a54d543835ba86adad9460379c7641fb8726d164ea766801a1c522aba7ea2",
          "22f4caec6d8e6f9555af66b3d4c3cb06a3bb23fdc7e39c916c61f462e6f52b06",
          "61643838125b440b40db6942f5cb5a31c0dc04368316eb2aaa58b95904a58222",
          "a687e5bf4fab82b0ee58d46e05c9535145a2c9afb458f43d42b45ca0fdce2a70",
          "183e64f37670dc13ca0d28995a3053f3740954ddce44321a41e46534cf44e632"
        ],
        threshold: 3
      },
      timestamp: {
        keyids: [
          "0c87432c3bf09fd99189fdc32fa5eaedf4e4a5fac7bab73fa04a2e0fc64af6f5"
        ],
        threshold: 1,
        "x-tuf-on-ci-expiry-period": 7,
        "x-tuf-on-ci-signing-period": 6
      }
    },
    spec_version: "1.0",
    version: 15,
    "x-tuf-on-ci-expiry-period": 197,
    "x-tuf-on-ci-signing-period": 46
  }
};
var staging_default = {
  signatures: [
    {
      keyid: "aa61e09f6af7662ac686cf0c6364079f63d3e7a86836684eeced93eace3acd81",
      sig: "304502201419a6f003291be4cd00c110a00e9d9b152a78181ed3c54edf9d22a79938276f022100f751058c6c3eb6aecf277db367b4858d3612abd1ad96c40fd71ebbd26c944055"
    },
    {
      keyid: "61f9609d2655b346fcebccd66b509d5828168d5e447110e261f0bcc8553624bc",
      sig: "3045022007313e0afd5f282a1383a4f8f7a150e266a059420e1036eee222ce0053e36a67022100dfb05a4d1e6be2f43ce30f030783ff7a747cda5d84f341fd03b06dff32fba5bd"
    },
    {
      keyid: "9471fbda95411d10109e467ad526082d15f14a38de54ea2ada9687ab39d8e237",
      sig: ""
    },
    {
      keyid: "0374a9e18a20a2103736cb4277e2fdd7f8453642c7d9eaf4ad8aee9cf2d47bb5",
      sig: ""
    }
  ],
  signed: {
    _type: "root",
    consistent_snapshot: true,
    expires: "2026-10-16T19:39:43Z",
    keys: {
      "0374a9e18a20a2103736cb4277e2fdd7f8453642c7d9eaf4ad8aee9cf2d47bb5": {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEoxkvDOmtGEknB3M+ZkPts8joDM0X\nIH5JZwPlgC2CXs/eqOuNF8AcEWwGYRiDhV/IMlQw5bg8PLICQcgsbrDiKg==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@mnm678"
      },
      "61f9609d2655b346fcebccd66b509d5828168d5e447110e261f0bcc8553624bc": {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE++Wv+DcLRk+mfkmlpCwl1GUi9EMh\npBUTz8K0fH7bE4mQuViGSyWA/eyMc0HvzZi6Xr0diHw0/lUPBvok214YQw==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@kommendorkapten"
      },
      "9471fbda95411d10109e467ad526082d15f14a38de54ea2ada9687ab39d8e237": {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEFHDb85JH+JYR1LQmxiz4UMokVMnP\nxKoWpaEnFCKXH8W4Fc/DfIxMnkpjCuvWUBdJXkO0aDIxwsij8TOFh2R7dw==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@joshuagl"
      },
      aa61e09f6af7662ac686cf0c6364079f63d3e7a86836684eeced93eace3acd81: {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEohqIdE+yTl4OxpX8ZxNUPrg3SL9H\nBDnhZuceKkxy2oMhUOxhWweZeG3bfM1T4ZLnJimC6CAYVU5+F5jZCoftRw==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-keyowner": "@jku"
      },
      c3479007e861445ce5dc109d9661ed77b35bbc0e3f161852c46114266fc2daa4: {
        keytype: "ecdsa",
        keyval: {
          public: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExxmEtmhF5U+i+v/6he4BcSLzCgMx\n/0qSrvDg6bUWwUrkSKS2vDpcJrhGy5fmmhRrGawjPp1ALpC3y1kqFTpXDg==\n-----END PUBLIC KEY-----\n"
        },
        scheme: "ecdsa-sha2-nistp256",
        "x-tuf-on-ci-online-uri": "gcpkms:projects/projectsigstore-staging/locations/global/keyRings/tuf-keyring/cryptoKeys/tuf-key/cryptoKeyVersions/2"
      }
    },
    roles: {
      root: {
        keyids: [
          "aa61e09f6af7662ac686cf0c6364079f63d3e7a86836684eeced93eace3acd81",
          "61f9609d2655b346fcebccd66b509d5828168d5e447110e261f0bcc8553624bc",
          "9471fbda95411d10109e467ad526082d15f14a38de54ea2ada9687ab39d8e237",
          "0374a9e18a20a2103736cb4277e2fdd7f8453642c7d9eaf4ad8aee9cf2d47bb5"
        ],
        threshold: 2
      },
      snapshot: {
        keyids: [
          "c3479007e861445ce5dc109d9661ed77b35bbc0e3f161852c46114266fc2daa4"
        ],
        threshold: 1,
        "x-tuf-on-ci-expiry-period": 3650,
        "x-tuf-on-ci-signing-period": 365
      },
      targets: {
        keyids: [
          "aa61e09f6af7662ac686cf0c6364079f63d3e7a86836684eeced93eace3acd81",
          "61f9609d2655b346fcebccd66b509d5828168d5e447110e261f0bcc8553624bc",
          "9471fbda95411d10109e467ad526082d15f14a38de54ea2ada9687ab39d8e237",
          "0374a9e18a20a2103736cb4277e2fdd7f8453642c7d9eaf4ad8aee9cf2d47bb5"
        ],
        threshold: 1
      },
      timestamp: {
        keyids: [
          "c3479007e861445ce5dc109d9661ed77b35bbc0e3f161852c46114266fc2daa4"
        ],
        threshold: 1,
        "x-tuf-on-ci-expiry-period": 7,
        "x-tuf-on-ci-signing-period": 6
      }
    },
    spec_version: "1.0",
    version: 14,
    "x-tuf-on-ci-expiry-period": 182,
    "x-tuf-on-ci-signing-period": 35
  }
};
function gitHubSigningConfig(host) {
  const domain = host === "github.com" ? "githubapp.com" : host;
  const service = (url) => ({
    url,
    majorApiVersion: 1,
    validFor: { start: "2023-10-27T16:30:00Z" },
    operator: host
  });
  return JSON.stringify({
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: [service(`https://fulcio.${domain}`)],
    tsaUrls: [service(`https://timestamp.${domain}/api/v1/timestamp`)],
    tsaConfig: { selector: "ANY" }
  });
}
var instances = {
  "public-good": {
    repository: { metadataUrl: "https://tuf-repo-cdn.sigstore.dev/", rootJson: JSON.stringify(public_good_default) },
    signingConfig: "repository",
    thresholds: defaultThresholds
  },
  staging: {
    repository: { metadataUrl: "https://tuf-repo-cdn.sigstage.dev/", rootJson: JSON.stringify(staging_default) },
    signingConfig: "repository",
    thresholds: defaultThresholds
  },
  github: {
    repository: { metadataUrl: "https://tuf-repo.github.com/", rootJson: JSON.stringify(github_default) },
    signingConfig: { builtIn: gitHubSigningConfig("github.com") },
    thresholds: { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 }
  }
};
async function loadTufInstance({ repository, signingConfig }, logVersion, options) {
  const configName = logVersion === 2 ? "signing_config_rekor_v2.v0.2.json" : "signing_config.v0.2.json";
  const builtIn = signingConfig === "repository" ? void 0 : signingConfig.builtIn;
  const names = builtIn === void 0 ? ["trusted_root.json", configName] : ["trusted_root.json"];
  const { files: files2, ...loaded } = await loadFromTuf(repository, names, options);
  return {
    ...loaded,
    trustedRoot: readTrustedRoot(files2.get("trusted_root.json") ?? ""),
    signingConfig: readSigningConfig(builtIn ?? files2.get(configName) ?? "")
  };
}
var withoutCertificateLog = "certificate transparency is not required, so misissued certificates may go unnoticed";
var withoutLog = "transparency log entries are not required, so signatures may go unnoticed";
async function readInstance(request, world) {
  const { name, trustedRoot, insecureIgnoreSct, insecureIgnoreTlog } = request;
  const known = name === "custom" || name === "sandbox" ? void 0 : instances[name];
  const thresholds = known?.thresholds ?? defaultThresholds;
  const sources = await loadSources(request, world);
  return {
    name,
    thresholds: {
      ...thresholds,
      ...insecureIgnoreSct && { signedCertificateTimestamps: 0 },
      ...insecureIgnoreTlog && { logEntries: 0 }
    },
    sandbox: name === "sandbox" ? "accept" : "refuse",
    publicLog: name === "public-good" || name === "staging",
    trustedRootPath: trustedRoot,
    ...sources,
    warnings: [
      ...sources.warnings,
      ...insecureIgnoreSct ? [withoutCertificateLog] : [],
      ...insecureIgnoreTlog ? [withoutLog] : []
    ]
  };
}
async function loadSources(request, world) {
  const { trustedRoot, signingConfig } = request;
  const trust = trustedRoot === void 0 ? void 0 : await parseInput(trustedRoot, "trusted root", world, readTrustedRoot);
  const config = signingConfig === void 0 ? tenantConfig(request) : await parseInput(signingConfig, "signing config", world, readSigningConfig);
  const enough = config ?? (request.purpose === "verify" ? nothing : void 0);
  if (trust !== void 0 && enough !== void 0) return { trust, signingConfig: enough, warnings: [] };
  demandTenantRoot(request);
  const loaded = await loadRepository(request, world);
  return { trust: trust ?? loaded.trust, signingConfig: config ?? loaded.signingConfig, warnings: loaded.warnings };
}
function tenantConfig({ name, tenant, purpose }) {
  return name === "github" && tenant !== void 0 && purpose === "sign" ? readSigningConfig(gitHubSigningConfig(tenant)) : void 0;
}
function demandTenantRoot({ name, tenant }) {
  if (name !== "github" || tenant === void 0) return;
  fail("USAGE", `the Sigstore instance of ${tenant} has a trusted root of its own, which is not built in`, {
    remedy: `Set \`trusted-root\` to a file with the output of \`gh attestation trusted-root --hostname ${tenant}\`.`
  });
}
var nothing = {
  certificateAuthorities: [],
  identityProviders: [],
  transparencyLogs: [],
  transparencyLogSelector: void 0,
  timestampAuthorities: [],
  timestampAuthoritySelector: void 0
};
async function loadRepository(request, world) {
  const { trustedRoot, signingConfig, ...loaded } = await loadTufInstance(
    await repositoryOf(request, world),
    request.logVersion,
    tufOptions(request, world)
  );
  return { trust: trustedRoot, signingConfig, warnings: warningsOf(loaded) };
}
async function readPublishedTrustedRoot(request, world) {
  const { repository } = await repositoryOf(request, world);
  const name = "trusted_root.json";
  const { files: files2, ...loaded } = await loadFromTuf(repository, [name], tufOptions(request, world));
  const bytes = files2.get(name) ?? new Uint8Array();
  readTrustedRoot(bytes);
  return { json: JSON.stringify(parseJson(bytes)), warnings: warningsOf(loaded) };
}
function tufOptions({ name, cacheDirectory, mode }, world) {
  return {
    ...world,
    ...cacheDirectory !== void 0 && { cacheDirectory: join3(cacheDirectory, name) },
    ...mode !== void 0 && { mode }
  };
}
function warningsOf({ warnings, expired, refreshedAt }) {
  const stale = `the cached trust root, fetched at ${refreshedAt.toISOString()}, has expired; it is used because of \`offline-stale\``;
  return expired ? [...warnings, stale] : warnings;
}
async function repositoryOf(request, world) {
  const { tufUrl, tufRoot } = request;
  return tufUrl === void 0 ? knownInstance(request) : customInstance(tufUrl, tufRoot, world);
}
function knownInstance({ name, purpose }) {
  if (name === "custom" || name === "sandbox") {
    if (purpose === "trusted-root")
      fail("USAGE", `\`instance: ${name}\` requires a TUF repository`, { remedy: "Set `tuf-url` and `tuf-root`." });
    fail("USAGE", `\`instance: ${name}\` requires a trusted root or a TUF repository`, {
      remedy: "Set `trusted-root` (and `signing-config` to sign), or `tuf-url` and `tuf-root`."
    });
  }
  return instances[name];
}
async function customInstance(metadataUrl, root, world) {
  if (root === void 0) {
    fail("USAGE", "`tuf-url` requires the initial root metadata of the repository", {
      remedy: "Set `tuf-root` to the path of a root.json that you obtained from a source other than the repository."
    });
  }
  return {
    repository: { metadataUrl, rootJson: await readInput(root, "TUF root", world) },
    signingConfig: "repository"
  };
}
export {
  readInstance,
  readPublishedTrustedRoot
};

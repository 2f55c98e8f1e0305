import { readSignPart, YamlReader, list, partsOf_2, readPolicyPart_2, requirePart_2, ruleSyntax, text, texts, withSuggestion } from "./run-policy-policy-file.mjs";
import { readPublicKey } from "./core-certificate-certificate.mjs";
import { decodeBase64 } from "./core-encoding-der.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
import { hash } from "node:crypto";
import { dirname, resolve } from "node:path";
function spelledRepository(host, name) {
  return host === "github.com" ? name : `${host}/${name}`;
}
var ruleIds = Array.from({ length: 28 }, (_, at) => {
  return `P${String(at + 1).padStart(2, "0")}`;
});
var repository = {
  kind: "map",
  what: "a watched repository",
  key: "a key of a watched repository",
  short: { key: "name", syntax: texts.repository },
  keys: {
    name: {
      shape: text(texts.repository),
      about: "The repository on GitHub. Letter case does not matter.",
      required: true
    },
    id: {
      shape: text(texts.id),
      about: "The numeric ID of the repository, which a repository with the same name does not have."
    },
    "owner-id": {
      shape: text(texts.id),
      about: "The numeric ID of the owner. Other names of this owner are never reported as look-alikes."
    },
    workflows: { shape: list(text(texts.workflow)), about: "Workflow files that are expected to sign." },
    jobs: {
      shape: list(text(texts.line)),
      about: "Names of the jobs that sign, as GitHub shows them. `release` also stands for `release (linux)` and `call / release`."
    },
    refs: { shape: list(text(texts.ref)), about: "Refs that are expected to sign, or patterns." },
    "moving-tags": { shape: list(text(texts.tag)), about: "Tags that may be moved, or patterns." },
    triggers: { shape: list(text(texts.event)), about: "Events that are expected to start the signing workflow." },
    runners: { shape: list(text(texts.runner)), about: "Kinds of runners that are expected to sign." },
    environments: { shape: list(text(texts.line)), about: "Deployment environments that are expected to sign." },
    signers: {
      shape: list(text(texts.ownerOrRepository)),
      about: "Owners or repositories whose reusable workflows may sign for the repository."
    },
    receipts: {
      shape: list(text(texts.any)),
      about: "Folders with the receipts and bundles of releases, relative to the policy file."
    }
  }
};
var owner = {
  kind: "map",
  what: "a watched owner",
  key: "a key of a watched owner",
  short: { key: "name", syntax: texts.owner },
  keys: {
    name: {
      shape: text(texts.owner),
      about: "A user or an organization of GitHub. All repositories are watched.",
      required: true
    },
    id: { shape: text(texts.id), about: "The numeric ID of the owner." }
  }
};
var identity = {
  kind: "map",
  what: "a watched identity",
  key: "a key of a watched identity",
  exactlyOne: ["exact", "segment", "glob"],
  keys: {
    exact: { shape: text(texts.name), about: "A whole subject alternative name: an e-mail address or a URI." },
    segment: {
      shape: text(texts.segment),
      about: "The beginning of a URI in whole segments, which end at `/` or `@`."
    },
    glob: {
      shape: text(texts.glob),
      about: "A pattern: `*` stands for any characters except `/`, `**` for any characters, and `?` for one character."
    },
    issuer: {
      shape: text(texts.issuer),
      about: "The OIDC issuer. Without it, the identity is watched under every issuer."
    }
  }
};
var digest = {
  kind: "map",
  what: "a watched digest",
  key: "a key of a watched digest",
  short: { key: "digest", syntax: texts.digest },
  exactlyOne: ["sha256", "sha384", "sha512"],
  keys: {
    sha256: { shape: text(texts.sha256), about: "The SHA-256 digest in hexadecimal." },
    sha384: { shape: text(texts.sha384), about: "The SHA-384 digest in hexadecimal." },
    sha512: { shape: text(texts.sha512), about: "The SHA-512 digest in hexadecimal." },
    label: { shape: text(texts.line), about: "The name of the artifact in reports." }
  }
};
var watchedPackage = {
  kind: "map",
  what: "a watched package",
  key: "a key of a watched package",
  exactlyOne: ["npm", "pypi", "oci"],
  keys: {
    npm: { shape: text(texts.npm), about: "A package on npm." },
    pypi: { shape: text(texts.pypi), about: "A project on PyPI." },
    oci: {
      shape: text(texts.oci),
      about: "An image repository."
    },
    repository: { shape: text(texts.packageRepository), about: "The repository that is expected to publish it." }
  }
};
var protectedName = {
  kind: "map",
  what: "a protected name",
  key: "a key of a protected name",
  exactlyOne: ["owner", "repository", "workflow", "email", "domain", "package"],
  keys: {
    owner: { shape: text(texts.owner), about: "An owner on GitHub." },
    repository: { shape: text(texts.repository), about: "A repository on GitHub." },
    workflow: { shape: text(texts.workflowOfRepository), about: "A workflow." },
    email: { shape: text(texts.email), about: "An e-mail address." },
    domain: { shape: text(texts.domain), about: "A domain." },
    package: { shape: text(texts.npm), about: "The name of a package." },
    "owner-id": {
      shape: text(texts.id),
      about: "The numeric ID of the owner, whose other names are not reported."
    }
  }
};
var severity = {
  shape: text(texts.severity),
  about: "The severity of findings of this rule; `off` turns the rule off."
};
var rules = {
  kind: "map",
  what: "the rules",
  key: "a rule that can be configured",
  // Findings about the log itself are never turned off.
  keys: Object.fromEntries(ruleIds.filter((id) => id !== "P22").map((id) => [id, severity]))
};
var acknowledgement = {
  kind: "map",
  what: "an acknowledgement",
  key: "a key of an acknowledgement",
  exactlyOne: ["finding", "rule"],
  onlyWith: { repository: "rule" },
  keys: {
    finding: { shape: text(texts.finding), about: "The ID of a finding." },
    rule: {
      shape: text(ruleSyntax(Object.keys(rules.keys))),
      about: "A rule, whose findings are all acknowledged. P22 is acknowledged by the ID of each finding."
    },
    repository: {
      shape: text(texts.repository),
      about: "Limits `rule` to a repository."
    },
    reason: { shape: text(texts.reason), about: "The explanation, which reports show.", required: true },
    until: {
      shape: text(texts.date),
      about: "The last day on which the acknowledgement applies, in UTC.",
      required: true
    }
  }
};
var watchShape = {
  kind: "map",
  what: "the watch",
  key: "a watch key",
  atLeastOne: ["repositories", "owners", "identities", "issuers", "keys", "digests", "packages", "protect"],
  keys: {
    repositories: { shape: list(repository), about: "Repositories whose signatures are watched." },
    owners: { shape: list(owner), about: "Owners whose signatures are watched, from all repositories." },
    identities: { shape: list(identity), about: "Subject alternative names that are watched." },
    issuers: {
      shape: list(text(texts.issuer)),
      about: "OIDC issuers, of which every certificate is watched. Use it for issuers of your own."
    },
    keys: {
      shape: list(text(texts.key)),
      about: "Keys that are watched: the SubjectPublicKeyInfo (DER) in base64, or its SHA-256 in hexadecimal, under which the index of Rekor v1 finds nothing."
    },
    digests: { shape: list(digest), about: "Digests of artifacts that are watched." },
    packages: { shape: list(watchedPackage), about: "Packages in registries that are watched." },
    protect: {
      shape: list(protectedName),
      about: "Names that others may imitate, in addition to the repositories, owners, identities and packages of this file."
    },
    rules: {
      shape: rules,
      about: "Severities that replace the defaults of rules. P22, which is about the log itself, cannot be changed."
    },
    acknowledged: { shape: list(acknowledgement), about: "Findings that have been explained." }
  }
};
async function readCountersignFile(text2, path, host = "github.com") {
  return withSuggestion(() => readFile(text2, path, host));
}
async function readWatchPolicy(text2, path, host = "github.com") {
  return withSuggestion(() => {
    const reader = new YamlReader(text2, path);
    requirePart_2(reader, partsOf_2(reader), "watch");
    const { watch } = readParts(reader, path, host);
    return watch ?? reader.refuse(reader.root, 'the policy file has no "watch"');
  });
}
function readFile(text2, path, host) {
  const reader = new YamlReader(text2, path);
  const parts = partsOf_2(reader);
  if (parts.size === 0) requirePart_2(reader, parts, "policy");
  return readParts(reader, path, host);
}
function readParts(reader, path, host) {
  const parts = partsOf_2(reader);
  const [policy, watch, sign] = [parts.get("policy"), parts.get("watch"), parts.get("sign")];
  return {
    policy: policy && readPolicyPart_2(reader, policy.value, path).request,
    watch: watch && watchPolicy(reader.read(watch.value, "watch", watchShape), path, host),
    sign: sign && readSignPart(reader, sign.value)
  };
}
function watchPolicy(values, path, host) {
  const { repositories = [], owners = [], identities = [], issuers = [], keys = [], digests = [] } = values;
  const { packages = [], protect = [], acknowledged = [] } = values;
  for (const named of [repositories, owners]) demandDistinct(named, path);
  return {
    path,
    host,
    repositories: repositories.map((each) => watchedRepository(each, path)),
    owners: owners.map(({ line, name, id }) => ({ place: { line }, name: name.value, id: id?.value })),
    identities: identities.map(watchedIdentity),
    issuers: issuers.map(watchedValue),
    keys: keys.map((key) => watchedKey(key, path)),
    digests: digests.map(watchedDigest),
    packages: packages.map(watchedPackage2),
    protectedNames: protect.map(protectedName2),
    rules: ruleSettings(values.rules),
    acknowledgements: acknowledged.map(acknowledgement2)
  };
}
function demandDistinct(items, path) {
  const lines = /* @__PURE__ */ new Map();
  for (const { line, name } of items) {
    const earlier = lines.get(name.value.toLowerCase());
    if (earlier !== void 0)
      fail("POLICY_INVALID", `${path}:${line}: ${JSON.stringify(name.value)} is watched in line ${earlier} already`, {
        remedy: "Join the two items."
      });
    lines.set(name.value.toLowerCase(), line);
  }
}
function watchedKey({ line, value }, path) {
  const place = { line };
  if (/^[0-9a-fA-F]{64}$/.test(value)) return { place, value: value.toLowerCase() };
  const { spki } = reading("POLICY_INVALID", `${path}:${line}: the key`, () => readPublicKey(decodeBase64(value)));
  return { place, value: hash("sha256", spki), spki };
}
function placeOf({ line }) {
  return { line };
}
function plain(texts2) {
  return (texts2 ?? []).map(({ value }) => value);
}
function watchedRepository(values, path) {
  return {
    place: placeOf(values),
    name: values.name.value,
    id: values.id?.value,
    ownerId: values["owner-id"]?.value,
    expected: {
      workflows: plain(values.workflows).map((file) => file.replace(/^\.github\/workflows\//, "")),
      jobs: plain(values.jobs),
      refs: plain(values.refs),
      movingTags: plain(values["moving-tags"]),
      triggers: plain(values.triggers),
      runners: plain(values.runners),
      environments: plain(values.environments),
      signers: plain(values.signers),
      receipts: plain(values.receipts).map((folder) => resolve(dirname(path), folder))
    }
  };
}
function watchedIdentity(values) {
  const [match, text2] = oneOf(values, "exact", "segment", "glob");
  return { place: placeOf(values), match, value: text2.value, issuer: values.issuer?.value };
}
function watchedValue(text2) {
  return { place: placeOf(text2), value: text2.value };
}
function watchedDigest(values) {
  const { label } = values;
  const place = placeOf(values);
  if (values.digest !== void 0) return { place, value: values.digest.value.toLowerCase(), label: void 0 };
  const [algorithm, text2] = oneOf(values, "sha256", "sha384", "sha512");
  return { place, value: `${algorithm}:${text2.value.toLowerCase()}`, label: label?.value };
}
function watchedPackage2(values) {
  const [ecosystem, text2] = oneOf(values, "npm", "pypi", "oci");
  return { place: placeOf(values), ecosystem, name: text2.value, repository: values.repository?.value };
}
function protectedName2(values) {
  const [key, text2] = oneOf(values, "owner", "repository", "workflow", "email", "domain", "package");
  const kind = key === "repository" ? "repo" : key;
  return { place: placeOf(values), kind, name: text2.value, ownerId: values["owner-id"]?.value };
}
function ruleSettings(values) {
  const settings = /* @__PURE__ */ new Map();
  for (const [rule, setting] of Object.entries(values ?? {}))
    if (typeof setting === "object") settings.set(rule, setting.value);
  return settings;
}
function acknowledgement2(values) {
  const [kind, text2] = oneOf(values, "finding", "rule");
  return {
    place: placeOf(values),
    what: kind === "finding" ? { kind, id: text2.value } : { kind, rule: text2.value, repository: values.repository?.value },
    reason: values.reason.value.trim(),
    until: /* @__PURE__ */ new Date(`${values.until.value}T23:59:59.999Z`)
  };
}
function oneOf(values, ...keys) {
  for (const key of keys) {
    const text2 = values[key];
    if (text2 !== void 0) return [key, text2];
  }
  throw new Error(`the reader let none of ${keys.join(", ")} pass`);
}
export {
  readCountersignFile,
  readWatchPolicy,
  spelledRepository
};

import { require_dist } from "./yaml-dist-parse-lexer.mjs";
import { isGiven, policyOptions, shownName } from "./run-policy-request.mjs";
import { policyRows } from "./options-policy.mjs";
import { optionName } from "./options-row.mjs";
import { claimName, fulcioExtensionArcs } from "./core-log-cosignature.mjs";
import { CountersignError, fail, __toESM } from "./core-errors-codes.mjs";
import { dirname, resolve } from "node:path";
var fileLimits = {
  /** Characters of a file: 1 MiB. */
  file: 1024 * 1024,
  /** UTF-16 code units of a text. */
  text: 4096,
  /** Brackets within brackets. */
  nesting: 50,
  /** Columns of indentation. */
  indentation: 200,
  /** Items of all lists of `watch`. */
  watched: 1e5
};
function text(syntax) {
  return { kind: "text", syntax };
}
function list(of) {
  return { kind: "list", of };
}
var onOrOff = { kind: "switch" };
var control = String.raw`\u0000-\u001f\u007f`;
var owner = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,63})";
var repositoryName = String.raw`(?!\.{1,2}(?:/|$))[A-Za-z0-9._-]{1,100}`;
var workflowFile = `[^/@*${control}]{1,250}\\.ya?ml`;
var host = "[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})";
var date = "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
var fixedOwner = String.raw`[A-Za-z][A-Za-z0-9+.-]*://[^/*\s]+/[^/*\s]+/[^${control}]*`;
var fixedDomain = String.raw`[^@/\s]*@[^@*/\s]+|[^@!/\s]*![^@!*/\s]+`;
function oneOf(what, ...names) {
  return { what, names, remedy: `Use one of ${names.join(", ")}.` };
}
var texts = {
  any: { what: "a text", otherwise: "any", remedy: "Specify a text." },
  line: {
    what: "a line of text",
    pattern: `^[^${control}]{1,255}$`,
    otherwise: "any",
    remedy: "Use up to 255 characters without line breaks."
  },
  logFallback: oneOf("something to do during an outage", "timestamp-only", "second-log"),
  reason: {
    what: "a reason",
    pattern: `^(?:[^${control}]|[\\n\\t]){1,4000}$`,
    remedy: "Use up to 4,000 characters."
  },
  repository: {
    what: "a repository",
    pattern: `^${owner}/${repositoryName}$`,
    remedy: "Use the form owner/name."
  },
  owner: { what: "an owner", pattern: `^${owner}$`, remedy: "Use the name of a user or an organization." },
  ownerOrRepository: {
    what: "an owner or a repository",
    pattern: `^${owner}(?:/${repositoryName})?$`,
    remedy: "Use the form owner or owner/name."
  },
  /** The repository of a package, which may be elsewhere than on GitHub. */
  packageRepository: {
    what: "a repository",
    pattern: `^(?:${owner}/${repositoryName}|https://${host}(?:/[A-Za-z0-9._-]+){2,20})$`,
    remedy: "Use the form owner/name, or the URL of a repository that is not on GitHub."
  },
  id: {
    what: "a numeric ID",
    pattern: "^[1-9][0-9]{0,19}$",
    otherwise: "integer",
    remedy: "Use the number that `gh api repos/OWNER/NAME --jq .id` (or `.owner.id`) prints."
  },
  workflow: {
    what: "a workflow file",
    pattern: `^(?:(?:${owner}/${repositoryName}/)?\\.github/workflows/)?${workflowFile}$`,
    remedy: "Use a file name such as release.yml, or owner/name/.github/workflows/release.yml."
  },
  workflowOfRepository: {
    what: "a workflow",
    pattern: `^${owner}/${repositoryName}/\\.github/workflows/${workflowFile}$`,
    remedy: "Use the form owner/name/.github/workflows/file.yml."
  },
  ref: {
    what: "a full ref",
    pattern: `^refs/(?:heads|tags|pull)/[^\\s${control}]{1,1000}$`,
    remedy: 'Use the full ref or a pattern, as in refs/heads/main or "refs/tags/v*".'
  },
  tag: {
    what: "a full tag",
    pattern: `^refs/tags/[^\\s${control}]{1,1000}$`,
    remedy: 'Use the full ref or a pattern, as in "refs/tags/v?".'
  },
  event: {
    what: "an event",
    pattern: "^[a-z][a-z_]{1,63}$",
    remedy: "Use the name of an event of GitHub Actions, such as push or workflow_dispatch."
  },
  runner: oneOf("a kind of runner", "github-hosted", "self-hosted"),
  name: {
    what: "an identity",
    pattern: `^[^*${control}]{1,1024}$`,
    remedy: 'Use the whole name without a *. For a pattern, use "glob".'
  },
  segment: {
    what: "the beginning of an identity",
    pattern: `^[A-Za-z][A-Za-z0-9+.-]*://[^/*\\s]+/[^/*\\s][^*${control}]{0,1000}$`,
    remedy: "Use a URL with at least one segment after the host, as in https://gitlab.com/group."
  },
  glob: {
    what: "a pattern with a * that fixes an owner or a domain",
    pattern: `^(?=[^*]*\\*)(?:${fixedOwner}|${fixedDomain})$`,
    remedy: 'Spell out the host and the owner, as in "https://github.com/owner/*", or the domain, as in "*@example.com". For a name without a *, use "exact".'
  },
  issuer: {
    what: "the URL of an issuer",
    pattern: `^https?://[^\\s*${control}]{1,1000}$`,
    remedy: "Use the whole URL, as in https://accounts.google.com."
  },
  sha256: {
    what: "a SHA-256 digest",
    pattern: "^[0-9a-fA-F]{64}$",
    remedy: "Use 64 hexadecimal digits, in quotation marks."
  },
  key: {
    what: "a public key",
    // DER begins with the byte 0x30, whose first bits are M in base64.
    pattern: "^(?:[0-9a-fA-F]{64}|M[A-Za-z0-9+/]{50,2000}={0,2})$",
    remedy: 'Use the SubjectPublicKeyInfo (DER) in base64, as in a file "PUBLIC KEY" without its first and last line, or its SHA-256 as 64 hexadecimal digits, in quotation marks.'
  },
  sha384: {
    what: "a SHA-384 digest",
    pattern: "^[0-9a-fA-F]{96}$",
    remedy: "Use 96 hexadecimal digits, in quotation marks."
  },
  sha512: {
    what: "a SHA-512 digest",
    pattern: "^[0-9a-fA-F]{128}$",
    remedy: "Use 128 hexadecimal digits, in quotation marks."
  },
  digest: {
    what: "a digest",
    pattern: "^(?:sha256:[0-9a-fA-F]{64}|sha384:[0-9a-fA-F]{96}|sha512:[0-9a-fA-F]{128})$",
    remedy: "Use the form sha256: with 64 hexadecimal digits."
  },
  npm: {
    what: "an npm package",
    pattern: "^(?:@[A-Za-z0-9~-][A-Za-z0-9._~-]{0,100}/)?[A-Za-z0-9~-][A-Za-z0-9._~-]{0,213}$",
    remedy: 'Use the form name or "@scope/name", without a version.'
  },
  pypi: {
    what: "a PyPI project",
    pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,212}[A-Za-z0-9])?$",
    remedy: "Use the name of the project, without a version."
  },
  oci: {
    what: "an image repository",
    pattern: "^[a-z0-9](?:[a-z0-9.-]{0,252})(?::[0-9]{1,5})?/[a-z0-9]+(?:(?:[._]|__|-+|/)[a-z0-9]+){0,60}$",
    remedy: "Use the form host/name, without a tag or digest."
  },
  email: {
    what: "an e-mail address",
    pattern: `^[^@\\s*${control}]{1,255}@[^@\\s/*]{1,255}$`,
    remedy: "Use the form name@example.com."
  },
  domain: {
    what: "a domain",
    pattern: "^(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})\\.){1,20}[A-Za-z][A-Za-z0-9-]{1,62}$",
    remedy: "Use a host name, as in example.com."
  },
  finding: {
    what: "the ID of a finding",
    pattern: "^(?:[0-9a-f]{32}|[0-9a-f]{64})$",
    remedy: "Use the ID in the report."
  },
  date: {
    what: "a date",
    pattern: `^${date}$`,
    remedy: "Use an existing day in the form 2027-01-31."
  },
  severity: oneOf("a severity", "off", "note", "alert")
};
function ruleSyntax(rules) {
  return oneOf("a rule", ...rules);
}
var claims = {
  kind: "map",
  what: "the claims",
  key: "a certificate claim",
  keys: Object.fromEntries(
    Object.keys(fulcioExtensionArcs).map((claim) => [
      claimName(claim),
      { shape: list(text(texts.any)), about: "Values or patterns." }
    ])
  )
};
var claimKeys = /* @__PURE__ */ new Map([
  ["claims", "claim"],
  ["refused-claims", "refuseClaim"]
]);
var optionKeys = new Map(
  policyOptions.filter((option) => policyRows[option].place !== "beside" && option !== "claim" && option !== "refuseClaim").map((option) => [optionName(option), option])
);
var rows = policyRows;
var policyShape = {
  kind: "map",
  what: "the policy",
  key: "a policy key",
  keys: {
    ...Object.fromEntries([...optionKeys].map(([key, option]) => [key, rowOf(rows[option])])),
    claims: { shape: claims, about: "Claims that the certificate must have." },
    "refused-claims": { shape: claims, about: "Claims that the certificate must not have." }
  }
};
function rowOf({ form, about }) {
  return { shape: shapeOf(form.type), about: about ?? "" };
}
function shapeOf(type) {
  switch (type) {
    case "switch":
      return onOrOff;
    case "list":
      return list(text(texts.any));
    case "text":
    case "path":
      return text(texts.any);
  }
}
var import_yaml = __toESM(require_dist(), 1);
var UnknownName = class extends Error {
  place;
  given;
  known;
  remedy;
  constructor(message, place, given, known, remedy) {
    super(message);
    this.place = place;
    this.given = given;
    this.known = known;
    this.remedy = remedy;
  }
};
var YamlReader = class {
  #path;
  #lines = new import_yaml.LineCounter();
  #root;
  #patterns = /* @__PURE__ */ new Map();
  #items = 0;
  /** @throws CountersignError `POLICY_INVALID` for invalid YAML, `LIMIT_EXCEEDED` */
  constructor(text2, path) {
    this.#path = path;
    if (text2.length > fileLimits.file)
      fail("LIMIT_EXCEEDED", `the policy file ${path} is too large: the limit is ${fileLimits.file} characters`);
    this.#root = this.#parse(text2);
  }
  get root() {
    return this.#root;
  }
  #parse(text2) {
    demandShallow(text2, this.#path);
    const options = { schema: "failsafe", lineCounter: this.#lines, uniqueKeys: false, prettyErrors: false };
    const { errors, warnings, contents } = (0, import_yaml.parseDocument)(text2, options);
    const [problem] = [...errors, ...warnings];
    if (problem !== void 0)
      fail("POLICY_INVALID", `${this.#place(problem.pos[0])}: ${problem.message.replace(/\n.*/s, "")}`);
    return contents;
  }
  /** Reads the value of a shape. */
  read(node, name, shape) {
    return this.#read(node, name, shape);
  }
  #read(node, name, shape) {
    switch (shape.kind) {
      case "text":
        return this.text(node, name, shape.syntax);
      case "switch":
        return this.switch(node, name);
      case "list":
        return this.items(node, name, shape).map((item) => this.#read(item, name, shape.of));
      case "map":
        return this.#object(node, name, shape);
    }
  }
  #object(node, name, shape) {
    const { short: short2, keys } = shape;
    if (short2 !== void 0 && (0, import_yaml.isScalar)(node)) {
      const text2 = this.text(node, name, short2.syntax);
      return { line: text2.line, [short2.key]: text2 };
    }
    const values = { line: this.line(node) };
    for (const [key, { value }] of this.entries(node, name, shape)) {
      const row = keys[key];
      if (row !== void 0) values[key] = this.#read(value, key, row.shape);
    }
    return values;
  }
  /** Reads a mapping, and checks its keys. */
  entries(node, name, shape) {
    const { keys, exactlyOne, atLeastOne, onlyWith } = shape;
    const quoted = JSON.stringify(name);
    if (!(0, import_yaml.isMap)(node)) return this.refuse(node, `${quoted} is not a mapping`, aliasRemedy(node));
    const entries = this.keysOf(node, quoted);
    for (const [key, { key: keyNode }] of entries) if (!Object.hasOwn(keys, key)) this.#unknownKey(keyNode, key, shape);
    if (entries.size === 0) this.refuse(node, `${quoted} is empty`);
    for (const [key, row] of Object.entries(keys))
      if (row.required === true && !entries.has(key)) this.refuse(node, `${shape.what} has no "${key}"`, row.about);
    if (exactlyOne !== void 0) this.#demandOne(node, entries, exactlyOne, shape);
    if (atLeastOne !== void 0 && !atLeastOne.some((key) => entries.has(key)))
      this.refuse(node, `${shape.what} has none of ${quoteAll(atLeastOne)}`, "Add at least one of them.");
    for (const [key, other] of Object.entries(onlyWith ?? {}))
      if (entries.has(key) && !entries.has(other))
        this.refuse(entries.get(key)?.key, `"${key}" is used without "${other}"`, `Add "${other}", or omit "${key}".`);
    return entries;
  }
  #demandOne(node, entries, keys, shape) {
    const [first, second] = keys.filter((key) => entries.has(key));
    if (first === void 0) this.refuse(node, `${shape.what} has none of ${quoteAll(keys)}`, "Use one of them.");
    if (second !== void 0)
      this.refuse(entries.get(second)?.key, `${shape.what} has both "${first}" and "${second}"`, "Use one of them.");
  }
  /** Returns the entries of a mapping by their keys. */
  keysOf(node, what) {
    if (!(0, import_yaml.isMap)(node)) return this.refuse(node, `${what} is not a mapping`, aliasRemedy(node));
    const entries = /* @__PURE__ */ new Map();
    for (const { key, value } of node.items) {
      if (!(0, import_yaml.isScalar)(key) || typeof key.value !== "string")
        return this.refuse(key, `${what} has a key that is not a string`);
      if (entries.has(key.value)) this.refuse(key, `${short(key.value)} occurs twice`, "Keep one of them.");
      entries.set(key.value, { key, value });
    }
    return entries;
  }
  /** Returns the items of a list. One text may stand for a list of texts. */
  items(node, name, { of }) {
    if (!(0, import_yaml.isSeq)(node)) {
      if (of.kind === "text") return this.#counted([node]);
      return this.refuse(
        node,
        `${JSON.stringify(name)} is not a list`,
        aliasRemedy(node) ?? 'Begin each item with "- ".'
      );
    }
    if (node.items.length === 0) this.refuse(node, `${JSON.stringify(name)} is an empty list`);
    return this.#counted(node.items);
  }
  #counted(items) {
    this.#items += items.length;
    if (this.#items > fileLimits.watched)
      fail("LIMIT_EXCEEDED", `${this.placeOf(items[0])}: the lists of the policy file have more than 100,000 items`);
    return items;
  }
  switch(node, name) {
    const { value } = this.#scalar(node, name);
    return value === "true" || value !== "false" && this.refuse(node, `${JSON.stringify(name)} must be true or false`);
  }
  text(node, name, syntax) {
    const text2 = this.#scalar(node, name);
    const { value } = text2;
    const message = `${JSON.stringify(name)} is ${short(value)}, which is not ${syntax.what}`;
    if (value.length > fileLimits.text)
      fail(
        "LIMIT_EXCEEDED",
        `${this.placeOf(node)}: ${JSON.stringify(name)} has more than ${fileLimits.text} characters`
      );
    const { names, pattern, remedy } = syntax;
    if (names !== void 0 && !names.includes(value))
      throw new UnknownName(message, this.placeOf(node), value, names, remedy);
    if (pattern !== void 0 && !this.#compiled(pattern).test(value)) this.refuse(node, message, remedy);
    return text2;
  }
  #scalar(node, name) {
    if (!(0, import_yaml.isScalar)(node) || typeof node.value !== "string")
      return this.refuse(node, `${JSON.stringify(name)} is not a string`, aliasRemedy(node));
    if (node.value === "" || node.type === "PLAIN" && /^(?:~|null|Null|NULL)$/.test(node.value))
      this.refuse(node, `${JSON.stringify(name)} is empty`);
    return { value: node.value, line: this.line(node) };
  }
  #compiled(pattern) {
    const compiled = this.#patterns.get(pattern) ?? new RegExp(pattern, "u");
    this.#patterns.set(pattern, compiled);
    return compiled;
  }
  #unknownKey(node, key, { key: what, keys }) {
    const known = Object.keys(keys).filter((each) => keys[each]?.about !== "");
    const remedy = `Use one of ${known.join(", ")}.`;
    throw new UnknownName(`${short(key)} is not ${what}`, this.placeOf(node), key, known, remedy);
  }
  refuse(node, message, remedy) {
    return fail("POLICY_INVALID", `${this.placeOf(node)}: ${message}`, remedy === void 0 ? {} : { remedy });
  }
  line(node) {
    return this.#lines.linePos(offsetOf(node)).line;
  }
  placeOf(node) {
    return this.#place(offsetOf(node));
  }
  #place(offset) {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.#path}:${line}:${col}`;
  }
};
async function withSuggestion(read) {
  try {
    return read();
  } catch (failure) {
    if (!(failure instanceof UnknownName)) throw failure;
    const { nearestName } = await import("./run-policy-attestation-types.mjs");
    const nearest = nearestName(failure.given, failure.known);
    const suggestion = nearest === void 0 ? "" : `Did you mean ${JSON.stringify(nearest)}? `;
    return fail("POLICY_INVALID", `${failure.place}: ${failure.message}`, { remedy: `${suggestion}${failure.remedy}` });
  }
}
function demandShallow(text2, path) {
  let [line, flow, block] = [1, 0, 0];
  let isIndentation = true;
  for (const character of text2) {
    if (character === "\n") {
      line++;
      block = 0;
      isIndentation = true;
    } else if (character === "[" || character === "{") flow++;
    else if (character === "]" || character === "}") flow = Math.max(0, flow - 1);
    if (isIndentation && " 	-?:".includes(character)) block++;
    else if (character !== "\n") isIndentation = false;
    if (flow > fileLimits.nesting || block > fileLimits.indentation)
      fail("POLICY_INVALID", `${path}:${line}:1: the policy file is nested too deeply`, {
        remedy: "Check the brackets and the indentation of this line."
      });
  }
}
function offsetOf(node) {
  return node?.range?.[0] ?? 0;
}
function aliasRemedy(node) {
  return (0, import_yaml.isAlias)(node) ? "Write the value out. YAML aliases are not supported." : void 0;
}
function short(text2) {
  return JSON.stringify(text2.length > 100 ? `${text2.slice(0, 100)}\u2026` : text2);
}
function quoteAll(names) {
  return names.map((name) => `"${name}"`).join(", ");
}
var parts = {
  policy: "the policy of `countersign verify`",
  watch: "the watch of `countersign watch`",
  sign: "the policy of `countersign sign`"
};
async function readPolicyFile(text2, path) {
  return withSuggestion(() => {
    const reader = new YamlReader(text2, path);
    return readPolicyPart(reader, requirePart(reader, partsOf(reader), "policy"), path);
  });
}
function partsOf(reader) {
  const entries = reader.keysOf(reader.root, "the policy file");
  for (const [name, { key }] of entries) {
    if (Object.hasOwn(parts, name)) continue;
    const known = Object.keys(parts);
    const remedy = Object.hasOwn(policyShape.keys, name) ? `Put the options of the verifier under "policy".` : `The top-level keys are ${listed(known)}.`;
    const message = `${JSON.stringify(name)} is not a top-level key of a policy file`;
    throw new UnknownName(message, reader.placeOf(key), name, known, remedy);
  }
  return entries;
}
function listed(names) {
  return new Intl.ListFormat("en-GB").format(names.map((name) => `"${name}"`));
}
function requirePart(reader, found, part) {
  const entry = found.get(part);
  if (entry !== void 0) return entry.value;
  return reader.refuse(
    reader.root,
    found.size === 0 ? "the policy file is empty" : `the policy file has only ${listed([...found.keys()])}, and no "${part}"`,
    `Add the key "${part}" with ${parts[part]}.`
  );
}
function readPolicyPart(reader, node, path) {
  const request = {};
  const places = /* @__PURE__ */ new Map();
  for (const [name, { key, value }] of reader.entries(node, "policy", policyShape)) {
    const claims2 = claimKeys.get(name);
    const option = claims2 ?? optionKeys.get(name);
    if (option === void 0) continue;
    places.set(option, reader.placeOf(key));
    request[option] = claims2 === void 0 ? readOption(reader, option, value, name, path) : readClaims(reader, value, name);
  }
  if (!policyOptions.some((option) => isGiven(request, option)))
    reader.refuse(node, '"policy" is empty');
  return { request, places };
}
function readOption(reader, option, node, name, path) {
  switch (policyRows[option].form.type) {
    case "switch":
      return reader.switch(node, name);
    case "list":
      return readTexts(reader, node, name);
    case "text":
      return reader.text(node, name, texts.any).value;
    case "path":
      return resolve(dirname(path), reader.text(node, name, texts.any).value);
  }
}
function readClaims(reader, node, name) {
  const shape = policyShape.keys[name]?.shape;
  if (shape?.kind !== "map") return [];
  return [...reader.entries(node, name, shape)].flatMap(
    ([claim, { value }]) => readTexts(reader, value, claim).map((each) => `${claim}=${each}`)
  );
}
function readTexts(reader, node, name) {
  return reader.read(node, name, list(text(texts.any))).map(({ value }) => value);
}
function atKeys(failure, { request, places }, said, path) {
  if (!(failure instanceof CountersignError) || failure.code !== "POLICY_INVALID") return failure;
  const { code, message, remedy } = failure;
  const isKey = (option) => isGiven(request, option) && !isGiven(said, option);
  const named = withKeys(message, isKey);
  if (named === message && policyOptions.some((option) => isGiven(said, option))) return failure;
  const [first] = optionsIn(message).filter(isKey);
  const place = (first && places.get(first)) ?? path;
  return new CountersignError(code, `${place}: ${named}`, {
    cause: failure,
    ...remedy !== void 0 && { remedy: withKeys(remedy, (option) => policyRows[option].place !== "beside") }
  });
}
var quotedName = /`([a-z-]+)`/g;
function optionsIn(message) {
  return [...message.matchAll(quotedName)].flatMap(
    ([, name]) => policyOptions.filter((one) => shownName(one) === name)
  );
}
function withKeys(message, isKey) {
  return message.replace(quotedName, (whole, name) => {
    const option = policyOptions.find((one) => shownName(one) === name);
    return option !== void 0 && isKey(option) ? `"${keyOf(option)}"` : whole;
  });
}
function keyOf(option) {
  const [claims2] = [...claimKeys].find(([, one]) => one === option) ?? [];
  return claims2 ?? optionName(option);
}

import "./options-row.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-json.mjs";

import { readInput } from "./run-world-read-input.mjs";

var signShape = {
  kind: "map",
  what: "the policy of signing",
  key: "a key of the policy of signing",
  keys: {
    "on-outage": {
      shape: list(text(texts.logFallback)),
      about: "Values of `on-outage` that may be used for signing while a transparency log is down. By default, none."
    }
  }
};
function readSignPart(reader, node) {
  const { "on-outage": onOutage = [] } = reader.read(node, "sign", signShape);
  return { onOutage: fallbacks.filter((one) => onOutage.some(({ value }) => value === one)) };
}
var fallbacks = ["timestamp-only", "second-log"];
async function loadSignPolicy(path, world) {
  if (path === "") fail("POLICY_INVALID", "the path of the policy is empty");
  const text2 = Buffer.from(await readInput(path, "policy", world)).toString("utf8");
  return withSuggestion(() => {
    const reader = new YamlReader(text2, path);
    return readSignPart(reader, requirePart(reader, partsOf(reader), "sign"));
  });
}
export {
  YamlReader,
  atKeys,
  demandShallow,
  fileLimits,
  list,
  loadSignPolicy,
  partsOf,
  partsOf as partsOf_2,
  readPolicyFile,
  readPolicyPart,
  readPolicyPart as readPolicyPart_2,
  readSignPart,
  requirePart,
  requirePart as requirePart_2,
  ruleSyntax,
  text,
  texts,
  withSuggestion
};

import { readWatchPolicy } from "./run-policy-file-watch-shape.mjs";
import { demandShallow, fileLimits } from "./run-policy-policy-file.mjs";
import { require_dist } from "./yaml-dist-parse-lexer.mjs";
import { claimName, fulcioExtensionArcs } from "./core-log-cosignature.mjs";
import { fail, __toESM } from "./core-errors-codes.mjs";
var import_yaml = __toESM(require_dist(), 1);
var options = {
  startIndex: "use `--from` instead",
  endIndex: "a watch reads to the end of the log",
  outputIdentities: "use `--ocsf` instead",
  outputIdentitiesFormat: "use `--json` or `--ocsf` instead",
  logInfoFile: "use `--state` instead",
  identityMetadataFile: "use `--state` instead",
  caRootsFile: "the authorities are those of `--trusted-root`",
  caIntermediatesFile: "the authorities are those of `--trusted-root`",
  ctShards: "the logs are those of `--trusted-root`; use `--log` to choose some of them",
  githubIssue: "use `--issue` instead, with the token in GITHUB_TOKEN",
  emailNotification: "use `--webhook` or `--issue` instead"
};
async function importRekorMonitorConfig(text, path) {
  const { values, notes } = new MonitorConfig(text, path).convert();
  const watch = {
    repositories: [...values.repositories].map((name) => ({ name })),
    owners: [...values.owners].map((name) => ({ name })),
    identities: [...values.identities.values()],
    issuers: [...values.issuers],
    keys: [...values.keys]
  };
  const filled = Object.fromEntries(Object.entries(watch).filter(([, list]) => list.length > 0));
  const sorted = notes.sort((one, other) => one.line - other.line);
  if (Object.keys(filled).length === 0) return { policy: void 0, notes: sorted };
  const policy = (0, import_yaml.stringify)(
    { watch: filled },
    { lineWidth: 0, defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }
  );
  await readWatchPolicy(policy, "the converted policy");
  return { policy, notes: sorted };
}
var MonitorConfig = class {
  #path;
  #lines = new import_yaml.LineCounter();
  #root;
  #notes = [];
  #values = {
    repositories: /* @__PURE__ */ new Set(),
    owners: /* @__PURE__ */ new Set(),
    issuers: /* @__PURE__ */ new Set(),
    keys: /* @__PURE__ */ new Set(),
    identities: /* @__PURE__ */ new Map()
  };
  constructor(text, path) {
    this.#path = path;
    if (text.length > fileLimits.file)
      fail("LIMIT_EXCEEDED", `the configuration ${path} is too large: the limit is ${fileLimits.file} characters`);
    demandShallow(text, path);
    const document = (0, import_yaml.parseDocument)(text, {
      schema: "failsafe",
      lineCounter: this.#lines,
      uniqueKeys: false,
      prettyErrors: false
    });
    const [problem] = document.errors;
    if (problem !== void 0)
      fail(
        "FORMAT_UNSUPPORTED",
        `${path}:${this.#lines.linePos(problem.pos[0]).line}: ${problem.message.replace(/\n.*/s, "")}`
      );
    this.#root = document.contents;
  }
  convert() {
    const entries = this.#entries(this.#root);
    if (!entries.some(({ name }) => name === "monitoredValues"))
      fail("FORMAT_UNSUPPORTED", `${this.#path} is not a configuration of rekor-monitor: it has no "monitoredValues"`, {
        remedy: "Specify the file that rekor-monitor reads with `--config-file`."
      });
    for (const { name, key, value } of entries) {
      if (name === "monitoredValues") this.#monitoredValues(value);
      else
        this.#note(
          key,
          Object.hasOwn(options, name) ? `${quote(name)} is not converted: ${options[name]}` : unknown(name)
        );
    }
    return { values: this.#values, notes: this.#notes };
  }
  #monitoredValues(node) {
    for (const { name, key, value } of this.#entries(node)) {
      if (name === "certIdentities") for (const item of this.#items(value)) this.#certIdentity(item);
      else if (name === "subjects") for (const item of this.#items(value)) this.#identity(item, void 0);
      else if (name === "fingerprints") for (const item of this.#items(value)) this.#fingerprint(item);
      else if (name === "oidMatchers") this.#oidMatchers(value);
      else this.#note(key, unknown(name));
    }
  }
  #certIdentity(node) {
    let subject;
    const issuers = [];
    for (const { name, key, value } of this.#entries(node)) {
      if (name === "certSubject") subject = value;
      else if (name === "issuers") issuers.push(...this.#issuers(value));
      else this.#note(key, unknown(name));
    }
    if (subject === void 0) {
      for (const issuer of issuers) if (issuer !== void 0) this.#values.issuers.add(issuer);
      return;
    }
    const known = issuers.filter((issuer) => issuer !== void 0);
    if (issuers.length > 0 && known.length === 0)
      this.#note(
        subject,
        `${quote(textOf(subject))} is watched under every issuer, because its issuers are not converted`
      );
    for (const issuer of known.length === 0 ? [void 0] : known) this.#identity(subject, issuer);
  }
  #issuers(node) {
    return this.#items(node).map((item) => {
      const literal = this.#literal(item, "the issuer");
      if (literal === void 0) return void 0;
      if (!literal.isPrefix && /^https?:\/\/[^\s*]+$/.test(literal.text)) return literal.text;
      this.#note(item, `the issuer ${quote(textOf(item))} is not converted: issuers are compared as whole URLs`);
      return void 0;
    });
  }
  #identity(node, issuer) {
    const literal = this.#literal(node, "the identity");
    if (literal === void 0) return;
    const { text, isPrefix } = literal;
    const isUrl = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/*\s]+\/[^/*\s]/.test(text);
    const isWhole = isUrl || /^[^@\s*]+@[^@\s*/]+$/.test(text);
    const isSegment = isPrefix && isUrl && /[/@]$/.test(text);
    if (isSegment || !isPrefix && isWhole) {
      const match = isSegment || this.#isUnfinished(text) ? { segment: text.replace(/[/@]+$/, "") } : { exact: text };
      this.#values.identities.set(`${JSON.stringify(match)} ${issuer}`, {
        ...match,
        ...issuer !== void 0 && { issuer }
      });
    } else
      this.#note(
        node,
        `the identity ${quote(textOf(node))} is not converted: it is a part of a name; use "exact", "segment" or "glob"`
      );
  }
  /** Reports whether a URL names no workflow yet. rekor-monitor finds it within longer names. */
  #isUnfinished(text) {
    return /^https?:\/\//.test(text) && !text.includes("@");
  }
  #fingerprint(node) {
    const text = textOf(node);
    if (!/^[0-9a-fA-F]{64}$/.test(text)) {
      this.#note(node, `the fingerprint ${quote(text)} is not converted: it is not a SHA-256 digest in hexadecimal`);
      return;
    }
    this.#values.keys.add(text.toLowerCase());
    this.#note(node, "a fingerprint is watched as that of a key; the fingerprint of a certificate matches nothing");
  }
  #oidMatchers(node) {
    for (const { name, key, value } of this.#entries(node)) {
      if (name === "fulcioExtensions")
        for (const { name: claim, value: texts } of this.#entries(value))
          for (const item of this.#items(texts)) this.#claim(claim, item);
      else if (name === "oidExtensions" || name === "customExtensions")
        for (const item of this.#items(value)) this.#extension(item);
      else this.#note(key, unknown(name));
    }
  }
  #extension(node) {
    const entries = this.#entries(node);
    const identifier = entries.find(({ name }) => name === "objectIdentifier")?.value;
    const oid = (0, import_yaml.isSeq)(identifier) ? identifier.items.map(textOf).join(".") : textOf(identifier);
    const [, arc] = /^1\.3\.6\.1\.4\.1\.57264\.1\.(\d{1,2})$/.exec(oid) ?? [];
    const claim = Object.keys(fulcioExtensionArcs).find(
      (each) => String(fulcioExtensionArcs[each]) === arc
    );
    if (claim === void 0)
      this.#note(node, `the extension ${quote(oid)} is not converted: only those of Fulcio can be watched`);
    else
      for (const item of this.#items(entries.find(({ name }) => name === "extensionValues")?.value))
        this.#claim(claimName(claim), item);
  }
  /** Converts the value of a claim, which rekor-monitor compares exactly. */
  #claim(claim, node) {
    const text = textOf(node);
    const [, owner, repository] = /^https:\/\/github\.com\/([A-Za-z0-9_-]+)(?:\/([A-Za-z0-9._-]+))?$/.exec(text) ?? [];
    if (claim === "source-repository-uri" && repository !== void 0)
      this.#values.repositories.add(`${owner}/${repository}`);
    else if (claim === "source-repository-owner-uri" && owner !== void 0 && repository === void 0)
      this.#values.owners.add(owner);
    else if (claim === "issuer" && /^https?:\/\/[^\s*]+$/.test(text)) this.#values.issuers.add(text);
    else if (claim === "build-signer-uri" && /^https?:\/\/[^*]+@[^*]+$/.test(text))
      this.#values.identities.set(`claim ${text}`, { exact: text });
    else {
      const help = claim.endsWith("-identifier") ? '; add it as "id" or "owner-id" of its repository' : "";
      this.#note(node, `the ${claim} ${quote(text)} is not converted: this claim cannot be watched alone${help}`);
    }
  }
  /** Returns the text that a regular expression stands for; undefined, with a note, if it stands for several. */
  #literal(node, what) {
    const expression = textOf(node);
    const isPrefix = /(?:^|[^\\])\.\*\$?$/.test(expression);
    const body = expression.replace(/^\^/, "").replace(isPrefix ? /\.\*\$?$/ : /\$$/, "");
    let text = "";
    let hasDots = false;
    for (let at = 0; at < body.length; at++) {
      const character = body[at] ?? "";
      const next = body[at + 1] ?? "";
      if (character === "\\" && /[^A-Za-z0-9]/.test(next)) {
        text += next;
        at++;
      } else if (character === "." && !/[*+?{]/.test(next)) {
        hasDots = true;
        text += ".";
      } else if (/[\\^$.|?*+()[\]{}]/.test(character)) {
        this.#note(node, `${what} ${quote(expression)} is not converted: it is a regular expression`);
        return void 0;
      } else text += character;
    }
    if (hasDots)
      this.#note(node, `the dots of ${quote(expression)} are converted as dots; the expression means any character`);
    return { text, isPrefix };
  }
  #entries(node) {
    if (!(0, import_yaml.isMap)(node)) {
      if (node !== this.#root) this.#note(node, "a mapping is expected here, so that nothing is converted");
      return [];
    }
    return node.items.map(({ key, value }) => ({ name: textOf(key), key, value }));
  }
  #items(node) {
    if ((0, import_yaml.isSeq)(node)) return node.items;
    this.#note(node, "a list is expected here, so that nothing is converted");
    return [];
  }
  #note(node, message) {
    const offset = node?.range?.[0] ?? 0;
    this.#notes.push({ line: this.#lines.linePos(offset).line, message });
  }
};
function textOf(node) {
  return (0, import_yaml.isScalar)(node) && typeof node.value === "string" ? node.value : "";
}
function unknown(name) {
  return `${quote(name)} is not converted: it is unknown`;
}
function quote(text) {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}\u2026` : text);
}

import "./run-policy-policy-file.mjs";

import { plainLine, plainLines } from "./options-row.mjs";

import "./run-policy-request.mjs";

import "./options-policy.mjs";

import "./options-row.mjs";

import "./options-row.mjs";

import { readInputFile } from "./run-world-read-input.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der-writer.mjs";

import "./node-regular-file.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-json.mjs";

import "./core-errors-codes.mjs";

var maxLength = 16 * 1024 * 1024;
async function importMonitorConfig(path, { files }) {
  const bytes = await readInputFile(path, "configuration", files, maxLength);
  const { policy, notes } = await importRekorMonitorConfig(Buffer.from(bytes).toString("utf8"), path);
  for (const { line, message } of notes) process.stderr.write(`${plainLine(`${path}:${line}: ${message}`)}
`);
  if (policy === void 0)
    fail("FORMAT_UNSUPPORTED", `nothing of ${path} could be converted to a policy`, {
      remedy: "Write a policy file by hand: a name under watch.repositories is enough."
    });
  process.stdout.write(plainLines(policy));
}
export {
  importMonitorConfig,
  importRekorMonitorConfig
};

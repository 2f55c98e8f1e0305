import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  require_dist
} from "./chunk-7PSLGEO4.mjs";
import {
  optionName,
  policyOptions
} from "./chunk-7CUJHYSP.mjs";
import {
  decodeUtf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  fail
} from "./chunk-4KXGZMC2.mjs";
import {
  __toESM
} from "./chunk-ON453OIK.mjs";

// src/run/policy-file.ts
var import_yaml = __toESM(require_dist(), 1);
import { dirname, resolve } from "node:path";
var maxLength = 1024 * 1024;
var names = new Map(
  Object.keys(policyOptions).filter((option) => option !== "policy" && option !== "claim" && option !== "refuseClaim").map((option) => [optionName(option), option])
);
var claimMaps = /* @__PURE__ */ new Map([
  ["claims", "claim"],
  ["refused-claims", "refuseClaim"]
]);
function readPolicyFile(bytes, path) {
  if (bytes.length > maxLength) fail("LIMIT_EXCEEDED", `the policy ${path} is longer than ${maxLength} bytes`);
  const text = decodeUtf8(bytes) ?? fail("POLICY_INVALID", `the policy ${path} is not UTF-8`);
  return new PolicyFile(text, path).read();
}
var PolicyFile = class {
  #path;
  #lines = new import_yaml.LineCounter();
  #root;
  constructor(text, path) {
    this.#path = path;
    const document = (0, import_yaml.parseDocument)(text, { schema: "failsafe", lineCounter: this.#lines, uniqueKeys: true });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== void 0) {
      fail("POLICY_INVALID", `${this.#place(problem.pos[0])}: ${problem.message.replace(/(?: at line |\n).*/s, "")}`);
    }
    this.#root = document.contents;
  }
  read() {
    const [policy, ...others] = this.#entries(this.#root, "the policy file");
    const stranger = policy?.name === "policy" ? others[0] : policy;
    if (policy === void 0 || stranger !== void 0)
      this.#refuse(stranger?.key, "a policy file has one key, `policy`");
    const request = {};
    for (const { name, key, value } of this.#entries(policy.value, "`policy`")) {
      const claims = claimMaps.get(name);
      const option = names.get(name);
      if (claims !== void 0) request[claims] = this.#claims(value, name);
      else if (option === void 0) {
        const known = [...names.keys(), ...claimMaps.keys()].join(", ");
        this.#refuse(key, `\`${name}\` is not a key of a policy`, `The keys are ${known}.`);
      } else request[option] = option === "key" ? this.#keyPath(value, name) : this.#value(option, value, name);
    }
    return request;
  }
  #value(option, node, name) {
    switch (policyOptions[option]) {
      case "switch":
        return this.#switch(node, name);
      case "list":
        return this.#list(node, name);
      case "text":
        return this.#text(node, name);
    }
  }
  #keyPath(node, name) {
    return resolve(dirname(this.#path), this.#text(node, name));
  }
  #claims(node, name) {
    return this.#entries(node, `\`${name}\``).flatMap(
      (claim) => this.#list(claim.value, claim.name).map((value) => `${claim.name}=${value}`)
    );
  }
  #switch(node, name) {
    const value = this.#text(node, name);
    return value === "true" || value !== "false" && this.#refuse(node, `\`${name}\` is neither true nor false`);
  }
  #list(node, name) {
    if (!(0, import_yaml.isSeq)(node)) return [this.#text(node, name)];
    if (node.items.length === 0) this.#refuse(node, `\`${name}\` is an empty list`);
    return node.items.map((item) => this.#text(item, name));
  }
  #text(node, name) {
    if (!(0, import_yaml.isScalar)(node) || typeof node.value !== "string") return this.#refuse(node, `\`${name}\` is not a text`);
    return node.value === "" ? this.#refuse(node, `\`${name}\` is empty`) : node.value;
  }
  #entries(node, what) {
    if (!(0, import_yaml.isMap)(node)) return this.#refuse(node, `${what} is not a mapping`);
    return node.items.map(
      ({ key, value }) => (0, import_yaml.isScalar)(key) && typeof key.value === "string" ? { name: key.value, key, value } : this.#refuse(key, `${what} has a key that is not a name`)
    );
  }
  #refuse(node, message, remedy) {
    const offset = node?.range?.[0];
    return fail("POLICY_INVALID", `${this.#place(offset ?? 0)}: ${message}`, remedy === void 0 ? {} : { remedy });
  }
  #place(offset) {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.#path}:${line}:${col}`;
  }
};
export {
  readPolicyFile
};

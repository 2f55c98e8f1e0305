import { require_dist } from "./yaml-dist-parse-lexer.mjs";
import { isGiven, policyOptions, shownName } from "./run-policy-signer.mjs";
import { policyRows } from "./options-policy.mjs";
import { optionName } from "./options-shared.mjs";
import { CountersignError, fail, __toESM } from "./core-errors-reference.mjs";
import { dirname, resolve } from "node:path";
var import_yaml = __toESM(require_dist(), 1);
var maxLength = 1024 * 1024;
var names = new Map(
  policyOptions.filter((option) => policyRows[option].place !== "beside" && option !== "claim" && option !== "refuseClaim").map((option) => [optionName(option), option])
);
var claimMaps = /* @__PURE__ */ new Map([
  ["claims", "claim"],
  ["refused-claims", "refuseClaim"]
]);
function readPolicyFile(text, path) {
  if (text.length > maxLength)
    fail("LIMIT_EXCEEDED", `the policy file ${path} is too large: the limit is ${maxLength} characters`);
  return new PolicyFile(text, path).read();
}
function atKeys(failure, written, said, path) {
  if (!(failure instanceof CountersignError) || failure.code !== "POLICY_INVALID") return failure;
  const { code, message, remedy } = failure;
  const isKey = (option) => isGiven(written, option) && !isGiven(said, option);
  const named = withKeys(message, isKey);
  if (named === message && policyOptions.some((option) => isGiven(said, option))) return failure;
  return new CountersignError(code, `${path}: ${named}`, {
    cause: failure,
    ...remedy !== void 0 && { remedy: withKeys(remedy, (option) => policyRows[option].place !== "beside") }
  });
}
function withKeys(text, isKey) {
  return text.replace(/`([a-z-]+)`/g, (whole, name) => {
    const option = policyOptions.find((one) => shownName(one) === name);
    return option !== void 0 && isKey(option) ? `"${keyOf(option)}"` : whole;
  });
}
function keyOf(option) {
  const [claims] = [...claimMaps].find(([, one]) => one === option) ?? [];
  return claims ?? optionName(option);
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
      this.#refuse(stranger?.key, 'the only top-level key of a policy file must be "policy"');
    const request = {};
    for (const { name, key, value } of this.#entries(policy.value, '"policy"')) {
      const claims = claimMaps.get(name);
      const option = names.get(name);
      if (claims !== void 0) request[claims] = this.#claims(value, name);
      else if (option === void 0) {
        const known = [...names.keys(), ...claimMaps.keys()].join(", ");
        this.#refuse(key, `${JSON.stringify(name)} is not a policy key`, `Use one of ${known}.`);
      } else request[option] = this.#value(option, value, name);
    }
    if (!policyOptions.some((option) => isGiven(request, option)))
      this.#refuse(policy.value, '"policy" is empty');
    return request;
  }
  #value(option, node, name) {
    switch (policyRows[option].form.type) {
      case "switch":
        return this.#switch(node, name);
      case "list":
        return this.#list(node, name);
      case "text":
        return this.#text(node, name);
      case "path":
        return resolve(dirname(this.#path), this.#text(node, name));
    }
  }
  #claims(node, name) {
    const claims = this.#entries(node, JSON.stringify(name));
    if (claims.length === 0) this.#refuse(node, `${JSON.stringify(name)} is empty`);
    return claims.flatMap((claim) => this.#list(claim.value, claim.name).map((value) => `${claim.name}=${value}`));
  }
  #switch(node, name) {
    const value = this.#text(node, name);
    return value === "true" || value !== "false" && this.#refuse(node, `${JSON.stringify(name)} must be true or false`);
  }
  #list(node, name) {
    if (!(0, import_yaml.isSeq)(node)) return [this.#text(node, name)];
    if (node.items.length === 0) this.#refuse(node, `${JSON.stringify(name)} is an empty list`);
    return node.items.map((item) => this.#text(item, name));
  }
  #text(node, name) {
    if (!(0, import_yaml.isScalar)(node) || typeof node.value !== "string")
      return this.#refuse(node, `${JSON.stringify(name)} is not a string`);
    return node.value === "" ? this.#refuse(node, `${JSON.stringify(name)} is empty`) : node.value;
  }
  #entries(node, what) {
    if (!(0, import_yaml.isMap)(node)) return this.#refuse(node, `${what} is not a mapping`);
    return node.items.map(
      ({ key, value }) => (0, import_yaml.isScalar)(key) && typeof key.value === "string" ? { name: key.value, key, value } : this.#refuse(key, `${what} has a key that is not a string`)
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
  atKeys,
  readPolicyFile
};

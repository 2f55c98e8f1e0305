import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);

// src/run/policy-request.ts
var policyOptions = {
  policy: "text",
  certificateIdentity: "text",
  certificateIdentityWithin: "text",
  certificateIdentityGlob: "text",
  anyIdentity: "switch",
  certificateOidcIssuer: "text",
  anyIssuer: "switch",
  key: "text",
  repo: "text",
  owner: "text",
  hostname: "text",
  signerWorkflow: "text",
  signerRepo: "text",
  signerDigest: "list",
  sourceRef: "list",
  sourceDigest: "list",
  sourceRepositoryId: "list",
  sourceOwnerId: "list",
  trigger: "list",
  runnerEnvironment: "list",
  denySelfHostedRunners: "switch",
  claim: "list",
  refuseClaim: "list",
  predicateType: "text",
  subjectName: "text",
  certificateLogs: "text",
  logEntries: "text",
  timestamps: "text",
  insecureIgnoreSct: "switch",
  insecureIgnoreTlog: "switch",
  witness: "list",
  witnessThreshold: "text",
  certificateIdentityRegexp: "text",
  certificateOidcIssuerRegexp: "text"
};
function optionName(option) {
  return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
function isGiven(request, option) {
  const value = request[option];
  return value !== void 0 && value !== false && !(Array.isArray(value) && value.length === 0);
}
function given(request, ...options) {
  return options.filter((option) => isGiven(request, option)).map((option) => `\`${optionName(option)}\``);
}

export {
  policyOptions,
  optionName,
  isGiven,
  given
};

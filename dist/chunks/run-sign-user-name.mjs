import { expectStatus } from "./services-http-answer.mjs";
import { shownUrl } from "./core-certificate-certificate.mjs";
import { ProtoField } from "./core-encoding-der.mjs";
import { parseJson, asObject, asText, decodeUtf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail } from "./core-errors-codes.mjs";
var maxIssuers = 1024;
async function findIssuer(http, baseUrl, issuer) {
  const request = {
    method: "GET",
    url: new URL(`${baseUrl.replace(/\/$/, "")}/api/v2/configuration`),
    headers: { accept: "application/json" },
    service: "the certificate authority",
    quotes: "code",
    timeoutMilliseconds: 1e4,
    maxBodyLength: 1024 * 1024
  };
  const { body } = expectStatus(request, await http(request), 200);
  const what = `the configuration of the certificate authority (${request.url.origin})`;
  const issuers = ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", what).field("issuers").list(maxIssuers);
  const found = issuers.find((one) => one.field("issuerUrl").string() === issuer);
  return found && { type: found.field("issuerType").string(), subjectDomain: found.field("subjectDomain").string() };
}
var domainShape = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;
async function withDomain(tokens, { issuer }, http, certificateAuthority) {
  const configured = await findIssuer(http, certificateAuthority, issuer);
  const refuse = (message, remedy) => fail("TOKEN_INVALID", message, { remedy });
  if (configured === void 0)
    return refuse(
      `the certificate authority does not accept identity tokens of ${shownUrl(issuer)}`,
      "Use a token of another issuer, or another `instance`."
    );
  if (configured.type === "email")
    return refuse(
      `the identity token of ${shownUrl(issuer)} has no email address`,
      "Request a token that contains the claim email (scope `openid email`)."
    );
  const domain = configured.subjectDomain;
  if (configured.type !== "username" || !domainShape.test(domain))
    return refuse(
      `identity tokens of ${shownUrl(issuer)} are not supported: it is unknown which name the certificate would contain`,
      "Use a token of a supported provider, or one with an email address."
    );
  const complete = async () => {
    const token = await tokens();
    return { ...token, certificateIdentity: `${token.certificateIdentity}!${domain}` };
  };
  return Object.assign(complete, { [Symbol.dispose]: () => tokens[Symbol.dispose]() });
}

function explainInput(bytes, what, path, error) {
  const found = explainText(bytes) ?? explainDocument(bytes, what);
  if (found === void 0) return error;
  return new CountersignError(error.code, `the ${what} ${path} ${found.is}`, { remedy: found.remedy, cause: error });
}
function explainText(bytes) {
  const start = (decodeUtf8(bytes.subarray(0, 256)) ?? "").trimStart();
  if (start.startsWith("<"))
    return { is: "is HTML or XML, not JSON", remedy: "Check the URL that it was downloaded from." };
  if (start.startsWith("-----BEGIN ")) return { is: "is PEM, not JSON", remedy: "Check the path." };
  return void 0;
}
function explainDocument(bytes, what) {
  const document = asObject(attempt(() => parseJson(bytes)));
  if (document === void 0) return void 0;
  const type = (asText(document.mediaType ?? document.media_type) ?? "").toLowerCase();
  if (type.includes("clienttrustconfig") || "trustedRoot" in document && "signingConfig" in document) {
    const member = what === "signing config" ? "signingConfig" : "trustedRoot";
    return {
      is: "is a ClientTrustConfig, which contains a trusted root and a signing config",
      remedy: `Write the member \`${member}\` to a separate file (\`jq .${member} FILE\`), and specify that file.`
    };
  }
  if (type.includes("signingconfig.v0.1"))
    return {
      is: "is a signing config of version 0.1, which is not supported",
      remedy: "Use a signing config of version 0.2."
    };
  const kinds = [
    ["trusted root", type.includes("trustedroot")],
    ["signing config", type.includes("signingconfig")],
    ["bundle", type.includes("bundle")],
    ["TUF root", "signed" in document && "signatures" in document]
  ];
  const [kind] = kinds.find(([, isIt]) => isIt) ?? [];
  if (kind === void 0 || kind === what) return void 0;
  const remedies = {
    "trusted root": "Specify it with `trusted-root`.",
    "signing config": "Specify it with `signing-config`.",
    "TUF root": "Specify it with `tuf-root`, and the URL of its repository with `tuf-url`."
  };
  return { is: `is a ${kind}`, remedy: remedies[kind] ?? "Check the path." };
}
export {
  explainInput,
  withDomain
};

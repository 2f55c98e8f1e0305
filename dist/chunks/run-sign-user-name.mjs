import { expectStatus } from "./services-http-answer.mjs";
import { shownUrl } from "./core-certificate-certificate.mjs";
import { ProtoField } from "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { fail } from "./core-errors-codes.mjs";
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
export {
  withDomain
};

import { isSafeUrl } from "./node-make-folder.mjs";
import { covers, readValidityWindow, shownUrl } from "./core-certificate-certificate.mjs";
import { ProtoField } from "./core-encoding-der.mjs";
import { fail } from "./core-errors-codes.mjs";
var spoken = {
  certificateAuthority: [1],
  transparencyLog: [1, 2],
  timestampAuthority: [1],
  identityProvider: [1]
};
var mediaType = "application/vnd.dev.sigstore.signingconfig.v0.2+json";
var selectors = { SERVICE_SELECTOR_UNDEFINED: 0, ALL: 1, ANY: 2, EXACT: 3 };
var maxLength = 1024 * 1024;
var maxServices = 64;
function readSigningConfig(json) {
  const config = ProtoField.parse(json, "SIGNING_CONFIG_INVALID", "signingConfig", { maxLength });
  if (config.field("mediaType").string() !== mediaType) config.field("mediaType").fail(`is not ${mediaType}`);
  const services = (name) => config.field(name).list(maxServices).map(readService);
  return {
    certificateAuthorities: services("caUrls"),
    // Their URLs are checked when somebody logs in.
    identityProviders: config.field("oidcUrls").list(maxServices).map(readAnyService),
    transparencyLogs: services("rekorTlogUrls"),
    transparencyLogSelector: readSelector(config.field("rekorTlogConfig")),
    timestampAuthorities: services("tsaUrls"),
    timestampAuthoritySelector: readSelector(config.field("tsaConfig"))
  };
}
function readService(service) {
  checkServiceUrl(service.field("url"), service.field("url").text());
  return readAnyService(service);
}
function readAnyService(service) {
  return {
    url: service.field("url").text(),
    majorApiVersion: Number(service.field("majorApiVersion").uint64()),
    validFor: readValidityWindow(service.field("validFor")),
    operator: service.field("operator").string()
  };
}
function checkServiceUrl(field, text) {
  const url = URL.canParse(text) ? new URL(text) : void 0;
  const isAccount = url !== void 0 && (url.username !== "" || url.password !== "");
  if (url !== void 0 && !isAccount && isSafeUrl(url)) return;
  const account = isAccount ? " with credentials, which are not supported" : "";
  field.fail(`is ${JSON.stringify(shownUrl(text))}${account}; it must be an https URL, or an http URL of this machine`);
}
function readSelector(field) {
  const selector = field.field("selector").enum(selectors);
  switch (selector) {
    case "ANY":
      return { kind: "any" };
    case "ALL":
      return { kind: "all" };
    case "EXACT": {
      const count = Number(field.field("count").uint64());
      return count > 0 ? { kind: "exact", count } : field.field("count").fail("is not a positive integer");
    }
    case "SERVICE_SELECTOR_UNDEFINED":
      return void 0;
    default:
      return field.field("selector").fail("is not ANY, ALL or EXACT");
  }
}
function selectServices(config, now, logVersion) {
  const [certificateAuthority] = usable(config.certificateAuthorities, spoken.certificateAuthority, now);
  if (certificateAuthority === void 0) {
    fail(
      "NO_SERVICE",
      "the signing config has no certificate authority that is valid now and has a supported API version",
      {
        remedy: upgrade(now)
      }
    );
  }
  return {
    certificateAuthority,
    transparencyLogs: choose(
      "transparency log",
      config.transparencyLogs,
      logVersion === void 0 ? spoken.transparencyLog : [logVersion],
      config.transparencyLogSelector,
      now
    ),
    timestampAuthorities: choose(
      "timestamp authority",
      config.timestampAuthorities,
      spoken.timestampAuthority,
      config.timestampAuthoritySelector,
      now
    )
  };
}
function selectSecondLog({ transparencyLogs }, now, chosen) {
  const urls = new Set(chosen.map(({ url }) => url));
  return usable(transparencyLogs, spoken.transparencyLog, now).find(({ url }) => !urls.has(url));
}
function selectIdentityProvider(config, now) {
  return usable(config.identityProviders, spoken.identityProvider, now)[0];
}
function upgrade(now) {
  return `Update the signing config or Countersign. The services in this signing config may have been replaced. If both are current, check the clock of this machine; it shows ${now.toISOString()}.`;
}
function usable(services, versions, now) {
  return services.filter((service) => versions.includes(service.majorApiVersion) && covers(service.validFor, now)).sort((a, b) => b.majorApiVersion - a.majorApiVersion || b.validFor.start.getTime() - a.validFor.start.getTime());
}
function choose(what, services, versions, selector, now) {
  if (services.length === 0 && selector?.kind !== "exact") return [];
  if (selector === void 0) fail("SIGNING_CONFIG_INVALID", `the signing config has no ${what} selector`);
  const operators = /* @__PURE__ */ new Set();
  const candidates = usable(services, versions, now).filter(({ operator, url }) => {
    const key = operator || url;
    return !operators.has(key) && operators.add(key);
  });
  const needed = selector.kind === "exact" ? selector.count : 1;
  if (candidates.length < needed) {
    fail(
      "NO_SERVICE",
      `the signing config requires ${needed} of its ${what} services, but only ${candidates.length} can be used now`,
      {
        remedy: upgrade(now)
      }
    );
  }
  return selector.kind === "all" ? candidates : candidates.slice(0, needed);
}
export {
  readSigningConfig,
  selectIdentityProvider,
  selectSecondLog,
  selectServices
};

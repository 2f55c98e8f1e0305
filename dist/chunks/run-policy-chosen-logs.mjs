function logUrl(url) {
  return url.replace(/\/$/, "");
}
function isCertificateLog(protocol) {
  return protocol === "rfc6962" || protocol === "static-ct";
}

import { fail } from "./core-errors-codes.mjs";

function chosenLogs(urls, roots) {
  const known = roots.flatMap(({ trust }) => [...trust.transparencyLogs, ...trust.certificateTransparencyLogs]).map(({ baseUrl }) => logUrl(baseUrl));
  const chosen = new Set(urls.map(logUrl));
  const unknown = [...chosen].find((url) => !known.includes(url));
  if (unknown !== void 0)
    fail("USAGE", `the log ${JSON.stringify(unknown)} is not in the trusted root`, {
      remedy: `Use one of ${[...new Set(known)].join(", ")}, or a trusted root that names the log.`
    });
  const isChosen = ({ baseUrl }) => chosen.size === 0 || chosen.has(logUrl(baseUrl));
  return (trust) => ({
    ...trust,
    transparencyLogs: trust.transparencyLogs.filter(isChosen),
    certificateTransparencyLogs: trust.certificateTransparencyLogs.filter(isChosen)
  });
}
export {
  chosenLogs,
  isCertificateLog,
  logUrl
};

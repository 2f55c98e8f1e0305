import { asObject, asText, parseJson, decodeUtf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt } from "./core-errors-reference.mjs";
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
  explainInput
};

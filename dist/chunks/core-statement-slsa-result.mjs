import { fail } from "./core-errors-codes.mjs";
var verificationSummaryType = "https://slsa.dev/verification_summary/v1";
var highestLevels = { BUILD: 3, SOURCE: 4 };
var properties = /* @__PURE__ */ new Set(["SLSA_SOURCE_TWO_PARTY_REVIEWED", "SLSA_BUILD_REPRODUCED"]);
var failedResult = "FAILED";
function unevaluated(track) {
  return `SLSA_${track}_LEVEL_UNEVALUATED`;
}
function isUnevaluated(result) {
  const track = trackOf(result);
  return track !== void 0 && result === unevaluated(track);
}
function trackOf(result) {
  return /^SLSA_(.+)_LEVEL_[^_]+$/.exec(result)?.[1];
}
function levelOf(result) {
  const [, track = "", digits = ""] = /^SLSA_([A-Z]+)_LEVEL_(\d)$/.exec(result) ?? [];
  const highest = Object.hasOwn(highestLevels, track) ? highestLevels[track] : void 0;
  return highest !== void 0 && Number(digits) <= highest ? Number(digits) : void 0;
}
function includesResult(results, demanded) {
  const level = levelOf(demanded);
  if (level === void 0) return results.includes(demanded);
  return results.some((one) => trackOf(one) === trackOf(demanded) && (levelOf(one) ?? -1) >= level);
}
function repeatedTrack(results) {
  const tracks = results.flatMap((one) => trackOf(one) ?? []);
  return tracks.find((track, at) => tracks.indexOf(track) !== at);
}
function readResult(text, name) {
  const isDefined = levelOf(text) !== void 0 || properties.has(text) || Object.keys(highestLevels).some((track) => text === unevaluated(track));
  const isOthers = /^[^\s\p{Cc}]+$/u.test(text) && !text.startsWith("SLSA_") && text !== failedResult;
  if (isDefined || isOthers) return text;
  return fail(
    "POLICY_INVALID",
    `\`${name}\` is ${JSON.stringify(text)}, which is not a level or property of SLSA 1.2`,
    {
      remedy: "Specify a level such as `SLSA_BUILD_LEVEL_2` or `SLSA_SOURCE_LEVEL_3`, a property such as `SLSA_BUILD_REPRODUCED`, or a name of your own without the prefix `SLSA_`."
    }
  );
}
export {
  failedResult,
  includesResult,
  isUnevaluated,
  readResult,
  repeatedTrack,
  trackOf,
  unevaluated,
  verificationSummaryType
};

import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);

// src/report/plain-text.ts
var unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
function plainLine(text) {
  return text.replace(unprintable, writtenOut).replaceAll("##[", "# #[").replace(/^(\s*):(?=:)/, "$1: ");
}
function plainLines(text) {
  return text.split("\n").map(plainLine).join("\n");
}
function plainJson(json) {
  return json.replace(unprintable, writtenOut).replaceAll("##[", "##\\u005b");
}
function writtenOut(character) {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}

export {
  plainLine,
  plainLines,
  plainJson
};

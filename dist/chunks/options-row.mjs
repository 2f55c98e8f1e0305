var text = { type: "text" };
var path = { type: "path" };
var list = { type: "list", separator: /\n/ };
var commaList = { type: "list", separator: /[\n,]/ };
var paths = { type: "paths" };
var flag = { type: "switch" };
var duration = { type: "duration" };
var secret = { type: "secret" };
var jobCount = { type: "job-count", max: 1e3 };
var artifactId = { type: "artifact-id" };
var artifactDigest = { type: "artifact-digest" };
function choice(values) {
  return { type: "choice", values };
}
function expression(text2) {
  return `\${{ ${text2} }}`;
}
function count(max) {
  return { type: "count", max };
}

function inputsOf(table, action) {
  return Object.entries(table).flatMap(([key, row]) => {
    const description = textFor(row.action ?? row.about, action);
    if (description === void 0) return [];
    const none = row.form.type === "switch" ? "false" : "";
    return [
      {
        key,
        name: row.input ?? optionName(key),
        form: row.form,
        description: row.action === void 0 && row.form.type === "list" ? `${description.text} One per line.` : description.text,
        default: description.default ?? row.default ?? none
      }
    ];
  });
}
function flagsOf(table, command) {
  return Object.entries(table).flatMap(([key, row]) => {
    const description = textFor(row.command ?? row.about, command);
    if (row.flags === void 0 || row.command !== void 0 && description === void 0) return [];
    return [
      { key, row, flags: row.flags, description: description?.text, default: description?.default ?? row.default }
    ];
  });
}
function textFor(texts, frontEnd) {
  const found = typeof texts === "object" ? texts[frontEnd] : texts;
  return typeof found === "string" ? { text: found } : found;
}
function optionName(key) {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

var unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
function plainLine(text2) {
  return text2.replace(unprintable, writtenOut).replaceAll("##[", "# #[").replace(/^(\s*):(?=:)/, "$1: ");
}
function plainLines(text2) {
  return text2.split("\n").map(plainLine).join("\n");
}
function plainJson(json) {
  return json.replace(unprintable, writtenOut).replaceAll("##[", "##\\u005b");
}
function writtenOut(character) {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}
export {
  artifactDigest,
  artifactId,
  choice,
  commaList,
  count,
  duration,
  expression,
  flag,
  flagsOf,
  inputsOf,
  jobCount,
  list,
  optionName,
  path,
  paths,
  plainJson,
  plainLine,
  plainLines,
  secret,
  text
};

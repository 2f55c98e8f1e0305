import { shorten, shownText } from "./report-shorten.mjs";
var maxCodeLength = 160;
var maxProseLength = 1e3;
function code(text, maxLength = maxCodeLength) {
  const shown = shownText(text, maxLength);
  if (shown === "") return "*empty*";
  const fence = "`".repeat(longestRun(shown) + 1);
  return fence.length === 1 && shown === shown.trim() ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}
function cellCode(text, maxLength = maxCodeLength) {
  return code(text, maxLength).replace(/(?<=\\)\|/g, "\\u007c").replaceAll("|", "\\|");
}
function prose(text) {
  return sentence(text, code);
}
function cellProse(text) {
  return shorten(text, maxProseLength).split("\n").map((line) => sentence(line, cellCode)).join("<br>");
}
var linked = /:\/\/|www\.|@/i;
var markup = /[\\`*_[\]<>|~&$!#]/g;
function sentence(text, asCode) {
  const parts = shownText(text, maxProseLength).split(/(?<!`)`([^`]+)`(?!`)/);
  const pieces = parts.flatMap(
    (part, index) => index % 2 === 1 ? [asCode(part, maxProseLength)] : part.split(/(\s+)/).map((word) => linked.test(word) ? linkedWord(word, asCode) : escaped(word))
  );
  return pieces.reduce(
    (joined, piece) => joined + (joined.endsWith("`") && piece.startsWith("`") ? " " : "") + piece,
    ""
  );
}
function linkedWord(word, asCode) {
  const [, before = "", text = word, after = ""] = /^([("]*)(.*?)([)",.:;]*)$/s.exec(word) ?? [];
  return escaped(before) + asCode(text, maxProseLength) + escaped(after);
}
function escaped(text) {
  return text.replace(markup, "\\$&");
}
function link(label, url) {
  return /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.~/=?&%+-]*)?$/.test(url) ? `[${label}](${url})` : label;
}
function fenced(language, lines) {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}${language}`, ...lines, fence];
}
function longestRun(text) {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
export {
  cellCode,
  cellProse,
  code,
  fenced,
  link,
  prose
};

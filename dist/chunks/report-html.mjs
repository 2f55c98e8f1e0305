import { shownText } from "./report-shorten.mjs";
var maxTextLength = 600;
var Html = class {
  text;
  constructor(text) {
    this.text = text;
  }
};
function html(parts, ...values) {
  return new Html(parts.map((part, index) => part + (index < values.length ? markup(values[index]) : "")).join(""));
}
function wholeText(text) {
  return new Html(escaped(text));
}
function markup(value) {
  if (value === void 0) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? escaped(shownText(value, maxTextLength)) : value.map(markup).join("");
}
var entities = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};
function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "").replace(/[\ud800-\udfff]/g, keepPairs);
}
function keepPairs(unit, at, text) {
  const isHigh = unit < "\uDC00";
  const other = isHigh ? text.charAt(at + 1) : text.charAt(at - 1);
  const paired = isHigh ? /[\udc00-\udfff]/.test(other) : /[\ud800-\udbff]/.test(other);
  return paired ? unit : "\uFFFD";
}

var searchable = "https://rekor.sigstore.dev";
function searchPage(logUrl, index) {
  return logUrl.replace(/\/+$/, "") === searchable ? `https://search.sigstore.dev/?logIndex=${index}` : void 0;
}
export {
  Html,
  html,
  searchPage,
  wholeText
};

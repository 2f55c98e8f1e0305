import { policyRows } from "./options-policy.mjs";
import { optionName } from "./options-row.mjs";
var policyOptions = Object.keys(policyRows);
function isGiven(request, option) {
  const value = request[option];
  return value !== void 0 && value !== false && !(Array.isArray(value) && value.length === 0);
}
function shownName(option) {
  const row = policyRows[option];
  return row.input ?? optionName(option);
}
function given(request, ...options) {
  return options.filter((option) => isGiven(request, option)).map((option) => `\`${shownName(option)}\``);
}
export {
  given,
  isGiven,
  policyOptions,
  shownName
};

import { orFailureJson, printJson } from "./cli-json-output.mjs";
import "./options-shared.mjs";
import { inFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-row.mjs";
import "./options-policy.mjs";
import { CountersignError, fail, loadErrorReference } from "./core-errors-codes.mjs";
async function errorsCommand(name, json = false) {
  const reference = await loadErrorReference();
  const codes = codesOf(reference);
  if (!json) {
    process.stdout.write(name === void 0 ? list(reference) : description(codeOf(name, codes), reference));
    return;
  }
  const listed = await orFailureJson(
    json,
    { errors: [] },
    async () => name === void 0 ? codes : [codeOf(name, codes)]
  );
  printJson({ version: 1, errors: listed.map((code) => members(code, reference)) });
}
function codesOf({ errorReference }) {
  return Object.keys(errorReference);
}
function members(code, { errorReference }) {
  const { topic, meaning, remedy } = errorReference[code];
  const { kind, exitCode } = new CountersignError(code, "");
  return { code, kind, exitCode, topic, meaning, remedy: inFlags(remedy) };
}
function list(reference) {
  const { errorReference, errorTopics } = reference;
  const codes = codesOf(reference);
  const width = Math.max(...codes.map((code) => code.length));
  const sections = errorTopics.map((topic) => {
    const listed = codes.filter((code) => errorReference[code].topic === topic);
    const lines = listed.map((code) => `  ${code.padEnd(width)}  ${errorReference[code].meaning}`);
    return [topic, ...lines].join("\n");
  });
  return `${sections.join("\n\n")}
`;
}
function codeOf(name, codes) {
  return codes.find((one) => one === name.toUpperCase()) ?? unknown(name, codes);
}
function description(code, { errorReference }) {
  const { meaning, remedy } = errorReference[code];
  return `${code} (exit code ${new CountersignError(code, "").exitCode})

${meaning}

What to do: ${inFlags(remedy)}
`;
}
function unknown(name, codes) {
  const wanted = name.toUpperCase().slice(0, 100);
  const [nearest] = codes.map((code) => ({ code, distance: editDistance(wanted, code) })).sort(byDistance);
  return fail("USAGE", `${JSON.stringify(name.slice(0, 100))} is not an error code`, {
    remedy: `Did you mean ${nearest?.code}? \`countersign errors\` lists all codes.`
  });
}
function byDistance(a, b) {
  return a.distance - b.distance;
}
function editDistance(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= to.length; at++) {
      const [left = 0, above = 0, diagonal = 0] = [next[at - 1], row[at], row[at - 1]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === to[at - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
export {
  errorsCommand
};

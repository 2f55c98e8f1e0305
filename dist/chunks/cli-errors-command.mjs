import { orFailureJson_2, printJson_2 } from "./cli-json-output.mjs";
import "./options-shared.mjs";
import { inFlags } from "./cli-option-names.mjs";
import "./options-sign.mjs";
import "./options-policy.mjs";
import { plainJson, plainLine, CountersignError, errorReference, errorTopics, fail } from "./core-errors-reference.mjs";
var codes = Object.keys(errorReference);
async function errorsCommand(name, json = false) {
  if (!json) {
    process.stdout.write(name === void 0 ? list() : description(codeOf(name)));
    return;
  }
  const listed = await orFailureJson_2(json, { errors: [] }, async () => name === void 0 ? codes : [codeOf(name)]);
  printJson_2({ version: 1, errors: listed.map(members) });
}
function members(code) {
  const { topic, meaning, remedy } = errorReference[code];
  const { kind, exitCode } = new CountersignError(code, "");
  return { code, kind, exitCode, topic, meaning, remedy: inFlags(remedy) };
}
function list() {
  const width = Math.max(...codes.map((code) => code.length));
  const sections = errorTopics.map((topic) => {
    const listed = codes.filter((code) => errorReference[code].topic === topic);
    const lines = listed.map((code) => `  ${code.padEnd(width)}  ${errorReference[code].meaning}`);
    return [topic, ...lines].join("\n");
  });
  return `${sections.join("\n\n")}
`;
}
function codeOf(name) {
  return codes.find((one) => one === name.toUpperCase()) ?? unknown(name);
}
function description(code) {
  const { meaning, remedy } = errorReference[code];
  return `${code} (exit code ${new CountersignError(code, "").exitCode})

${meaning}

What to do: ${inFlags(remedy)}
`;
}
function unknown(name) {
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

import { inWorld } from "./cli-in-world.mjs";

import { instanceRequest } from "./cli-in-world.mjs";

import { publishedTrustedRoot } from "./core-errors-reference.mjs";

import "./core-errors-reference.mjs";

function trustedRootCommand(options) {
  return inWorld({ retryBudget: options.retryBudget }, async (world) => {
    const { json, warnings } = await publishedTrustedRoot(await instanceRequest(options, "trusted-root"), world);
    for (const warning of warnings) process.stderr.write(`${plainLine(`Warning: ${inFlags(warning)}`)}
`);
    process.stdout.write(`${plainJson(json)}
`);
  });
}
export {
  errorsCommand,
  trustedRootCommand
};

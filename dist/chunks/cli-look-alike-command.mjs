import { orFailureJson } from "./cli-json-output.mjs";
import { LookAlikeFinder } from "./monitor-look-alikes-unicode-confusables.mjs";
import "./options-shared.mjs";
import "./cli-option-names.mjs";
import "./options-verify.mjs";
import { plainJson, plainLine } from "./options-row.mjs";
import "./options-policy.mjs";
import { fail } from "./core-errors-codes.mjs";
import { once } from "node:events";
import { createInterface } from "node:readline";
function lookAlikeJson(candidate, found) {
  const document = {
    candidate,
    target: found?.target ?? null,
    rule: found?.rule ?? null,
    score: found?.score ?? 0,
    alert: found?.alert ?? false,
    part: found?.part ?? null,
    difference: found?.difference ?? null,
    reason: found?.reason ?? null
  };
  return `${plainJson(JSON.stringify(document))}
`;
}
function lookAlikeText(candidate, found) {
  if (found === void 0) return `${plainLine(candidate)}: looks like no protected name
`;
  const { target, rule, score, alert, part, difference, reason } = found;
  const level = alert ? "ALERT" : "note";
  const place = part === void 0 ? "" : `${part}: `;
  const lines = [
    `${candidate}: ${target === void 0 ? "misleading name" : `looks like ${target}`}`,
    `  ${level}, score ${score.toFixed(2)}, rule ${rule}: ${reason}`,
    `  ${place}${difference}`
  ];
  return `${lines.map(plainLine).join("\n")}
`;
}
async function lookAlikeCommand(candidates, { target: targets, kind, json = false }) {
  const explain = await orFailureJson(json, {}, async () => {
    if (kind === void 0) return fail("USAGE", "`--kind` is missing", { remedy: "Specify the kind of the names." });
    if (targets.length === 0) return fail("USAGE", "`--target` is missing", { remedy: "Specify a protected name." });
    const finder = new LookAlikeFinder(targets.map((name) => ({ kind, name })));
    return (candidate) => {
      const found = finder.find({ kind, name: candidate });
      return json ? lookAlikeJson(candidate, found) : lookAlikeText(candidate, found);
    };
  });
  for (const argument of candidates) {
    for await (const candidate of argument === "-" ? standardInput() : [argument]) {
      if (!await print(explain(candidate))) return;
    }
  }
}
async function* standardInput() {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const name = line.replace(/^[ \t\r]+|[ \t\r]+$/g, "");
    if (name !== "") yield name;
  }
}
async function print(text) {
  const { stdout } = process;
  if (stdout.destroyed) return false;
  if (stdout.write(text)) return true;
  try {
    await once(stdout, "drain");
    return true;
  } catch {
    return false;
  }
}
export {
  lookAlikeCommand
};

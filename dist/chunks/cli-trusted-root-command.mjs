import { inWorld } from "./cli-in-world.mjs";
import { instanceRequest } from "./cli-instance-request.mjs";
import { inFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-shared.mjs";
import { plainJson, plainLine } from "./options-row.mjs";
import "./options-policy.mjs";
import "./run-world-choose-instance.mjs";
import { publishedTrustedRoot } from "./run-world-world.mjs";
import "./core-errors-codes.mjs";
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
  trustedRootCommand
};

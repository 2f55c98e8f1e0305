import { instanceRequest } from "./cli-instance-request.mjs";
import { inFlags } from "./cli-option-names.mjs";
import { plainLine } from "./options-row.mjs";
import { loadTrust } from "./run-policy-load-trust.mjs";
async function loadRoots(options, world) {
  const { roots, warnings } = await loadTrust(await instanceRequest(options, "verify"), world);
  if (!options.quiet)
    for (const warning of warnings) process.stderr.write(`${plainLine(`Warning: ${inFlags(warning)}`)}
`);
  return roots;
}

import { CountersignError } from "./core-errors-codes.mjs";

async function quietly(work) {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.kind === "usage") throw failure;
    process.exitCode = failure.exitCode;
    return void 0;
  }
}
export {
  loadRoots,
  quietly
};

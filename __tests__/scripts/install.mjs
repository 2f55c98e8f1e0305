/** One function of scripts/interop/, with the options in the second argument; prints what came of it as JSON. */

import { startDockerRegistry } from '../../scripts/interop/docker-registry.mjs';
import * as judges from '../../scripts/interop/judges.mjs';
import { installServices } from '../../scripts/interop/services.mjs';

const functions = { ...judges, installServices, startDockerRegistry };
const [, , name, options] = process.argv;
const result = await functions[name]({ say: () => undefined, ...JSON.parse(options) }).then(
  (installed) => ({ installed }),
  (error) => ({ expected: error instanceof judges.JudgeMissing, message: error.message }),
);
process.stdout.write(JSON.stringify(result));

import { setFlagsFromString } from "node:v8";
function retryText({ reason, wait }) {
  return `${reason}; retrying in ${Math.ceil(wait / 1e3)} s`;
}
function keepYoungGenerationSmall() {
  setFlagsFromString("--semi-space-growth-factor=1");
}
export {
  keepYoungGenerationSmall,
  retryText
};

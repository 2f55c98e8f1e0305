import { pathBelow } from "./core-bundle-read-bundle.mjs";
import { sep } from "node:path";
function shownPath(path, workspace) {
  return pathBelow(workspace, path) || path.split(sep).join("/");
}

async function loadRegistries(request, world) {
  if (request.images.length === 0) return void 0;
  const { systemRegistries } = await import("./run-world-system-registries.mjs");
  return systemRegistries(request, world);
}
export {
  loadRegistries,
  shownPath
};

function retryText({ reason, wait }) {
  return `${reason}; retrying in ${Math.ceil(wait / 1e3)} s`;
}

async function loadRegistries(request, world) {
  if (request.images.length === 0) return void 0;
  const { systemRegistries } = await import("./run-world-system-registries.mjs");
  return systemRegistries(request, world);
}
export {
  loadRegistries,
  retryText
};

import { formatRepository, parseImageReference } from "./services-registry-image-reference.mjs";
import { fail } from "./core-errors-codes.mjs";
import { sep, win32 } from "node:path";
function readImageName(written, separator = sep) {
  const [, path] = /^(?:oci|oci-archive|docker-archive):(?!\/\/)(.*)$/s.exec(written) ?? [];
  if (path === "") fail("USAGE", `${JSON.stringify(written)} has no path after the colon`);
  if (path !== void 0) return { kind: "path", path };
  const begins = separator === win32.sep ? /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/])/ : /^\.{0,2}\//;
  if (begins.test(written)) return { kind: "path", path: written };
  return { kind: "reference", reference: parseImageReference(written.replace(/^oci:\/\//, "")) };
}

async function resolveImage({ repository, tag, digest }, origin, registries) {
  const wanted = digest ?? tag;
  const manifest = wanted && await registries(repository).getManifest(wanted);
  if (manifest === void 0)
    return fail("SUBJECT_MISSING", `the registry ${repository.registry} has no image ${origin}`, {
      remedy: "Check the name, and that the image was pushed before. For a private image, log in first."
    });
  const { mediaType, bytes } = manifest;
  const tags = digest === void 0 && tag !== void 0 ? [tag] : [];
  const stored = { repository, tags, mediaType, size: bytes.length };
  const name = formatRepository(repository);
  return { subject: { kind: "image", name, digest: manifest.digest, origin, stored }, manifest };
}
export {
  readImageName,
  resolveImage
};

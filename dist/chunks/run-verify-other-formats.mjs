import "./services-registry-manifests.mjs";
import "./fetch-download-artifact.mjs";
import "./subject-digest-file.mjs";
import "./subject-file-system.mjs";
import "./fetch-state-artifact.mjs";
import { readOtherFormat } from "./fetch-formats-name-file.mjs";
import "./fetch-attachments.mjs";
import "./services-registry-image-reference.mjs";
import "./core-bundle-write-bundle.mjs";
import "./services-http-answer.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-go-url.mjs";
import "./fetch-archive-directory.mjs";
import "./services-github-artifact-client.mjs";
import "./node-concurrency.mjs";
import "./core-bundle-read-bundle.mjs";
import "./core-certificate-certificate.mjs";
import "./core-encoding-der.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-json.mjs";
import "./core-errors-codes.mjs";
export {
  readOtherFormat
};

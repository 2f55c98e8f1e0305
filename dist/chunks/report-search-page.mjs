function retryText({ reason, wait }) {
  return `${reason}; retrying in ${Math.ceil(wait / 1e3)} s`;
}

var searchable = "https://rekor.sigstore.dev";
function searchPage(logUrl, index) {
  return logUrl.replace(/\/+$/, "") === searchable ? `https://search.sigstore.dev/?logIndex=${index}` : void 0;
}

function looksLikeImage(text) {
  return /^[a-z0-9][a-z0-9._:/-]*(?::\w[\w.-]*|@sha\d{3}:[0-9a-f]+)$/i.test(text);
}
function beginsLikeImage(text) {
  return /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+:\d+)(?:\/[\w-]+)+$/i.test(text);
}
export {
  beginsLikeImage,
  looksLikeImage,
  retryText,
  searchPage
};

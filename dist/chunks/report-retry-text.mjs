import { __commonJS, __require } from "./core-errors-codes.mjs";
var require_node_http = __commonJS({
  wrapped(exports, module) {
    module.exports = __require("node:http");
  }
});

var require_node_https = __commonJS({
  wrapped(exports, module) {
    module.exports = __require("node:https");
  }
});

function retryText({ reason, wait }) {
  return `${reason}; retrying in ${Math.ceil(wait / 1e3)} s`;
}

var imageSignature = { predicateType: "https://sigstore.dev/cosign/sign/v1", predicate: {} };
export {
  imageSignature,
  require_node_http,
  require_node_https,
  retryText
};

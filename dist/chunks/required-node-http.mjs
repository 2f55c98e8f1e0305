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
export {
  require_node_http,
  require_node_https
};

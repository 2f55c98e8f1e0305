import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var r=new Set(["push","schedule","release"]);function o({eventName:e="",ref:n=""}){return!r.has(e)||t(n)}function t(e){return e.startsWith("refs/heads/gh-readonly-queue/")}export{o as a,t as b};

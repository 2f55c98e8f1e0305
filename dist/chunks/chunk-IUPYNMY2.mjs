import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var t=/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;function u(n){return n.replace(t,r).replaceAll("##[","# #[").replace(/^(\s*):(?=:)/,"$1: ")}function e(n){return n.split(`
`).map(u).join(`
`)}function i(n){return n.replace(t,r).replaceAll("##[","##\\u005b")}function r(n){return`\\u${(n.codePointAt(0)??0).toString(16).padStart(4,"0")}`}export{u as a,e as b,i as c};

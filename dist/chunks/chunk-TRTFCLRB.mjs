import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{isAbsolute as s,relative as o,resolve as e,sep as r}from"node:path";function u(t,i){let n=o(e(t),e(i));if(!(n===".."||n.startsWith(`..${r}`)||s(n)))return n.split(r).join("/")}function d(t,i){return u(t,i)!==void 0}export{u as a,d as b};

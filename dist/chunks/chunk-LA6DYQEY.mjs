import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import f from"node:path";function u(n,e,o=f){let{isAbsolute:s,relative:a,resolve:i,sep:r}=o,t=a(i(n),i(e));if(!(t===".."||t.startsWith(`..${r}`)||s(t)))return t.split(r).join("/")}function p(n,e){return u(n,e)!==void 0}export{u as a,p as b};

import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function r(n,e){return n.name===e.name?0:n.name<e.name?-1:1}export{r as a};

import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-UWEM74KG.mjs";import"./chunk-4MYWXYP7.mjs";export{a as instanceNames,b as instanceRequest};

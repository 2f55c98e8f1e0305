import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as r,c as i}from"./chunk-4MYWXYP7.mjs";var o=i((p,e)=>{e.exports=r("node:http")});export{o as a};

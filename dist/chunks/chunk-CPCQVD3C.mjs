import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
async function s(t,r){let o=[];for(let e=0;e<t.length;e+=8)o.push(...await Promise.all(t.slice(e,e+8).map(r)));return o}export{s as a};

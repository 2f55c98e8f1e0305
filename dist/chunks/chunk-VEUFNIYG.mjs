import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
async function*a(t,n,s){let e=new Map,l=0;for(let o of t){let r=l++;e.set(r,s(o).then(i=>[r,i])),e.size>=n&&(yield await u(e))}for(;e.size>0;)yield await u(e)}async function u(t){let[n,s]=await Promise.race(t.values());return t.delete(n),s}export{a};

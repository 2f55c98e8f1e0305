/** The style of the page. Its hash is in the page's content security policy, so that nothing else can be a style. */

export const style = `
:root{color-scheme:light dark;--page:#fff;--panel:#f6f8fa;--line:#d5dae0;--text:#1b2129;--soft:#57606a;--link:#0a58ca;
--good:#1a7f37;--wait:#9a6700;--bad:#cf222e;--worst:#86061d;--note:#57606a;--bar:#3b6fd4;--left:#d9a514;--hatch:#aab2bb;
--goodback:#e6f5ea;--waitback:#fff6da;--badback:#ffecea;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--panel:#181d24;--line:#333b45;--text:#e3e8ee;--soft:#9ba6b2;--link:#79b0ff;
--good:#56d275;--wait:#e0b341;--bad:#ff7b72;--worst:#ff9ea9;--note:#9ba6b2;--bar:#6f9cf0;--left:#c2941f;--hatch:#5a6470;
--goodback:#12281a;--waitback:#2b2410;--badback:#331719}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:1rem;background:var(--page);padding:.5rem 1rem;z-index:1}
header,main,footer{max-width:70rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.75rem}
h1{font-size:.95rem;font-weight:600;color:var(--soft);margin:0 0 .75rem}
h2{font-size:1.2rem;margin:2.5rem 0 .25rem;padding-top:.25rem}
p{margin:.4rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
code,.mono{font-family:var(--mono);font-size:.86em;overflow-wrap:anywhere}
.soft{color:var(--soft)}
.verdict{display:flex;gap:1rem;align-items:center;border:1px solid var(--line);border-left:.45rem solid var(--tone);border-radius:.6rem;background:var(--back);padding:1.1rem 1.25rem}
.verdict svg{flex:none;width:2.6rem;height:2.6rem;color:var(--tone)}
.verdict p{margin:0}
.verdict .headline{font-size:1.45rem;line-height:1.3;font-weight:650}
.clean{--tone:var(--good);--back:var(--goodback)}
.incomplete{--tone:var(--wait);--back:var(--waitback)}
.findings,.misbehaviour{--tone:var(--bad);--back:var(--badback)}
.test{border:2px dashed var(--wait);border-radius:.6rem;padding:.6rem 1rem;margin:0 0 1rem;font-weight:600}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0 0;padding:0}
.facts div{border:1px solid var(--line);border-radius:.6rem;padding:.6rem .85rem;background:var(--panel);min-width:0}
.facts dt{color:var(--soft);font-size:.83rem}
.facts dd{margin:0;font-size:1.05rem;font-weight:600;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;margin:1rem 0 0;padding:0}
table{width:100%;border-collapse:collapse;margin:.75rem 0 0;table-layout:fixed}
caption{text-align:left;color:var(--soft);padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.65rem .7rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
thead th{font-size:.83rem;color:var(--soft);font-weight:600;border-top:0;padding-top:.2rem;padding-bottom:.35rem}
tbody th{font-weight:inherit}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
.c1{width:6.2rem}.c3{width:27%}.c4{width:7.2rem}.q2{width:38%}.q3{width:8rem}
.badge{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:.02rem .6rem;font-size:.8rem;font-weight:600;white-space:nowrap}
.critical{color:var(--worst)}.critical.badge{background:var(--worst);border-color:var(--worst);color:var(--page)}
.alert{color:var(--bad)}.note{color:var(--note)}
.title{font-weight:600;margin:0}
.title::first-letter{text-transform:uppercase}
.next{margin:.35rem 0 0}
summary{cursor:pointer;color:var(--link);width:fit-content}
details{margin-top:.4rem}
details dl{display:grid;grid-template-columns:minmax(5.5rem,auto) 1fr;gap:.2rem .9rem;margin:.5rem 0 0}
details dt{color:var(--soft)}
details dd{margin:0;min-width:0}
.chart{display:block;width:100%;background:var(--panel);border-radius:.35rem}
.tall{height:5.5rem}.low{height:3.4rem}.thin{height:1.15rem}
.bar{fill:var(--bar)}.f-critical{fill:var(--worst)}.f-alert{fill:var(--bad)}.f-note{fill:var(--note)}.rest{fill:var(--left)}
.grid{stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
.stripe{stroke:var(--hatch);stroke-width:4}
.axis{display:flex;justify-content:space-between;color:var(--soft);font-size:.8rem;font-variant-numeric:tabular-nums;margin:.15rem 0 0}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;color:var(--soft);font-size:.85rem;margin:.35rem 0 .6rem;padding:0;list-style:none}
.legend svg{width:.8rem;height:.8rem;vertical-align:-.05rem;margin-right:.35rem}
.many{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:1rem 1.5rem;margin:.75rem 0 0;padding:0;list-style:none}
.many li{min-width:0}
.many .name{display:flex;justify-content:space-between;gap:.75rem;align-items:baseline;margin:0 0 .3rem}
.many .name code{min-width:0}
.many .name span{white-space:nowrap;font-variant-numeric:tabular-nums}
.log{margin:1rem 0 0}
.log h3{font-size:1rem;margin:0 0 .35rem;overflow-wrap:anywhere}
.log p{margin:.3rem 0 0}
.warn{border:1px solid var(--line);border-left:.3rem solid var(--wait);border-radius:.5rem;padding:.5rem .9rem;margin:1rem 0 0;background:var(--waitback)}
.warn ul,.plain{margin:.3rem 0;padding-left:1.15rem}
.warn li,.plain li{overflow-wrap:anywhere}
footer{margin-top:3rem;padding-top:1rem;padding-bottom:2.5rem;color:var(--soft);font-size:.88rem;border-top:1px solid var(--line)}
@media (max-width:44rem){
header,main,footer{padding-left:1rem;padding-right:1rem}
.verdict .headline{font-size:1.2rem}
.facts{grid-template-columns:1fr 1fr}
.many{grid-template-columns:1fr}
table,tbody,tr,td,tbody th,caption{display:block;width:auto}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{border-top:1px solid var(--line);padding:.75rem 0}
td,tbody th{border:0;padding:.1rem 0}
td[data-label]:not(:empty)::before{content:attr(data-label) " ";color:var(--soft);font-size:.83rem}
details dl{grid-template-columns:1fr;gap:0}
details dd{margin:0 0 .4rem}
}
@media print{
:root{--page:#fff;--panel:#fff;--text:#000}
body{font-size:10.5pt}
nav,.skip,summary{display:none}
details::details-content{content-visibility:visible;display:block;height:auto}
tr,li,.log{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a[href^="https"]::after{content:" (" attr(href) ")";font-size:.85em;overflow-wrap:anywhere}
}
`;

/** The style of receipts. Its hash is in the page's content security policy, so that nothing else can be a style. */

export const receiptStyle = `
:root{color-scheme:light dark;--page:#fff;--panel:#f6f8fa;--line:#d5dae0;--text:#1b2129;--soft:#57606a;--link:#0a58ca;
--good:#1a7f37;--wait:#8a5d00;--bad:#cf222e;--goodback:#e6f5ea;--waitback:#fff6da;--badback:#ffecea;--busyback:#eef3fb;
--button:#0a58ca;--onbutton:#fff;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--panel:#181d24;--line:#333b45;--text:#e3e8ee;--soft:#9ba6b2;--link:#79b0ff;
--good:#56d275;--wait:#e0b341;--bad:#ff7b72;--goodback:#12281a;--waitback:#2b2410;--badback:#331719;--busyback:#172231;
--button:#79b0ff;--onbutton:#0f1318}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:1rem;background:var(--page);padding:.5rem 1rem;z-index:1}
header,main,footer{max-width:47rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
.brand{font-size:.95rem;font-weight:600;color:var(--soft);margin:0}
h1{font-size:1.7rem;line-height:1.25;font-weight:650;margin:.15rem 0 1.1rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2.6rem 0 .4rem}
h3{font-size:1rem;margin:1.2rem 0 .3rem}
p{margin:.45rem 0}
a{color:var(--link)}
code,.mono{font-family:var(--mono);font-size:.87em;overflow-wrap:anywhere}
.soft{color:var(--soft)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
.verdict{display:flex;gap:1.1rem;align-items:flex-start;border:1px solid var(--line);border-left:.45rem solid var(--tone);border-radius:.6rem;background:var(--back);padding:1.15rem 1.3rem;--tone:var(--link);--back:var(--busyback)}
.verdict svg{flex:none;width:2.5rem;height:2.5rem;color:var(--tone);fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.verdict .headline{font-size:1.4rem;line-height:1.3;font-weight:650;margin:0}
.verdict p+p{margin:.3rem 0 0}
.verdict div{min-width:0;overflow-wrap:anywhere}
.good{--tone:var(--good);--back:var(--goodback)}
.open{--tone:var(--wait);--back:var(--waitback)}
.bad{--tone:var(--bad);--back:var(--badback)}
.facts{margin:1.4rem 0 0;padding:0}
.facts>div{display:grid;grid-template-columns:9.5rem 1fr;gap:0 1.2rem;padding:.75rem 0;border-top:1px solid var(--line)}
.facts>div:first-child{border-top:0}
.facts dt{color:var(--soft)}
.facts dd{margin:0;min-width:0;overflow-wrap:anywhere;grid-column:2}
.facts dd.main{font-weight:600}
.drop{border:2px dashed var(--line);border-radius:.6rem;padding:1.1rem 1.3rem;margin:.8rem 0 0;background:var(--panel)}
.over .drop{border-color:var(--link);background:var(--busyback)}
input[type=file]{font:inherit;max-width:100%;color:var(--text)}
input[type=file]::file-selector-button,button{font:inherit;font-weight:600;border:1px solid var(--button);border-radius:.45rem;padding:.4rem .9rem;background:var(--button);color:var(--onbutton);cursor:pointer}
input[type=file]::file-selector-button{margin-right:.9rem}
button.plain{background:transparent;color:var(--link);border-color:var(--line)}
label,legend{font-weight:600}
fieldset{border:0;margin:1rem 0 0;padding:0;min-width:0}
.field{margin:.9rem 0 0}
.field label{display:block;margin-bottom:.25rem}
.choice{display:flex;gap:.55rem;align-items:baseline;margin:.35rem 0}
.choice label{font-weight:400}
input[type=text]{font:inherit;width:100%;padding:.45rem .65rem;border:1px solid var(--soft);border-radius:.4rem;background:var(--page);color:var(--text)}
progress{width:100%;height:.7rem;margin:.6rem 0 .3rem;accent-color:var(--button)}
.note{border:1px solid var(--line);border-left:.3rem solid var(--wait);border-radius:.5rem;padding:.7rem 1rem;margin:1.6rem 0 0;background:var(--waitback)}
.note h2{margin:0;font-size:1.05rem}
.note p:last-child{margin-bottom:0}
.steps{list-style:none;margin:.6rem 0 0;padding:0}
.steps li{display:grid;grid-template-columns:6.6rem 1fr;gap:0 1rem;padding:.7rem 0;border-top:1px solid var(--line)}
.steps li:first-child{border-top:0}
.steps p{margin:0;overflow-wrap:anywhere}
.steps div{min-width:0}
.steps .mono{font-size:.8em}
.badge{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:.02rem .65rem;font-size:.82rem;font-weight:600;white-space:nowrap}
.pass{color:var(--good)}.fail{color:var(--bad)}.not-checked{color:var(--soft)}
.title{font-weight:600}
pre{margin:.35rem 0 0;padding:.8rem 1rem;border:1px solid var(--line);border-radius:.5rem;background:var(--panel);overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.buttons{display:flex;flex-wrap:wrap;gap:.6rem;margin:.9rem 0 0}
summary{cursor:pointer;color:var(--link);width:fit-content}
.claims{display:grid;grid-template-columns:minmax(9.5rem,auto) 1fr;gap:.2rem 1.2rem;margin:.6rem 0 0}
.claims dt{color:var(--soft)}
.claims dd{margin:0;min-width:0}
footer{margin-top:3rem;padding-bottom:2.5rem;color:var(--soft);font-size:.9rem}
footer::before{content:"";display:block;border-top:1px solid var(--line);margin-bottom:1rem}
@media (max-width:36rem){
header,main,footer{padding-left:1rem;padding-right:1rem}
.verdict .headline{font-size:1.2rem}
.facts>div,.claims{grid-template-columns:1fr}
.facts dd{grid-column:1}
.steps li{grid-template-columns:1fr;gap:.3rem}
}
@media print{
:root{color-scheme:light;--page:#fff;--panel:#fff;--line:#bbb;--text:#000;--soft:#444;--link:#000;--good:#14602b;--wait:#6b4800;--bad:#9d1620;
--goodback:#fff;--waitback:#fff;--badback:#fff;--busyback:#fff}
body{font-size:10.5pt}
header,main,footer{max-width:none;padding-left:0;padding-right:0}
.skip,.drop,.buttons,.screen{display:none!important}
h1{font-size:17pt}h2{margin-top:1.4rem}
.verdict,.note,.steps li,.facts>div,pre{break-inside:avoid}
h2,h3{break-after:avoid}
}
`;

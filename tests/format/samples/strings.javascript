// Words: a game of the cave
var say = "@@", ask='hello @@ there', both = "it's \"@@\" \\", empty = '' + "";
const long = "one \
two @@", lines = `first
second @@ and ${say} then ${ask + `inner @@ ${ {a: "@@"}.a }` + "}"} last @@`;
let ratio = width / 2 / height, hit = /[/"']\/`/g.test(say), other = (a + b) / 2, more = list[0] / 3 // "done
if (ready) /"/.exec(say);
while (x --> 0) y++ / 2;
label: { x = {}; } /`/.test(say);
function* g() { yield /'/; return /\//u }
var o = { name: "@@", 'colour': '#ff8800', "id": "R2-D2", path: "M10 10 L 90 90", size: 10500 };
price = 5 .toFixed(2) / 1. / .5; tag`raw ${1}@@`; s = `$ $$ {} \${ ${'@@'}$`;
o.if / 2; o.return / "@@".length / 1; a = b
/c/d; x = !y;
class A { #secret = "@@"; static async *m() { for await (const v of w()) /[}]/.test(v) } }
emoji = "\ud83d\ude00 (@@) \u{1F600}\x41\101\0\
\q\é 😀";

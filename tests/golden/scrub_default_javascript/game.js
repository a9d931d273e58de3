// A small game: 100 % numbers, no person in them.
var scores = [1000, 2500, 990000, 12345678], level = 2, version = "1.14.2";
const PI = 3.141592653589793, MAX = 0xFFFFFFFF, TICKS = 1609459200000;
function move(x, y) { return { x: x + 10.5, y: y - 320, speed: 60 / 1000 }; }
drawText("Level 2 Game Over", 200, 150); setTimeout(tick, 16);
for (let i = 0; i < 400; i++) { sprites.push({ id: 100200 + i, r: 12, color: "#a0b1c2" }); }
if (score >= 1000000 && lives === 3) { playSpeech("You win 5 stars!", "female", "English"); }

// Compiled where there is a TypeScript compiler, never run: what the types let through, and what not.
import * as piiglet from 'piiglet';

const text: string = piiglet.scrub('x');
const bytes: Uint8Array = piiglet.scrub(new Uint8Array(3), 'json');
const policy = new piiglet.Policy({ only: ['EMAIL'], limit: 'redact', minimumConfidence: 0.3 });
const scrubber = new piiglet.Scrubber({ policy, rules: new piiglet.Ruleset(['a.yaml']) });
const places: number[] = scrubber.scan(text).map((finding: piiglet.Finding) => finding.begin);
const later: Promise<string> = scrubber.processAsync(text, 'auto').then((result) => result.output);
const stream: NodeJS.ReadWriteStream = new piiglet.ScrubStream({ format: 'json', policy, highWaterMark: 1024 })
    .on('finding', (finding: piiglet.Finding) => places.push(finding.end));
// @ts-expect-error there is no such option
new piiglet.Policy({ limit: 'nothing' });
// @ts-expect-error a number is no text
piiglet.scrub(5);
export { bytes, later, stream };

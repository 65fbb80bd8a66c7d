/**
 * Prints how well sentences in people's own words are understood: of the sets that the rules were tuned on, and of the
 * one that they have never seen. It ends with an error if a form was opened for a sentence that asks for something else.
 */
import { readSet, score, setNames } from '../test/support/sentence-sets.js';

const worst = Number(process.argv[2] ?? 20);
// The rules are compiled, and the directory indexed, with the first sentences.
score(readSet('tuned'));
for (const name of setNames()) {
  const set = readSet(name);
  const { sentences, rightIntents, rightSlots, wrongForms, p99, misses } = score(set);
  console.log(`${name}: ${sentences} sentences`);
  console.log(`  right intents        ${rightIntents.toFixed(1)} %`);
  console.log(`  right slots          ${rightSlots.toFixed(1)} %`);
  console.log(`  wrong forms opened   ${wrongForms.length}`);
  console.log(`  p99                  ${p99.toFixed(2)} ms`);
  if (misses.length > 0) console.log(`  misses, ${Math.min(worst, misses.length)} of ${misses.length}:`);
  for (const { text, expected, found } of misses
    .toSorted((a, b) => Number(wrongForms.includes(b.text)) - Number(wrongForms.includes(a.text)))
    .slice(0, worst))
    console.log(
      `    ${wrongForms.includes(text) ? 'WRONG FORM ' : ''}${JSON.stringify(text)}\n      expected ${expected}\n      found    ${found}`,
    );
  if (wrongForms.length > 0) process.exitCode = 1;
}
